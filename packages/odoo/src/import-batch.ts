import {
  isCommerceError,
  subtractMoney,
  type CommerceError,
  type OrderDraft,
  type WriteOptions,
} from '@crossdock/core';
import { addressesOf, familiesOf, planPartners, type PartnerPlan, type PartnersPlan } from './addresses.ts';
import { loadAddresses } from './address-load.ts';
import { loadAll, type LoadWish, type Loaded } from './bulk-load.ts';
import { idOf, knownId, refTo, type Connection } from './connection.ts';
import { confirmAll, isQuotation, statesOf } from './import-confirm.ts';
import { isOfOne, isStandstill } from './import-blame.ts';
import { importByAction } from './import-action.ts';
import { importCustomers } from './import-customers.ts';
import { findDone } from './import-done.ts';
import { writeDates } from './import-dates.ts';
import { kinshipOf } from './mark.ts';
import { lineShape } from './line-shape.ts';
import { originOf, sourceOf } from './order-claim.ts';
import { createOrder, isSame, totalOf, totalsRefused } from './order-create.ts';
import { hasDate } from './order-confirm.ts';
import { demandOrder } from './order-demands.ts';
import { fromDraft } from './order-draft.ts';
import { orderRefusal } from './order-refusal.ts';
import { isRounding, roundingTable } from './order-rounding.ts';
import { taxDifferences, taxFit } from './order-tax.ts';
import { undatedOf } from './order-trace.ts';
import { routesOf, type OrderRoute } from './order-route.ts';
import { orderTable, type LineShape } from './order-table.ts';
import { demandKnown, demandSold, soleAndShared } from './product-keys.ts';
import { learnPlaces } from './places.ts';
import { currencyIds, demandPlaceForTaxes } from './tax-amounts.ts';
import { rateDifferences } from './tax-rates.ts';
import { isOpen, withDraft, type OrderImport, type Passage } from './import-passage.ts';
import type { OrderStateWire } from './wire/order.ts';
import { fromMoment } from './wire/value.ts';

/**
 * Imports a batch with a number of calls that does not grow with it. Each step takes what the one before left; what is
 * out of the ordinary is handed to `createOrder`, one by one, which knows every case and says each refusal exactly.
 */
export async function importBatch(
  connection: Connection,
  action: number | undefined,
  items: readonly OrderImport[],
  options: WriteOptions,
): Promise<readonly Passage[]> {
  let passages: readonly Passage[] = items.map((item) => begun(connection, item));
  try {
    await demandPlaceForTaxes(connection, options);
    if (action !== undefined) passages = await importByAction(connection, action, passages, options);
    for (const step of [findDone, withCustomers, made, settled, confirmed, alone]) {
      passages = await step(connection, passages, options);
    }
    return passages;
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    const waiting = passages.filter(isWaiting);
    if (waiting.length < 2 || !isOfOne(error)) {
      return passages.map((one) => (isWaiting(one) ? { ...one, error } : one));
    }
    // One of them is to blame. In halves it comes to stand alone, and the others go on from where they are.
    const middle = Math.ceil(waiting.length / 2);
    const again: Passage[] = [];
    for (const half of [waiting.slice(0, middle), waiting.slice(middle)]) {
      const rest = half.map(({ item }) => item);
      again.push(...(await importBatch(connection, action, rest, options)));
    }
    const byItem = new Map(again.map((passage) => [passage.item, passage]));
    return passages.map((one) => (isWaiting(one) ? (byItem.get(one.item) ?? { ...one, error }) : one));
  }
}

function isWaiting({ done, error }: Passage): boolean {
  return done === undefined && error === undefined;
}

/** Runs the part of a step that may refuse one order, and keeps the refusal with it. */
function each(passages: readonly Passage[], work: (passage: Passage) => Passage): readonly Passage[] {
  return passages.map((passage) => {
    if (!isOpen(passage)) return passage;
    try {
      return work(passage);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      return { ...passage, error };
    }
  });
}

function begun(connection: Connection, item: OrderImport): Passage {
  const externalId = connection.externalIds.of('order', sourceOf(item.draft));
  const passage = { item, externalId, lines: [] };
  // The customer is known later; nothing here looks at it.
  const draft = { ...item.draft, customer: { system: connection.settings.name, kind: 'customer', id: '0' } as const };
  const [checked = passage] = each([passage], (one) => {
    demandOrder(connection, draft, 'kind' in item.customer ? undefined : item.customer);
    return { ...one, lines: fromDraft(draft, connection.settings) };
  });
  return checked;
}

/** Gives every order that has none yet its customer, and with it the content that its mark is made of. */
async function withCustomers(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const lacking = passages.filter(({ done, error, draft }) => !done && !error && !draft);
  const wanted = lacking.flatMap((passage) => {
    const { customer, idempotencyKey } = passage.item;
    return 'kind' in customer ? [] : [{ passage, customer, idempotencyKey }];
  });
  const found = await importCustomers(connection, wanted, options);
  const byPassage = new Map(wanted.map(({ passage }, index) => [passage, found[index]]));
  const known: Passage[] = [];
  for (const passage of passages) {
    if (!lacking.includes(passage)) {
      known.push(passage);
      continue;
    }
    const { item } = passage;
    const customer = 'kind' in item.customer ? item.customer : byPassage.get(passage);
    if (customer === undefined || isCommerceError(customer)) {
      known.push(customer === undefined ? passage : { ...passage, error: customer });
    } else {
      const ref = typeof customer === 'number' ? refTo(connection, 'customer', customer) : customer;
      known.push(await withDraft(passage, ref));
    }
  }
  return known;
}

/** Makes what is not there, or finds it: `load` leaves alone what it made before. */
async function made(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const open = passages.filter((passage) => isOpen(passage) && passage.order === undefined);
  if (open.length === 0) return passages;
  const skus = [...new Set(open.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
  const drafts = open.flatMap(({ draft }) => draft ?? []);
  const customers = [...new Set(drafts.flatMap(({ customer }) => knownId(connection, customer) ?? []))];
  const currencyCodes = drafts.map(({ currency }) => currency);
  const [products, routeOf, shape, family, currencies] = await Promise.all([
    soleAndShared(connection, skus, 'orders.create', options),
    routesOf(connection, drafts, options),
    lineShape(connection, options),
    familiesOf(connection, customers, options),
    currencyIds(connection, currencyCodes, options),
    learnPlaces(connection, drafts.flatMap(addressesOf), options),
  ]);
  const productIds = new Map([...products.sole].map(([sku, product]) => [sku, product.id]));
  const plans = new Map<Passage, PartnersPlan & { readonly route: OrderRoute }>();
  const planned: Passage[] = [];
  for (const passage of passages) {
    const { draft, lines } = passage;
    if (!open.includes(passage) || !draft) {
      planned.push(passage);
      continue;
    }
    try {
      const named = lines.map(({ sku }) => sku);
      demandSole(named, products.shared);
      await demandSold(connection, named, products.sole, `Order "${draft.number}" was not created`, options);
      const route = routeOf(draft);
      const partners = await planPartners(connection, draft, idOf(connection, draft.customer), family);
      plans.set(passage, { ...partners, route });
      planned.push(passage);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      planned.push({ ...passage, error });
    }
  }
  const partners = [...plans.values()].flatMap(({ invoice, shipping }) => [invoice, shipping]);
  const addresses = partners.flatMap((plan) => ('id' in plan ? [] : [plan]));
  const loadedAddresses = await loadAddresses(connection, addresses, options);
  const wishes: LoadWish[] = [];
  for (const [passage, plan] of plans) {
    const { draft, mark, externalId, lines } = passage;
    const invoiceId = idIn(plan.invoice, loadedAddresses);
    const shippingId = idIn(plan.shipping, loadedAddresses);
    if (!draft || !mark || invoiceId === undefined || shippingId === undefined) continue;
    const named = { customerId: plan.customerId, invoiceId, shippingId };
    const identity = { externalId, origin: originOf(draft, mark) };
    const parts = {
      ...identity,
      partners: named,
      route: plan.route,
      lines,
      productIds,
      shape,
      currencyId: currencies.get(draft.currency),
    };
    wishes.push({ externalId, table: orderTable(draft, parts) });
  }
  const loaded = await loadAll(connection, 'sale.order', wishes, options);
  const ids = [...loaded.values()].flatMap((one) => (typeof one === 'number' ? [one] : []));
  const orders = new Map((await statesOf(connection, ids, options)).map((order) => [order.id, order]));
  return planned.map((passage) => {
    if (!plans.has(passage)) return passage;
    const { draft } = passage;
    const id = loaded.get(passage.externalId);
    if (typeof id === 'number') return judged(passage, orders.get(id), undefined);
    return judged(passage, undefined, id && draft ? orderRefusal(connection, draft, id) : id);
  });
}

/** Refuses what names a SKU that several products share. */
function demandSole(skus: readonly string[], shared: ReadonlyMap<string, CommerceError>): void {
  const error = skus.flatMap((sku) => shared.get(sku) ?? [])[0];
  if (error) throw error;
}

function idIn(plan: PartnerPlan, loaded: Loaded): number | undefined {
  if ('id' in plan) return plan.id;
  const id = loaded.get(plan.externalId);
  return typeof id === 'number' ? id : undefined;
}

/** An order of this key and content goes on; anything else is looked at alone. */
function judged(passage: Passage, order: OrderStateWire | undefined, error: CommerceError | undefined): Passage {
  if (error && isStandstill(error)) return { ...passage, error };
  const isOurs = order && passage.mark && kinshipOf(order.origin, passage.mark) === 'own' && order.state !== 'cancel';
  return isOurs ? { ...passage, order } : { ...passage, alone: true };
}

/** Compares the sums; cents of rounding become lines of their own, for all orders at once. */
async function settled(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const { roundingProduct } = connection.settings;
  const waiting = passages.filter((one) => isOpen(one) && one.order && isQuotation(one.order.state));
  const wrong = await taxedOtherwise(connection, waiting, options);
  const off = waiting.filter(
    (one) => one.order && !wrong.has(one) && !isSame(totalOf(one.order), one.item.draft.totals.total),
  );
  let shape: LineShape | undefined;
  const rounded = new Map<Passage, LoadWish>();
  const unevened = new Map<Passage, CommerceError>();
  if (roundingProduct !== undefined && off.length > 0) {
    const skus = [roundingProduct];
    const { sole, shared } = await soleAndShared(connection, skus, 'orders.create', options);
    shape = await lineShape(connection, options);
    for (const passage of off) {
      const { order, draft, externalId } = passage;
      const sum = order && totalOf(order);
      if (!order || !sum || !draft || !isRounding(draft, connection.settings, sum)) continue;
      try {
        demandSole(skus, shared);
        demandKnown(connection, skus, sole, `Order "${draft.number}" was not confirmed`, 'orders.create');
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        unevened.set(passage, error);
        continue;
      }
      const difference = subtractMoney(draft.totals.total, sum);
      const product = sole.get(roundingProduct)?.id ?? 0;
      rounded.set(passage, roundingTable({ id: order.id, externalId, shape }, product, difference));
    }
  }
  await loadAll(connection, 'sale.order.line', [...rounded.values()], options);
  const again = [...rounded.keys()].flatMap(({ order }) => order?.id ?? []);
  const orders = new Map((await statesOf(connection, again, options)).map((order) => [order.id, order]));
  return each(passages, (passage) => {
    if (!waiting.includes(passage) || !passage.order || !passage.draft) return passage;
    // Which line is taxed otherwise is said of each alone.
    if (wrong.has(passage)) return { ...passage, alone: true };
    const error = unevened.get(passage);
    if (error) return { ...passage, error };
    const order = orders.get(passage.order.id) ?? passage.order;
    if (!isSame(totalOf(order), passage.draft.totals.total)) throw totalsRefused(connection, passage.draft, order);
    return { ...passage, order };
  });
}

/** Those whose sum is right, or differs by rounding alone, and whose tax is another one or of another rate. */
async function taxedOtherwise(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const { settings } = connection;
  const wrong = new Set<Passage>();
  const fitting = new Map<OrderDraft, Passage>();
  const near: { readonly passage: Passage; readonly id: number; readonly draft: OrderDraft }[] = [];
  for (const passage of passages) {
    const { draft, order } = passage;
    const sum = order && totalOf(order);
    if (!draft || !order || !sum) continue;
    const isRounded = settings.roundingProduct !== undefined && isRounding(draft, settings, sum);
    if (!isSame(sum, draft.totals.total) && !isRounded) continue;
    const fit = taxFit(draft, settings, order);
    if (fit === 'far') wrong.add(passage);
    else fitting.set(draft, passage);
    if (fit === 'near') near.push({ passage, id: order.id, draft });
  }
  const orders = near.map(({ passage, ...rest }) => ({ ...rest, externalId: passage.externalId }));
  const differences = await taxDifferences(connection, orders, options);
  for (const { passage, id } of near) if (differences.get(id)?.some(({ isFar }) => isFar)) wrong.add(passage);
  const rated = [...fitting].map(([draft, { order, externalId }]) =>
    order ? { draft, made: { id: order.id, externalId } } : { draft },
  );
  for (const draft of (await rateDifferences(connection, rated, options)).keys()) {
    const passage = fitting.get(draft);
    if (passage) wrong.add(passage);
  }
  return wrong;
}

async function confirmed(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const open = passages.filter((passage) => isOpen(passage) && passage.order !== undefined);
  const waiting = open.flatMap(({ order }) => (order && isQuotation(order.state) ? [order.id] : []));
  const finish = (one: Passage, id: number): Passage => ({ ...one, done: refTo(connection, 'order', id) });
  if (!connection.settings.confirmOrders) {
    return each(passages, (one) => (one.order && isQuotation(one.order.state) ? finish(one, one.order.id) : one));
  }
  const refusals = await confirmAll(connection, waiting, options);
  const ids = open.flatMap(({ order }) => order?.id ?? []);
  const states = waiting.length === 0 ? [] : await statesOf(connection, ids, options);
  const after = new Map(states.map((order) => [order.id, order]));
  const now = passages.map((one): Passage => {
    if (!open.includes(one) || !one.order) return one;
    const order = after.get(one.order.id) ?? one.order;
    if (order.state === 'sale') return { ...one, order };
    const refusal = refusals.get(order.id);
    return refusal && isStandstill(refusal) ? { ...one, error: refusal } : { ...one, alone: true };
  });
  const otherDay = now.filter((one) => isOpen(one) && one.order && !hasDate(one.order, placedOf(one)));
  // Confirmed by an earlier run, which may have broken off before the days; a day that a person gave one stays.
  const earlier = otherDay.flatMap(({ order }) => (order && !waiting.includes(order.id) ? [order] : []));
  const undatedBefore = await undatedOf(connection, earlier, options);
  const dates = new Map<number, string>();
  for (const one of otherDay) {
    const id = one.order?.id ?? 0;
    if (waiting.includes(id) || undatedBefore.has(id)) dates.set(id, placedOf(one));
  }
  const undated = await writeDates(connection, dates, options);
  return each(now, (one) => {
    const error = one.order && undated.get(one.order.id);
    return one.order ? (error ? { ...one, error } : finish(one, one.order.id)) : one;
  });
}

function placedOf({ item }: Passage): string {
  return fromMoment(item.draft.placedAt);
}

/** What needs a look of its own, one after another. When the server is away, the rest is not tried in vain. */
async function alone(connection: Connection, passages: readonly Passage[], options: WriteOptions) {
  const ended: Passage[] = [];
  let standstill: CommerceError | undefined;
  for (const passage of passages) {
    const { draft, item } = passage;
    if (passage.done || passage.error || !draft) {
      ended.push(passage);
    } else if (standstill) {
      ended.push({ ...passage, error: standstill });
    } else {
      try {
        const done = await createOrder(connection, draft, { ...options, idempotencyKey: item.idempotencyKey });
        ended.push({ ...passage, done });
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        if (isStandstill(error)) standstill = error;
        ended.push({ ...passage, error });
      }
    }
  }
  return ended;
}
