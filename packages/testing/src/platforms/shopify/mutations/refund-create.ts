import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import { keyUseOf, type Attempt } from '../idempotency.ts';
import { refund, type RefundDraft } from '../life/refund.ts';
import { sum, toMinor } from '../money.ts';
import { currentQuantity, sumsOf } from '../order-sums.ts';
import { numberOf, visibleOrder } from '../queries/lookup.ts';
import type { RefundLineRecord } from '../records.ts';
import type { View } from '../views/views.ts';
import { userError, type UserError } from './user-error.ts';

type Input = {
  readonly orderId: string;
  readonly note?: string | null;
  readonly allowOverRefunding?: boolean | null;
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: RefundLineRecord['restockType'] | null;
        readonly locationId?: string | null;
      }[]
    | null;
  readonly shipping?: { readonly amount?: string | null; readonly fullRefund?: boolean | null } | null;
  readonly transactions?:
    | readonly {
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
  const problems: UserError[] = [];
  const lines: RefundDraft['lines'][number][] = [];
  for (const [index, wanted] of (input.refundLineItems ?? []).entries()) {
    const line = order.lines.find(({ id }) => id === idIn(wanted.lineItemId, 'LineItem'));
    const field = ['refundLineItems', String(index)];
    const locationId = wanted.locationId ? idIn(wanted.locationId, 'Location') : undefined;
    const restockType = wanted.restockType ?? 'NO_RESTOCK';
    if (!line) problems.push(userError([...field, 'lineItemId'], 'Line item does not exist'));
    else if (wanted.quantity < 1 || wanted.quantity > currentQuantity(line)) {
      problems.push(userError([...field, 'quantity'], 'Quantity cannot refund more items than were purchased'));
    } else if (restockType !== 'NO_RESTOCK' && locationId === undefined) {
      problems.push(userError([...field, 'locationId'], 'Location must be specified when restocking'));
    } else lines.push({ line, quantity: wanted.quantity, restockType, locationId });
  }
  const payments = (input.transactions ?? []).map(({ amount, gateway, parentId }) => ({
    amount: toMinor(amount, order.currency),
    gateway,
    parentId: parentId ? idIn(parentId, 'OrderTransaction') : undefined,
  }));
  const sums = sumsOf(order);
  const shipping = input.shipping?.fullRefund
    ? sums.currentShipping
    : toMinor(input.shipping?.amount ?? '0', order.currency);
  if (shipping > sums.currentShipping) {
    problems.push(userError(['shipping', 'amount'], 'Shipping refund cannot be more than was paid for shipping'));
  }
  if (!input.allowOverRefunding && sum(payments.map(({ amount }) => amount)) > sums.net) {
    problems.push(userError(['transactions'], 'Refund amount cannot be more than the amount that is left to refund'));
  }
  if (lines.length === 0 && payments.length === 0 && shipping === 0n) {
    problems.push(userError(['refundLineItems'], 'Refund must have at least one line item, shipping or transaction'));
  }
  if (problems.length > 0) return refused(...problems);
  const record = refund(shop, order, { note: input.note ?? undefined, lines, shipping, payments });
  shop.tell([
    { topic: 'refunds/create', order, refund: record },
    { topic: 'orders/updated', order },
  ]);
  return {
    failed: false,
    show: (): View => ({ refund: views.refund(order, record), order: views.order(order), userErrors: [] }),
  };
}

function refused(...userErrors: readonly UserError[]): Attempt {
  return { failed: true, show: (): View => ({ refund: null, order: null, userErrors }) };
}
