import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import { keyUseOf, type Attempt } from '../idempotency.ts';
import { refund, refundTold, type RefundDraft } from '../life/refund.ts';
import { leftOf } from '../life/refundable.ts';
import { roundedMinor, sum } from '../money.ts';
import { refundableUnits } from '../order-status.ts';
import { currentQuantity, sumsOf } from '../order-sums.ts';
import { buyersCurrency, inPresentment } from '../presented.ts';
import { numberOf, visibleOrder } from '../queries/lookup.ts';
import type { OrderRecord, RefundLineRecord, TransactionRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { unsupported } from '../unsupported.ts';
import { shippingInShop, wantedDuties, type DutyBackInput } from '../views/suggested-refund.ts';
import type { View } from '../views/views.ts';
import { userError, type UserError } from './user-error.ts';

type Input = {
  readonly orderId: string;
  readonly currency?: string | null;
  readonly note?: string | null;
  readonly allowOverRefunding?: boolean | null;
  readonly discrepancyReason?: string | null;
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: RefundLineRecord['restockType'] | 'LEGACY_RESTOCK' | null;
        readonly locationId?: string | null;
      }[]
    | null;
  readonly refundDuties?: readonly DutyBackInput[] | null;
  readonly refundMethods?: readonly unknown[] | null;
  readonly processedAt?: string | null;
  readonly shipping?: { readonly amount?: string | null; readonly fullRefund?: boolean | null } | null;
  readonly transactions?:
    | readonly {
        readonly orderId: string;
        readonly amount: string;
        readonly gateway: string;
        readonly kind: string;
        readonly parentId?: string | null;
      }[]
    | null;
};

/**
 * Gives money and units back, once per key. Its errors are of the plain kind, so a misused key is told by its message
 * alone. The texts of the other refusals are ours: none is recorded.
 */
export function refundCreate(
  { input }: { readonly input: Input },
  context: Context,
  info: GraphQLResolveInfo,
): unknown {
  if (input.refundMethods?.length) throw unsupported('refunds to store credit');
  if (input.processedAt != null) throw unsupported('RefundInput.processedAt');
  const use = keyUseOf(info, context.rawVariables, context.version);
  const attempt = () => make(input, context);
  if (!use) return attempt().show();
  return context.keys.run(use, attempt, ({ message }) => ({
    refund: null,
    order: null,
    userErrors: [userError(null, message)],
  }));
}

function make(input: Input, context: Context): Attempt {
  const { shop, views } = context;
  const order = visibleOrder(context, numberOf(input.orderId, 'Order'));
  if (!order) return refused(userError(['orderId'], 'Order does not exist'));
  const buyers = buyersCurrency(order);
  if (order.presentment && input.currency == null) {
    return refused(userError(['currency'], 'Currency must be specified for multi-currency orders'));
  }
  if (input.currency != null && input.currency !== buyers) {
    return refused(userError(['currency'], `Currency must be the presentment currency of the order (${buyers})`));
  }
  const problems: UserError[] = [];
  const lines = linesIn(shop.store, order, input, problems);
  const payments = paymentsIn(order, input, problems);
  const whole = sumsOf(inPresentment(order)).currentShipping;
  const shippingTheirs = input.shipping?.fullRefund ? whole : roundedMinor(input.shipping?.amount ?? '0', buyers);
  if (shippingTheirs > whole) {
    problems.push(userError(['shipping', 'amount'], 'Shipping refund cannot be more than was paid for shipping'));
  }
  const duties = wantedDuties(order, lines, input.refundDuties ?? []);
  for (const [index, { dutyId }] of (input.refundDuties ?? []).entries()) {
    const isThere = order.lines.some((line) => line.duties.some(({ id }) => id === idIn(dutyId, 'Duty')));
    if (!isThere) problems.push(userError(['refundDuties', String(index), 'dutyId'], 'Duty does not exist'));
  }
  const isEmpty = lines.length === 0 && payments.length === 0 && shippingTheirs === 0n && duties.length === 0;
  if (problems.length === 0 && isEmpty) {
    problems.push(userError(['refundLineItems'], 'Refund must have at least one line item, shipping or transaction'));
  }
  if (problems.length > 0) return refused(...problems);
  const record = refund(shop, order, {
    note: input.note ?? undefined,
    lines,
    duties,
    shipping: shippingInShop(order, shippingTheirs),
    shippingTheirs,
    payments,
    reason: input.discrepancyReason ?? undefined,
  });
  shop.tell(refundTold(order, record));
  return {
    failed: false,
    show: (): View => ({ refund: views.refund(order, record), order: views.order(order), userErrors: [] }),
  };
}

function linesIn(
  store: Store,
  order: OrderRecord,
  input: Input,
  problems: UserError[],
): RefundDraft['lines'][number][] {
  const lines: RefundDraft['lines'][number][] = [];
  for (const [index, wanted] of (input.refundLineItems ?? []).entries()) {
    const line = order.lines.find(({ id }) => id === idIn(wanted.lineItemId, 'LineItem'));
    const field = ['refundLineItems', String(index)];
    const locationId = wanted.locationId ? idIn(wanted.locationId, 'Location') : undefined;
    const restockType = wanted.restockType ?? 'NO_RESTOCK';
    const so = lines.filter((each) => each.line === line);
    const units = (all: typeof so) => all.reduce((total, { quantity }) => total + quantity, wanted.quantity);
    const sameType = units(so.filter((each) => each.restockType === restockType));
    if (!line) problems.push(userError([...field, 'lineItemId'], 'Line item does not exist'));
    else if (wanted.quantity < 1 || units(so) > currentQuantity(line)) {
      problems.push(userError([...field, 'quantity'], 'Quantity cannot refund more items than were purchased'));
    } else if (restockType === 'LEGACY_RESTOCK') {
      problems.push(userError([...field, 'restockType'], 'Restock type is not supported'));
    } else if (restockType === 'CANCEL' && sameType > refundableUnits(store, order, line).unshipped) {
      problems.push(userError([...field, 'restockType'], 'Cannot cancel more items than are unfulfilled'));
    } else if (restockType === 'RETURN' && sameType > refundableUnits(store, order, line).shipped) {
      problems.push(userError([...field, 'restockType'], 'Cannot return more items than were fulfilled'));
    } else if (restockType !== 'NO_RESTOCK' && locationId === undefined) {
      problems.push(userError([...field, 'locationId'], 'Location must be specified when restocking'));
    } else lines.push({ line, quantity: wanted.quantity, restockType, locationId });
  }
  return lines;
}

function paymentsIn(order: OrderRecord, input: Input, problems: UserError[]): RefundDraft['payments'] {
  const payments: { readonly theirs: bigint; readonly parent: TransactionRecord }[] = [];
  for (const [index, wanted] of (input.transactions ?? []).entries()) {
    const field = ['transactions', String(index)];
    const theirs = roundedMinor(wanted.amount, buyersCurrency(order));
    const parentId = wanted.parentId ? idIn(wanted.parentId, 'OrderTransaction') : undefined;
    const parent = order.transactions.find(({ id, kind, status, gateway }) => {
      const isPayment = status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE');
      // Without a parent the gateway's own payment is meant.
      return isPayment && (parentId === undefined ? gateway === wanted.gateway : id === parentId);
    });
    const before = payments.filter((each) => each.parent === parent).map((each) => each.theirs);
    if (idIn(wanted.orderId, 'Order') !== order.id) {
      problems.push(userError([...field, 'orderId'], 'Transaction must belong to the order'));
    } else if (wanted.kind !== 'REFUND') {
      problems.push(userError([...field, 'kind'], 'Transaction kind must be refund'));
    } else if (!parent) {
      problems.push(userError([...field, 'parentId'], 'Parent transaction must be a successful sale or capture'));
    } else if (theirs <= 0n) {
      problems.push(userError([...field, 'amount'], 'Amount must be greater than 0'));
    } else if (!input.allowOverRefunding && theirs + sum(before) > leftOf(order, parent)) {
      problems.push(userError(['transactions'], 'Refund amount cannot be more than the amount that is left to refund'));
    } else payments.push({ theirs, parent });
  }
  return payments;
}

function refused(...userErrors: readonly UserError[]): Attempt {
  return { failed: true, show: (): View => ({ refund: null, order: null, userErrors }) };
}
