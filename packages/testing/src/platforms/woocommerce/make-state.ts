import type { Machine } from './machine.ts';
import { micro, type Micro } from './decimal.ts';
import type { Host } from './host.ts';
import { deleteOrder, touchOrder, trashOrder } from './life/orders.ts';
import { placeOrder } from './life/place-order.ts';
import { createProduct, touchProduct, updateProduct } from './life/products.ts';
import { addRefund, refundable, type RefundedLine } from './life/refund.ts';
import { changeStatus } from './life/status.ts';
import { stockKeeper } from './life/stock.ts';
import { share } from './life/tax.ts';
import type { WooOrder, WooProduct } from './records.ts';
import { makeWebhook } from './rest/webhook-routes.ts';
import { drawn, type Site } from './site.ts';
import type { WooCommerceState, WooRefundInput } from './state.ts';
import type { WooSender } from './webhooks/sender.ts';

/** What the door behind the API opens to. */
export interface StateParts {
  readonly site: Site;
  readonly sender: WooSender;
  readonly host: Host;
  readonly php: Machine;
  readonly secrets: readonly string[];
}

/** What a test may do and see. A record that is not there is a mistake of the test, and said so. */
export function wooState({ site, sender, host, php, secrets }: StateParts): WooCommerceState {
  const left = [...secrets];
  const { store } = site;

  function orderAt(id: number): WooOrder {
    const order = store.orders.get(id);
    if (!order) throw new RangeError(`This fake shop has no order ${id}.`);
    return order;
  }

  function productAt(sku: string): WooProduct {
    const product = productOf(sku);
    if (!product) throw new RangeError(`This fake shop has no product "${sku}".`);
    return product;
  }

  function productOf(sku: string): WooProduct | undefined {
    return store.products.get(store.bySku.get(sku.toLowerCase()) ?? 0);
  }

  return {
    addProduct({
      sku = '',
      name = sku,
      price = '',
      salePrice = '',
      stock,
      backorders = 'no',
      type = 'simple',
      taxClass = '',
    }) {
      const counted = stock === undefined ? {} : { manage_stock: true, stock_quantity: stock, backorders };
      const body = { name, type, sku, regular_price: price, sale_price: salePrice, tax_class: taxClass, ...counted };
      return { id: createProduct(site, body).id };
    },
    addVariation(parentId, { sku, price = '', stock, option, attribute = 'Option' }) {
      const parent = store.products.get(parentId);
      if (!parent) throw new RangeError(`This fake shop has no product ${parentId}.`);
      const counted = stock === undefined ? {} : { manage_stock: true, stock_quantity: stock };
      const body = { sku, regular_price: price, attributes: [{ name: attribute, option }], ...counted };
      return { id: createProduct(site, body, parent).id };
    },
    setStock: (sku, quantity) => updateProduct(site, productAt(sku), { manage_stock: true, stock_quantity: quantity }),
    setPrice: (sku, price) => updateProduct(site, productAt(sku), { regular_price: price }),
    addTaxRate({ country = '', state = '', rate, name = 'Tax', taxClass = 'standard', shipping = true }) {
      const id = store.nextId('rate');
      const written = Number(rate).toFixed(4);
      store.rates.set(id, {
        id,
        country,
        state,
        rate: written,
        name,
        priority: 1,
        compound: false,
        shipping,
        taxClass,
      });
      return { id };
    },
    placeOrder(input) {
      const { id, number } = placeOrder(site, input);
      return { id, number };
    },
    setStatus(id, status) {
      const order = orderAt(id);
      changeStatus(site, order, status);
      touchOrder(site, order);
    },
    touch: (id) => touchOrder(site, orderAt(id)),
    unlist(id) {
      const order = orderAt(id);
      site.store.unlisted.add(order.id);
      return () => void site.store.unlisted.delete(order.id);
    },
    trash: (id) => trashOrder(site, orderAt(id)),
    forceDelete: (id) => deleteOrder(site, orderAt(id)),
    refund(id, input = {}) {
      const order = orderAt(id);
      const lines = (input.lines ?? []).map((line) => refundedLine(order, line));
      const amount = input.amount === undefined ? undefined : micro(input.amount);
      return addRefund(site, order, {
        amount: amount ?? (lines.length === 0 ? refundable(order) : sumOf(lines)),
        reason: input.reason ?? '',
        lines,
        restock: input.restock ?? true,
      });
    },
    addWebhook({ topic, url, secret = left.shift() ?? drawn(site.random, 32), ...more }) {
      return { id: makeWebhook(site, { topic, url, secret, ...more }).id, secret };
    },
    touchProduct: (sku) => touchProduct(site, productAt(sku)),
    unlistProduct(sku) {
      const { id } = productAt(sku);
      store.unlisted.add(id);
      return () => void store.unlisted.delete(id);
    },
    during: (operation, act) => php.during(operation, act),
    stopBatchAfter: (items, how = 'fatal') => php.stopBatchAfter(items, how),
    maintenance(outage = 'maintenance') {
      host.outage = outage;
    },
    settings: site.settings,
    get orders() {
      return [...store.orders.values()];
    },
    order: (id) => store.orders.get(id),
    get products() {
      return [...store.products.values()];
    },
    product: productOf,
    stockOf(sku) {
      const product = productOf(sku);
      return product ? (stockKeeper(site, product)?.stock ?? undefined) : undefined;
    },
    notes: (orderId) => orderAt(orderId).notes,
    fulfillments: (orderId) => orderAt(orderId).fulfillments,
    trackings: (orderId) => orderAt(orderId).trackings,
    get webhooks() {
      return [...store.webhooks.values()];
    },
    get deliverables() {
      return sender.waiting;
    },
  };
}

function refundedLine(order: WooOrder, part: NonNullable<WooRefundInput['lines']>[number]): RefundedLine {
  const line = order.lines.find(({ id }) => id === part.id);
  if (!line) throw new RangeError(`Order ${order.id} of this fake shop has no line ${part.id}.`);
  const total =
    part.total === undefined ? share(line.total, BigInt(part.quantity), BigInt(line.quantity)) : micro(part.total);
  const taxes = line.taxes.map(({ rateId, total: tax }) => ({ rateId, total: share(tax, total, line.total) }));
  return { id: part.id, quantity: part.quantity, total, taxes };
}

function sumOf(lines: readonly RefundedLine[]): Micro {
  return lines.reduce(
    (sum, { total, taxes }) => sum + total + taxes.reduce((taxSum, tax) => taxSum + tax.total, 0n),
    0n,
  );
}
