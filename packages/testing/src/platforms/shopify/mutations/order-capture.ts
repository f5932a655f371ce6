import type { Context } from '../graphql/context.ts';
import { capture, capturableTheirs } from '../life/payments.ts';
import { roundedMinor } from '../money.ts';
import { buyersCurrency } from '../presented.ts';
import { numberOf, visibleOrder } from '../queries/lookup.ts';
import type { View } from '../views/views.ts';
import { userError } from './user-error.ts';

type Input = {
  readonly id: string;
  readonly parentTransactionId: string;
  /** In the buyer's currency. */
  readonly amount: string;
  readonly currency?: string | null;
  readonly finalCapture?: boolean | null;
};

/**
 * Takes money of an authorization. Only what is left of it guards it against a repeat, and a part of one that can be
 * captured several times is taken a second time. The words of the refusals are ours: none is recorded.
 */
export function orderCapture({ input }: { readonly input: Input }, context: Context): View {
  const { shop, views } = context;
  const order = visibleOrder(context, numberOf(input.id, 'Order'));
  if (!order) return refused(['input', 'id'], 'Order does not exist');
  const buyers = buyersCurrency(order);
  if (order.presentment && input.currency == null) {
    return refused(['input', 'currency'], 'Currency must be specified for multi-currency orders');
  }
  if (input.currency != null && input.currency !== buyers) {
    return refused(['input', 'currency'], `Currency must be the presentment currency of the order (${buyers})`);
  }
  if (order.cancelledAt !== undefined) return refused(['input', 'id'], 'Order is canceled and cannot be captured');
  const parentId = numberOf(input.parentTransactionId, 'OrderTransaction');
  const parent = order.transactions.find(({ id }) => id === parentId);
  const field = ['input', 'parentTransactionId'];
  if (!parent) return refused(field, 'Parent transaction does not exist');
  if (parent.kind !== 'AUTHORIZATION' || parent.status !== 'SUCCESS') {
    return refused(field, 'Parent transaction must be a successful authorization');
  }
  if (order.authorizationExpired) return refused(field, 'The authorization has expired');
  const left = capturableTheirs(order, parent);
  if (left <= 0n) return refused(field, 'The authorization has already been captured');
  const theirs = roundedMinor(input.amount, buyers);
  if (theirs <= 0n) return refused(['input', 'amount'], 'Amount must be greater than 0');
  if (theirs > left) {
    return refused(['input', 'amount'], 'Amount cannot be more than the amount that is left of the authorization');
  }
  // Anything but an authorization that can be captured several times is over with its first capture.
  const isFinal = parent.multiCapturable === true && input.finalCapture === true;
  const made = capture(shop, order, parent, theirs, isFinal);
  return { transaction: views.transaction(order, made), userErrors: [] };
}

function refused(field: readonly string[], message: string): View {
  return { transaction: null, userErrors: [userError(field, message)] };
}
