import { SoldOut } from '../../../fake/sold-out.ts';
import { divided, micro, type Micro } from '../decimal.ts';
import type { OrderLine, WooOrder, WooProduct, WooTaxRate } from '../records.ts';
import type { Site } from '../site.ts';
import type { WooLineInput, WooOrderInput } from '../state.ts';
import { writeMeta } from '../store.ts';
import { mergeAddress } from './address.ts';
import { addCoupon, applyCoupons, couponByCode } from './coupons.ts';
import { blankOrder, numbered, touchOrder } from './orders.ts';
import { netPrice, taxClassOf } from './price.ts';
import { changeStatus } from './status.ts';
import { stockKeeper } from './stock.ts';
import { netOf, ratesFor, taxPlace } from './tax.ts';
import { choiceMeta } from './terms.ts';
import { calculateTotals } from './totals.ts';

/** A buyer at the checkout. Throws `SoldOut`, and leaves nothing behind, when the shop shows fewer than are wanted. */
export function placeOrder(site: Site, input: WooOrderInput): WooOrder {
  if (input.number !== undefined && site.store.orders.has(input.number)) {
    throw new RangeError(`This fake shop has an order ${input.number} already.`);
  }
  checkStock(site, input.lines);
  const draft = blankOrder(site, input.createdVia ?? 'checkout');
  draft.currency = input.currency ?? draft.currency;
  draft.customerNote = input.customerNote ?? '';
  draft.customerId = input.customerId ?? 0;
  draft.paymentMethod = input.paymentMethod ?? 'bacs';
  draft.paymentMethodTitle = draft.paymentMethod === 'bacs' ? 'Direct bank transfer' : draft.paymentMethod;
  draft.transactionId = input.transactionId ?? '';
  mergeAddress(draft.billing, { ...input.billing });
  mergeAddress(draft.shipping, { ...input.shipping });
  writeMeta(draft.meta, input.meta ?? [], () => site.store.nextId('orderMeta'));
  const taxClass = input.taxRate === undefined ? undefined : rateClass(site, input.taxRate);
  for (const line of input.lines) draft.lines.push(lineOf(site, draft, line, taxClass));
  addCosts(site, draft, input, taxClass);
  const plain = numbered(site, draft, input.number);
  const order = input.pluginNumber === undefined ? plain : { ...plain, number: input.pluginNumber };
  calculateTotals(site, order);
  site.store.orders.set(order.id, order);
  for (const { code, amount } of input.couponLines ?? []) ensureCoupon(site, code, amount);
  applyCoupons(
    site,
    order,
    (input.couponLines ?? []).map(({ code }) => code),
    true,
  );
  site.tell({ resource: 'order', event: 'created', id: order.id });
  site.fire('woocommerce_new_order', order.id);
  const status = input.status ?? 'processing';
  if (status !== 'pending') changeStatus(site, order, status);
  if (input.datePaid === null) order.paidAt = undefined;
  else if (input.datePaid !== undefined) order.paidAt = Date.parse(input.datePaid);
  touchOrder(site, order);
  return order;
}

/** What a checkout asks before it takes an order: whether there is enough of everything that is counted. */
function checkStock(site: Site, lines: readonly WooLineInput[]): void {
  const wanted = new Map<WooProduct, { sku: string; quantity: number }>();
  for (const { sku, quantity } of lines) {
    const product = productBySku(site, sku);
    const keeper = product && stockKeeper(site, product);
    if (!keeper || sku === undefined || keeper.backorders !== 'no') continue;
    wanted.set(keeper, { sku, quantity: (wanted.get(keeper)?.quantity ?? 0) + quantity });
  }
  for (const [keeper, { sku, quantity }] of wanted) {
    const left = Math.max(0, keeper.stock ?? 0);
    if (quantity > left) throw new SoldOut(sku, quantity, left);
  }
}

function lineOf(site: Site, order: WooOrder, input: WooLineInput, taxClass: string | undefined): OrderLine {
  const product = productBySku(site, input.sku);
  const isVariation = product?.type === 'variation';
  const line: OrderLine = {
    id: site.store.nextId('item'),
    name: input.name ?? product?.name ?? input.sku ?? '',
    productId: product ? (isVariation ? product.parentId : product.id) : 0,
    variationId: isVariation ? product.id : 0,
    looseSku: product ? undefined : input.sku,
    quantity: input.quantity,
    taxClass: taxClass ?? input.taxClass ?? (product ? taxClassOf(site, product) : ''),
    subtotal: 0n,
    total: 0n,
    subtotalTax: 0n,
    totalTax: 0n,
    taxes: [],
    meta: [],
  };
  line.subtotal = netLine(site, order, line, product, input.unitPrice);
  line.total = line.subtotal;
  for (const one of product?.chosen ?? []) {
    const { key, value } = choiceMeta(site, one);
    line.meta.push({ id: site.store.nextId('itemMeta'), key, value });
  }
  writeMeta(line.meta, input.metaData ?? [], () => site.store.nextId('itemMeta'));
  return line;
}

function netLine(
  site: Site,
  order: WooOrder,
  line: OrderLine,
  product: WooProduct | undefined,
  unitPrice: string | undefined,
): Micro {
  if (unitPrice === undefined) return product ? netPrice(site, product, line.quantity) : 0n;
  const amount = micro(unitPrice) * BigInt(line.quantity);
  if (!site.settings.pricesIncludeTax) return amount;
  return divided(netOf(amount * 100n, ratesFor(site, taxPlace(site, order), line.taxClass)), 100n);
}

function addCosts(site: Site, order: WooOrder, input: WooOrderInput, taxClass: string | undefined): void {
  const item = () => ({ id: site.store.nextId('item'), taxes: [], totalTax: 0n, meta: [] });
  for (const { methodId = 'flat_rate', title = 'Shipping', total } of input.shippingLines ?? []) {
    order.shippingLines.push({ ...item(), methodId, title, total: micro(total) });
  }
  for (const { name, total, taxStatus = 'taxable' } of input.feeLines ?? []) {
    order.feeLines.push({ ...item(), name, taxClass: taxClass ?? '', taxStatus, total: micro(total) });
  }
}

/** A class with one rate for everything, for orders of a test that says what tax it wants. */
function rateClass(site: Site, percent: string): string {
  const taxClass = `rate-${percent.replace('.', '-')}`;
  if (site.store.taxClasses.has(taxClass)) return taxClass;
  site.store.taxClasses.set(taxClass, `Rate ${percent}%`);
  const rate: WooTaxRate = {
    id: site.store.nextId('rate'),
    country: '',
    state: '',
    rate: Number(percent).toFixed(4),
    name: `Tax ${percent}%`,
    priority: 1,
    compound: false,
    shipping: true,
    taxClass,
  };
  site.store.rates.set(rate.id, rate);
  return taxClass;
}

function ensureCoupon(site: Site, code: string, amount: string | undefined): void {
  if (couponByCode(site, code) || amount === undefined) return;
  addCoupon(site, code, amount, 'fixed_cart');
}

function productBySku(site: Site, sku: string | undefined): WooProduct | undefined {
  const id = sku === undefined || sku === '' ? undefined : site.store.bySku.get(sku.toLowerCase());
  const product = id === undefined ? undefined : site.store.products.get(id);
  return product?.status === 'trash' ? undefined : product;
}
