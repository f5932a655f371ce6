import type { Machine } from './machine.ts';
import { micro, type Micro } from './decimal.ts';
import type { Host } from './host.ts';
import { deleteOrder, touchOrder, trashOrder } from './life/orders.ts';
import { placeOrder } from './life/place-order.ts';
import { addCoupon } from './life/coupons.ts';
import { checkNewCustomer, createCustomer, customerByEmail } from './life/customers.ts';
import { createProduct, removeProduct, touchProduct, updateProduct } from './life/products.ts';
import { createTerm } from './life/terms.ts';
import { textOf, type Body } from './rest/body.ts';
import { customerBody, productBody, variationBody } from './inputs.ts';
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

  function made(body: Body, parent?: WooProduct): WooProduct {
    const sku = textOf(body['sku']) ?? '';
    if (sku !== '' && store.bySku.has(sku.toLowerCase())) {
      throw new RangeError(`This fake shop has a product "${sku}" already.`);
    }
    return createProduct(site, body, parent);
  }

  function productOf(sku: string): WooProduct | undefined {
    return store.products.get(store.bySku.get(sku.toLowerCase()) ?? 0);
  }

  function unlist(id: number): () => void {
    store.unlisted.add(id);
    store.change();
    return () => {
      store.unlisted.delete(id);
      store.change();
    };
  }

  return {
    addProduct: (product) => ({ id: made(productBody(product)).id }),
    addVariation(parentId, variation) {
      const parent = store.products.get(parentId);
      if (!parent) throw new RangeError(`This fake shop has no product ${parentId}.`);
      return { id: made(variationBody(variation), parent).id };
    },
    seedProducts(count, make = (index) => ({ sku: `P-${index}`, name: `Product ${index}`, price: '5.00', stock: 10 })) {
      for (let index = 0; index < count; index++) made(productBody(make(index)));
    },
    removeProduct: (sku, forGood = false) => removeProduct(site, productAt(sku), forGood),
    addCategory: (category) => ({ id: createTerm(site, 'category', { ...category }).id }),
    addTag: (tag) => ({ id: createTerm(site, 'tag', { ...tag }).id }),
    addCustomer(customer) {
      if (customerByEmail(site, customer.email)) throw new RangeError('This fake shop has that customer already.');
      const body = customerBody(customer);
      return { id: createCustomer(site, checkNewCustomer(site, body), body, customer.role).id };
    },
    addCoupon: ({ code, amount, type = 'fixed_cart' }) => ({ id: addCoupon(site, code, amount, type).id }),
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
      return unlist(order.id);
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
      return unlist(id);
    },
    during: (operation, act, moment = 'before-write') => php.during(operation, act, moment),
    stopBatchAfter: (items, how = 'fatal') => php.stopBatchAfter(items, how),
    maintenance(outage = 'maintenance') {
      host.outage = outage;
    },
    settings: site.settings,
    get orders() {
      return [...store.orders.values()];
    },
    order: (id) => store.orders.get(id),
    get customers() {
      return [...store.customers.values()];
    },
    customer: (email) => customerByEmail(site, email),
    get terms() {
      return [...store.terms.values()];
    },
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
