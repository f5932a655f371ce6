import { idIn } from '../gid.ts';
import { spread, sum, taxesOf, toMinor, type Minor } from '../money.ts';
import { sumsOf } from '../order-sums.ts';
import type {
  AllocationRecord,
  CustomerRecord,
  DiscountRecord,
  DutyRecord,
  LineRecord,
  OrderRecord,
  ShippingRecord,
  TaxRecord,
  TransactionRecord,
} from '../records.ts';
import type { Store } from '../store.ts';
import type { DiscountInput, DutyInput, LineInput, OrderInput, ShippingInput, TaxInput } from './order-input.ts';
import { allot } from './allot.ts';
import { route } from './route.ts';
import { refused, type Happening, type Shop } from './shop.ts';

/**
 * Lets a buyer place an order: stock is committed, fulfillment orders are made, subscribers are told. Refuses an order
 * without lines and a line without at least one whole unit, as the shop does, and throws `SoldOut` for more than is left.
 */
export function placeOrder(shop: Shop, input: OrderInput): OrderRecord {
  const { store, tell } = shop;
  const number = numberOf(store, input);
  const called = `#${number}`;
  const wrong = input.lines.find(({ quantity }) => !Number.isInteger(quantity) || quantity < 1);
  if (input.lines.length === 0)
    throw refused(`Order "${called}" was not placed: it has no lines. Give it at least one.`);
  if (wrong) {
    throw refused(
      `Order "${called}" was not placed: the quantity of SKU "${wrong.sku ?? ''}" is "${wrong.quantity}". ` +
        'Order at least 1 of it; what comes back is a refund.',
    );
  }
  const allotted = allot(
    store,
    input.lines.map(({ sku, quantity, locationId }) => ({
      variant: sku === undefined ? undefined : store.bySku.get(sku),
      quantity,
      locationId: placeOf(store, locationId, called),
    })),
  );
  const currency = input.currency ?? store.currency;
  const draft: Draft = { store, input, currency, discounts: [] };
  const lines = linesOf(draft);
  const shippingLines = (input.shippingLines ?? []).map((line) => shippingOf(draft, line));
  const now = store.second();
  const placedAt = input.placedAt === undefined ? now : secondOf(input.placedAt);
  const customer = customerOf(store, input);
  const order: OrderRecord = {
    id: store.nextId(),
    number,
    name: called,
    createdAt: placedAt,
    processedAt: placedAt,
    updatedAt: Math.max(now, placedAt),
    cancelledAt: undefined,
    cancelReason: undefined,
    staffNote: undefined,
    closedAt: undefined,
    edited: false,
    test: input.test ?? false,
    currency,
    presentment: input.presentment,
    taxesIncluded: input.taxesIncluded ?? false,
    email: input.email ?? input.customer?.email,
    phone: input.phone ?? input.customer?.phone,
    customerId: customer?.id,
    shippingAddress: input.shippingAddress,
    billingAddress: input.billingAddress ?? input.shippingAddress,
    note: input.note,
    poNumber: input.poNumber,
    tags: (input.tags ?? []).toSorted(),
    customAttributes: input.customAttributes ?? [],
    sourceName: input.sourceName ?? 'web',
    sourceIdentifier: input.sourceIdentifier,
    gateway: input.gateway ?? 'shopify_payments',
    discounts: draft.discounts,
    lines,
    shippingLines,
    fees: (input.additionalFees ?? []).map((fee) => ({ name: fee.name, ...chargeOf(draft, fee) })),
    transactions: [],
    refunds: [],
    statusWords: {},
    authorizationExpired: false,
  };
  order.transactions.push(...paymentOf(store, order, input, placedAt));
  store.orders.set(order.id, order);
  store.lastNumber = Math.max(store.lastNumber, number);
  store.ofOrder.set(order.id, { fulfillmentOrders: [], fulfillments: [] });
  const routed = route(shop, order, allotted);
  const paid: Happening[] = (input.financialStatus ?? 'paid') === 'paid' ? [{ topic: 'orders/paid', order }] : [];
  tell([
    { topic: 'orders/create', order },
    ...paid,
    ...productsOf(store, order),
    ...routed.map((fulfillmentOrder): Happening => ({
      topic: 'fulfillment_orders/order_routing_complete',
      fulfillmentOrder,
    })),
  ]);
  return order;
}

/**
 * A product is told of when it is ordered: here of what is not counted, else with its stock. Topics of the schema of API
 * 2026-10, read 2026-11-26.
 */
function productsOf(store: Store, { lines }: OrderRecord): readonly Happening[] {
  const ordered = new Set(
    lines.flatMap(({ variantId }) => {
      const variant = variantId === undefined ? undefined : store.variants.get(variantId);
      return variant && !variant.tracked ? variant.productId : [];
    }),
  );
  return [...ordered].flatMap((id): readonly Happening[] => {
    const product = store.products.get(id);
    return product ? [{ topic: 'products/update', product }] : [];
  });
}

type Draft = {
  readonly store: Store;
  readonly input: OrderInput;
  readonly currency: string;
  readonly discounts: DiscountRecord[];
};

function numberOf(store: Store, { number }: OrderInput): number {
  const wanted = Number(number ?? store.lastNumber + 1);
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw refused(`An order was not placed: its number is "${number}". The shop counts in whole numbers from 1.`);
  }
  return wanted;
}

function placeOf(store: Store, locationId: string | undefined, called: string): bigint | undefined {
  if (locationId === undefined) return undefined;
  const id = idIn(locationId, 'Location');
  if (id !== undefined && store.locations.has(id)) return id;
  throw refused(
    `Order "${called}" was not placed: there is no location "${locationId}". Take an id that addLocation answered.`,
  );
}

function linesOf(draft: Draft): LineRecord[] {
  const { input, currency } = draft;
  const plain = input.lines.map((line) => plainLine(draft, line));
  const off = plain.map(({ record }, index) => {
    const discount = input.lines[index]?.discount;
    const amount = discount === undefined ? [] : [allocation(draft, discount, 'line')];
    return {
      net: record.unitPrice * BigInt(record.quantity) - sum(amount.map((each) => each.amount)),
      allocations: amount,
    };
  });
  for (const discount of input.discounts ?? []) {
    const { discount: index, amount } = allocation(draft, discount, 'order');
    for (const [at, part] of spread(
      amount,
      off.map(({ net }) => net),
    ).entries()) {
      const line = off[at];
      if (line && part !== 0n) line.allocations.push({ discount: index, amount: part });
    }
  }
  return plain.map(({ record, taxes }, index) => {
    const allocations = off[index]?.allocations ?? [];
    const net = record.unitPrice * BigInt(record.quantity) - sum(allocations.map(({ amount }) => amount));
    return {
      ...record,
      allocations,
      taxLines: record.taxable ? taxRecords(taxes, net, currency, input.taxesIncluded) : [],
    };
  });
}

function plainLine(
  draft: Draft,
  line: LineInput,
): { readonly record: LineRecord; readonly taxes: readonly TaxInput[] } {
  const { store, input, currency } = draft;
  const variant = line.sku === undefined ? undefined : store.bySku.get(line.sku);
  const product = variant && store.products.get(variant.productId);
  const unitPrice = line.unitPrice === undefined ? variant?.price : toMinor(line.unitPrice, currency);
  if (unitPrice === undefined) {
    throw refused(
      `An order was not placed: SKU "${line.sku ?? ''}" has no price. Give unitPrice, or add the product first.`,
    );
  }
  return {
    record: {
      id: store.nextId(),
      variantId: variant?.id,
      sku: line.sku,
      title: line.title ?? product?.title ?? line.sku ?? 'Custom item',
      variantTitle: line.variantTitle ?? (variant && variant.title !== 'Default Title' ? variant.title : undefined),
      vendor: product?.vendor,
      quantity: line.quantity,
      unitPrice,
      requiresShipping: line.requiresShipping ?? variant?.requiresShipping ?? true,
      taxable: line.taxable ?? true,
      giftCard: line.giftCard ?? false,
      grams: line.grams ?? variant?.grams ?? 0,
      customAttributes: line.customAttributes ?? [],
      allocations: [],
      taxLines: [],
      duties: (line.duties ?? []).map((duty) => chargeOf(draft, duty)),
      removed: 0,
      refunded: 0,
      fulfilled: 0,
    },
    taxes: line.taxLines ?? input.taxLines ?? [],
  };
}

function shippingOf(draft: Draft, line: ShippingInput): ShippingRecord {
  const { store, input, currency } = draft;
  const price = toMinor(line.price, currency);
  const allocations = line.discount === undefined ? [] : [allocation(draft, line.discount, 'shipping')];
  const net = price - sum(allocations.map(({ amount }) => amount));
  const taxes = taxRecords(line.taxLines ?? input.taxLines ?? [], net, currency, input.taxesIncluded);
  return { id: store.nextId(), title: line.title, code: line.code, price, allocations, taxLines: taxes };
}

/** A fee or a duty. */
function chargeOf({ store, input, currency }: Draft, charge: DutyInput): DutyRecord {
  const price = toMinor(charge.price, currency);
  const taxLines = taxRecords(charge.taxLines ?? [], price, currency, input.taxesIncluded);
  return { id: store.nextId(), price, taxLines };
}

function allocation(draft: Draft, input: string | DiscountInput, level: DiscountRecord['level']): AllocationRecord {
  const {
    amount: decimal,
    code,
    title,
    percentage,
  } = typeof input === 'string' ? ({ amount: input } as DiscountInput) : input;
  const amount = toMinor(decimal, draft.currency);
  const name = code ?? title ?? 'Discount';
  const kind = code === undefined ? 'automatic' : 'code';
  const found = draft.discounts.findIndex((each) => each.kind === kind && each.name === name && each.level === level);
  const known = draft.discounts[found];
  if (known) {
    draft.discounts[found] = { ...known, amount: known.amount + amount };
    return { discount: found, amount };
  }
  draft.discounts.push({ kind, name, level, percentage, amount });
  return { discount: draft.discounts.length - 1, amount };
}

function taxRecords(taxes: readonly TaxInput[], net: Minor, currency: string, included = false): readonly TaxRecord[] {
  const reckoned = taxesOf(
    net,
    taxes.map(({ rate }) => rate),
    included,
  );
  return taxes.map(({ title, rate, amount }, index) => ({
    title,
    rate,
    amount: amount === undefined ? (reckoned[index] ?? 0n) : toMinor(amount, currency),
  }));
}

function customerOf(store: Store, input: OrderInput): CustomerRecord | undefined {
  const email = input.customer?.email ?? input.email;
  if (!input.customer && email === undefined) return undefined;
  const known = email === undefined ? undefined : store.byEmail.get(email);
  if (known) return known;
  const now = store.second();
  const address = input.billingAddress ?? input.shippingAddress;
  const record: CustomerRecord = {
    id: store.nextId(),
    email,
    phone: input.customer?.phone,
    firstName: input.customer?.firstName ?? address?.firstName,
    lastName: input.customer?.lastName ?? address?.lastName,
    createdAt: now,
    updatedAt: now,
  };
  store.customers.set(record.id, record);
  if (email !== undefined) store.byEmail.set(email, record);
  return record;
}

function paymentOf(store: Store, order: OrderRecord, input: OrderInput, at: number): TransactionRecord[] {
  const { total } = sumsOf(order);
  const status = input.financialStatus ?? 'paid';
  if (total === 0n) return [];
  const record = (
    kind: TransactionRecord['kind'],
    state: TransactionRecord['status'],
    amount: Minor,
  ): TransactionRecord => ({
    id: store.nextId(),
    kind,
    status: state,
    gateway: order.gateway,
    amount,
    at,
    parentId: undefined,
  });
  if (status === 'paid') return [record('SALE', 'SUCCESS', total)];
  if (status === 'authorized') return [record('AUTHORIZATION', 'SUCCESS', total)];
  if (status === 'pending') return [record('SALE', 'PENDING', total)];
  return [
    record('SALE', 'SUCCESS', input.paidAmount === undefined ? total / 2n : toMinor(input.paidAmount, order.currency)),
  ];
}

function secondOf(iso: string): number {
  const at = Date.parse(iso);
  if (Number.isNaN(at))
    throw refused(
      `An order was not placed: placedAt is "${iso}". Write it as ISO 8601, such as "2026-11-01T10:00:00Z".`,
    );
  return Math.floor(at / 1000) * 1000;
}
