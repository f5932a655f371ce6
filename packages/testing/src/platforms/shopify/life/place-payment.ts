import { toMinor, type Minor } from '../money.ts';
import { sumsOf } from '../order-sums.ts';
import { buyersCurrency, inPresentment, presentedOf } from '../presented.ts';
import type { OrderRecord, TransactionRecord } from '../records.ts';
import type { Store } from '../store.ts';
import type { OrderInput, PaymentInput } from './order-input.ts';
import { shopAmount } from './payments.ts';

/** The transactions an order is placed with. */
export function placedPayments(store: Store, order: OrderRecord, input: OrderInput, at: number): TransactionRecord[] {
  const whole = sumsOf(order).total;
  const theirs = sumsOf(inPresentment(order)).total;
  const made: TransactionRecord[] = [];
  let left = theirs;
  const add = (presented: Minor, more: Partial<TransactionRecord> & Pick<TransactionRecord, 'kind' | 'status'>) => {
    const record: TransactionRecord = {
      id: store.nextId(),
      gateway: order.gateway,
      amount: order.presentment ? shopAmount(presented, { shop: whole, theirs }, theirs - left) : presented,
      ...(order.presentment ? { presented } : {}),
      at,
      parentId: undefined,
      ...more,
    };
    made.push(record);
    return record;
  };
  const planned =
    input.payments?.map((payment) => ({ payment, amount: undefined })) ?? paymentsOf(order, input, theirs);
  for (const { payment, amount: reckoned } of planned) {
    const { kind = 'sale', status = 'success', gateway, errorCode, multiCapturable } = payment;
    const given = payment.amount === undefined ? undefined : toMinor(payment.amount, buyersCurrency(order));
    const amount = given ?? reckoned ?? left;
    const record = add(amount, {
      kind: kind === 'sale' ? 'SALE' : 'AUTHORIZATION',
      status: statuses[status],
      ...(gateway === undefined ? {} : { gateway }),
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(multiCapturable === undefined ? {} : { multiCapturable }),
    });
    if (status !== 'failure') left -= amount;
    if (payment.change === undefined) continue;
    const change = toMinor(payment.change, buyersCurrency(order));
    left += change;
    add(change, { kind: 'CHANGE', status: 'SUCCESS', gateway: record.gateway, parentId: record.id });
  }
  return made;
}

const statuses = { success: 'SUCCESS', pending: 'PENDING', failure: 'FAILURE' } as const;

type Planned = { readonly payment: PaymentInput; readonly amount: Minor | undefined };

function paymentsOf(order: OrderRecord, input: OrderInput, theirs: Minor): readonly Planned[] {
  if (theirs === 0n) return [];
  switch (input.financialStatus ?? 'paid') {
    case 'paid':
      return [{ payment: {}, amount: theirs }];
    case 'authorized':
      return [{ payment: { kind: 'authorization' }, amount: theirs }];
    case 'pending':
      return [{ payment: { status: 'pending' }, amount: theirs }];
    case 'partially_paid': {
      const { paidAmount } = input;
      const amount = paidAmount === undefined ? theirs / 2n : presentedOf(order, toMinor(paidAmount, order.currency));
      return [{ payment: {}, amount }];
    }
  }
}
