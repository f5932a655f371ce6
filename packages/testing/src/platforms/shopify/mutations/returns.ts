import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import {
  approveReturn,
  declineReturn,
  isBegun,
  openReturn,
  removeFromReturn as remove,
  returnableOf,
  setReturnStatus,
  type ReturnLineDraft,
} from '../life/returns.ts';
import { numberOf, visibleOrder } from '../queries/lookup.ts';
import type { ReturnLineRecord, ReturnRecord } from '../records.ts';
import { returnReasons } from '../return-reasons.ts';
import { unsupported } from '../unsupported.ts';
import type { View } from '../views/views.ts';
import { userError, type UserError } from './user-error.ts';

// Codes from the schema of API 2026-10, read 2026-11-26. Which of them answers what, and the words, are ours: no refusal
// of a return is recorded.

type LineInput = {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly returnReason?: string | null;
  readonly returnReasonDefinitionId?: string | null;
  readonly returnReasonNote?: string | null;
  readonly customerNote?: string | null;
  readonly restockingFee?: unknown;
};
type Input = {
  readonly orderId: string;
  readonly returnLineItems: readonly LineInput[];
  readonly exchangeLineItems?: readonly unknown[] | null;
  readonly returnShippingFee?: unknown;
};

/** Opens a return that counts as approved. Nothing but what can still come back guards it against a repeat. */
export function returnCreate({ returnInput }: { readonly returnInput: Input }, context: Context): View {
  return made(context, returnInput, 'OPEN', 'returnInput');
}

/** Notes that a buyer wants to send something back. */
export function returnRequest({ input }: { readonly input: Input }, context: Context): View {
  return made(context, input, 'REQUESTED', 'input');
}

function made(context: Context, input: Input, status: 'OPEN' | 'REQUESTED', root: string): View {
  const { shop, views } = context;
  if (input.exchangeLineItems?.length) throw unsupported('the lines of an exchange on a return');
  if (input.returnShippingFee != null) throw unsupported('fees for the way back of a return');
  if (input.returnLineItems.some(({ restockingFee }) => restockingFee != null)) {
    throw unsupported('restocking fees on the lines of a return');
  }
  const order = visibleOrder(context, numberOf(input.orderId, 'Order'));
  if (!order) return refused(userError([root, 'orderId'], 'Order does not exist.', 'NOT_FOUND'));
  if (input.returnLineItems.length === 0) {
    return refused(userError([root, 'returnLineItems'], "Return line items can't be blank.", 'BLANK'));
  }
  const returnable = returnableOf(shop.store, order);
  const problems: UserError[] = [];
  const taken = new Map<string, number>();
  const lines = input.returnLineItems.flatMap((wanted, index): readonly ReturnLineDraft[] => {
    const field = [root, 'returnLineItems', String(index)];
    const id = idIn(wanted.fulfillmentLineItemId, 'FulfillmentLineItem');
    const found = returnable.find(({ line }) => line.id === id);
    const before = taken.get(wanted.fulfillmentLineItemId) ?? 0;
    const problem = found
      ? problemOf(wanted, before + wanted.quantity, found.quantity, field)
      : userError([...field, 'fulfillmentLineItemId'], 'Fulfillment line item is not returnable.', 'NOT_FOUND');
    taken.set(wanted.fulfillmentLineItemId, before + wanted.quantity);
    if (problem) problems.push(problem);
    if (problem || !found) return [];
    return [
      {
        returnable: found,
        quantity: wanted.quantity,
        reasonId: reasonOf(wanted)?.id,
        note: wanted.returnReasonNote ?? undefined,
        customerNote: wanted.customerNote ?? undefined,
      },
    ];
  });
  if (problems.length > 0) return refused(...problems);
  return done(views.return(openReturn(shop, order, lines, status)));
}

// Lengths from the schema of API 2026-10, read 2026-11-26.
const longestNote = 255;
const longestCustomerNote = 300;

function problemOf(wanted: LineInput, quantity: number, most: number, field: readonly string[]): UserError | undefined {
  if (wanted.quantity < 1) {
    return userError([...field, 'quantity'], 'Quantity must be greater than 0.', 'GREATER_THAN');
  }
  if (quantity > most) {
    return userError([...field, 'quantity'], 'Return line item quantity is more than can be returned.', 'INVALID');
  }
  if (wanted.returnReasonDefinitionId != null && !reasonOf(wanted)) {
    const name = 'returnReasonDefinitionId';
    return userError([...field, name], 'Return reason definition does not exist.', 'NOT_FOUND');
  }
  if ((wanted.returnReasonNote ?? '').length > longestNote) {
    return userError(
      [...field, 'returnReasonNote'],
      `Note is too long (maximum is ${longestNote} characters).`,
      'TOO_LONG',
    );
  }
  if ((wanted.customerNote ?? '').length > longestCustomerNote) {
    const words = `Customer note is too long (maximum is ${longestCustomerNote} characters).`;
    return userError([...field, 'customerNote'], words, 'TOO_LONG');
  }
  return undefined;
}

function reasonOf({ returnReason, returnReasonDefinitionId }: LineInput) {
  const id = returnReasonDefinitionId == null ? undefined : idIn(returnReasonDefinitionId, 'ReturnReasonDefinition');
  return returnReasons.find((each) =>
    returnReasonDefinitionId == null ? each.reason === (returnReason ?? 'UNKNOWN') : each.id === id,
  );
}

/** Says yes to a buyer who asked. */
export function returnApproveRequest({ input }: { readonly input: { readonly id: string } }, context: Context): View {
  return inState(context, input.id, ['input', 'id'], ['REQUESTED'], (record) => approveReturn(context.shop, record));
}

/** Says no to a buyer who asked. */
export function returnDeclineRequest(
  {
    input,
  }: { readonly input: { readonly id: string; readonly declineReason: string; readonly declineNote?: string | null } },
  context: Context,
): View {
  return inState(context, input.id, ['input', 'id'], ['REQUESTED'], (record) =>
    declineReturn(context.shop, record, input.declineReason, input.declineNote ?? undefined),
  );
}

/** Ends an open return. */
export function returnClose({ id }: { readonly id: string }, context: Context): View {
  return inState(context, id, ['id'], ['OPEN'], (record) => setReturnStatus(context.shop, record, 'CLOSED'));
}

/** Opens a closed return again. */
export function returnReopen({ id }: { readonly id: string }, context: Context): View {
  return inState(context, id, ['id'], ['CLOSED'], (record) => setReturnStatus(context.shop, record, 'OPEN'));
}

/** Cancels a return on which nothing was done yet. */
export function returnCancel({ id }: { readonly id: string }, context: Context): View {
  return inState(context, id, ['id'], ['OPEN', 'REQUESTED'], (record) => {
    if (isBegun(record)) return userError(['id'], 'Return cannot be canceled: it is being worked on.', 'INVALID_STATE');
    return setReturnStatus(context.shop, record, 'CANCELED');
  });
}

type Removal = { readonly returnLineItemId: string; readonly quantity: number };

/** Takes units off a return that were not processed yet. */
export function removeFromReturn(
  args: {
    readonly returnId: string;
    readonly returnLineItems?: readonly Removal[] | null;
    readonly exchangeLineItems?: readonly unknown[] | null;
  },
  context: Context,
): View {
  if (args.exchangeLineItems?.length) throw unsupported('the lines of an exchange on a return');
  return inState(context, args.returnId, ['returnId'], ['OPEN', 'REQUESTED'], (record) => {
    const removals: { readonly line: ReturnLineRecord; readonly quantity: number }[] = [];
    for (const [index, { returnLineItemId, quantity }] of (args.returnLineItems ?? []).entries()) {
      const field = ['returnLineItems', String(index)];
      const line = record.lines.find(({ id }) => id === idIn(returnLineItemId, 'ReturnLineItem'));
      if (!line) return userError([...field, 'returnLineItemId'], 'Return line item does not exist.', 'NOT_FOUND');
      if (quantity < 1 || quantity > line.quantity - line.processed) {
        return userError([...field, 'quantity'], 'Quantity is more than can be removed.', 'INVALID');
      }
      removals.push({ line, quantity });
    }
    if (removals.length === 0) return userError(['returnLineItems'], "Return line items can't be blank.", 'BLANK');
    return remove(context.shop, record, removals);
  });
}

/** Does something to a return that is in one of the states where it can be done. */
export function inState(
  context: Context,
  id: string,
  field: readonly string[],
  states: readonly ReturnRecord['status'][],
  work: (record: ReturnRecord) => UserError | readonly UserError[] | void,
): View {
  const record = context.shop.store.returns.get(numberOf(id, 'Return'));
  if (!record) return refused(userError(field, 'Return does not exist.', 'NOT_FOUND'));
  if (!states.includes(record.status)) {
    const words = `Return is ${record.status.toLowerCase()}, not ${states.join(' or ').toLowerCase()}.`;
    return refused(userError(field, words, 'INVALID_STATE'));
  }
  const problems = [work(record) ?? []].flat();
  return problems.length > 0 ? refused(...problems) : done(context.views.return(record));
}

function done(record: View): View {
  return { return: record, userErrors: [] };
}

function refused(...userErrors: readonly UserError[]): View {
  return { return: null, userErrors };
}
