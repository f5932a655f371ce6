import { divided, toMinor, type Minor } from '../money.ts';
import { capturableOf, sumsOf } from '../order-sums.ts';
import { financialStatus } from '../order-status.ts';
import { inPresentment, presentedOf } from '../presented.ts';
import type { OrderRecord, TransactionRecord } from '../records.ts';
import { touch, type Happening, type Shop } from './shop.ts';

/**
 * What a part of a payment in the buyer's currency comes to in the shop's, in proportion to the whole. `before` is what
 * went of the whole already, so that all parts add up to it exactly.
 */
export function shopAmount(part: Minor, whole: { readonly shop: Minor; readonly theirs: Minor }, before: Minor): Minor {
  if (whole.theirs === 0n) return 0n;
  const upTo = (amount: Minor) => divided(whole.shop * amount, whole.theirs);
  return upTo(before + part) - upTo(before);
}

/** A movement of money against an earlier one. `theirs` is in the buyer's currency. */
export function against(
  { store }: Shop,
  order: OrderRecord,
  parent: TransactionRecord,
  kind: TransactionRecord['kind'],
  theirs: Minor,
): TransactionRecord {
  const so = order.transactions.filter((each) => each.parentId === parent.id && each.kind === kind);
  const before = so.reduce((total, { amount, presented }) => total + (presented ?? amount), 0n);
  const whole = { shop: parent.amount, theirs: parent.presented ?? parent.amount };
  return {
    id: store.nextId(),
    kind,
    status: 'SUCCESS',
    gateway: parent.gateway,
    amount: order.presentment ? shopAmount(theirs, whole, before) : theirs,
    ...(order.presentment ? { presented: theirs } : {}),
    at: store.second(),
    parentId: parent.id,
  };
}

/** What can be captured of an authorization, in the buyer's currency. */
export function capturableTheirs(order: OrderRecord, authorization: TransactionRecord): Minor {
  const theirs = inPresentment(order);
  const same = theirs.transactions.find(({ id }) => id === authorization.id);
  return same ? capturableOf(theirs, same) : 0n;
}

/** Takes money of an authorization; the last capture of several lets go of what is left. Whoever calls has checked it. */
export function capture(
  shop: Shop,
  order: OrderRecord,
  authorization: TransactionRecord,
  theirs: Minor,
  isFinal: boolean,
): TransactionRecord {
  const taken = against(shop, order, authorization, 'CAPTURE', theirs);
  const added = [taken];
  order.transactions.push(taken);
  const left = capturableTheirs(order, authorization);
  if (isFinal && left > 0n) {
    const rest = against(shop, order, authorization, 'VOID', left);
    order.transactions.push(rest);
    added.push(rest);
  }
  told(shop, order, added);
  return taken;
}

/** Lets go of an authorization. */
export function release(shop: Shop, order: OrderRecord, authorization: TransactionRecord): void {
  const left = capturableTheirs(order, authorization);
  const rest = against(shop, order, authorization, 'VOID', left);
  order.transactions.push(rest);
  told(shop, order, [rest]);
}

/** Books a payment that came later, in the shop's currency. Default what is still owed. */
export function pay(shop: Shop, order: OrderRecord, decimal?: string): TransactionRecord {
  const { store } = shop;
  const amount = decimal === undefined ? sumsOf(order).outstanding : toMinor(decimal, order.currency);
  const theirs = decimal === undefined ? sumsOf(inPresentment(order)).outstanding : presentedOf(order, amount);
  const authorization = order.transactions.find((each) => capturableOf(order, each) >= amount && amount > 0n);
  const pending = order.transactions.find(({ kind, status }) => kind === 'SALE' && status === 'PENDING');
  const record: TransactionRecord = authorization
    ? against(shop, order, authorization, 'CAPTURE', theirs)
    : {
        id: store.nextId(),
        kind: 'SALE',
        status: 'SUCCESS',
        gateway: order.gateway,
        amount,
        ...(order.presentment ? { presented: theirs } : {}),
        at: store.second(),
        parentId: pending?.id,
      };
  order.transactions.push(record);
  told(shop, order, [record]);
  return record;
}

/** Notes a payment that did not come about. */
export function failPayment(shop: Shop, order: OrderRecord, errorCode: string): void {
  const { outstanding } = sumsOf(order);
  const record: TransactionRecord = {
    id: shop.store.nextId(),
    kind: 'SALE',
    status: 'FAILURE',
    gateway: order.gateway,
    amount: outstanding,
    ...(order.presentment ? { presented: sumsOf(inPresentment(order)).outstanding } : {}),
    at: shop.store.second(),
    parentId: undefined,
    errorCode,
  };
  order.transactions.push(record);
  told(shop, order, [record]);
}

function told(shop: Shop, order: OrderRecord, added: readonly TransactionRecord[]): void {
  touch(shop, order);
  const isPaid = added.some(({ kind }) => kind === 'SALE' || kind === 'CAPTURE') && financialStatus(order) === 'PAID';
  shop.tell([
    ...added.map((transaction): Happening => ({ topic: 'order_transactions/create', order, transaction })),
    ...(isPaid ? [{ topic: 'orders/paid', order } satisfies Happening] : []),
    { topic: 'orders/updated', order },
  ]);
}
