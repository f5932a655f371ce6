import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import { processReturn } from '../life/process-return.ts';
import { leftOf } from '../life/refundable.ts';
import type { RefundDraft } from '../life/refund.ts';
import { changed, dispose, disposedOf, type DispositionDraft } from '../life/returns.ts';
import { roundedMinor, sum } from '../money.ts';
import { sumsOf } from '../order-sums.ts';
import { buyersCurrency, inPresentment } from '../presented.ts';
import type { OrderRecord, ReturnLineRecord, ReturnRecord, TransactionRecord } from '../records.ts';
import { unsupported } from '../unsupported.ts';
import { reverseLineView } from '../views/return.ts';
import { shippingInShop, wantedDuties, type DutyBackInput } from '../views/suggested-refund.ts';
import { required, type View } from '../views/views.ts';
import { inState } from './returns.ts';
import { userError, type UserError } from './user-error.ts';

type MoneyInput = { readonly amount: string; readonly currencyCode: string };
type DisposeInput = {
  readonly reverseFulfillmentOrderLineItemId: string;
  readonly quantity: number;
  readonly dispositionType: DispositionDraft['type'];
  readonly locationId?: string | null;
};
type Input = {
  readonly returnId: string;
  readonly note?: string | null;
  readonly returnLineItems?:
    | readonly {
        readonly id: string;
        readonly quantity: number;
        readonly dispositions?: readonly DisposeInput[] | null;
      }[]
    | null;
  readonly exchangeLineItems?: readonly unknown[] | null;
  readonly tipLineId?: string | null;
  readonly refundDuties?: readonly DutyBackInput[] | null;
  readonly refundShipping?: {
    readonly fullRefund?: boolean | null;
    readonly shippingRefundAmount?: MoneyInput | null;
  } | null;
  readonly financialTransfer?: {
    readonly issueRefund?: {
      readonly allowOverRefunding?: boolean | null;
      readonly orderTransactions: readonly { readonly parentId: string; readonly transactionAmount: MoneyInput }[];
      readonly refundMethods?: readonly unknown[] | null;
    } | null;
  } | null;
};

/** Confirms what came back of an open return, which stays open. Codes and words of refusals as in returns.ts. */
export function returnProcess({ input }: { readonly input: Input }, context: Context): View {
  if (input.exchangeLineItems?.length) throw unsupported('the lines of an exchange on a return');
  if (input.tipLineId != null) throw unsupported('tips that go back with a return');
  const refunding = input.financialTransfer?.issueRefund;
  if (refunding?.refundMethods?.length) throw unsupported('refunds to store credit');
  return inState(context, input.returnId, ['input', 'returnId'], ['OPEN'], (record) => {
    const { shop } = context;
    const order = required(shop.store.orders.get(record.orderId), `order ${record.orderId}`);
    const problems: UserError[] = [];
    const dispositions: DispositionDraft[] = [];
    const lines = (input.returnLineItems ?? []).flatMap((wanted, index) => {
      const field = ['input', 'returnLineItems', String(index)];
      const line = record.lines.find(({ id }) => id === idIn(wanted.id, 'ReturnLineItem'));
      if (!line) {
        problems.push(userError([...field, 'id'], 'Return line item does not exist.', 'NOT_FOUND'));
        return [];
      }
      if (wanted.quantity < 1 || wanted.quantity > line.quantity - line.processed) {
        problems.push(userError([...field, 'quantity'], 'Quantity is more than can be processed.', 'INVALID'));
      }
      const own = disposals(context, record, wanted.dispositions ?? [], [...field, 'dispositions'], problems, line);
      if (own.reduce((total, { quantity }) => total + quantity, 0) > wanted.quantity) {
        const words = 'Dispositions are more than the quantity that is processed.';
        problems.push(userError([...field, 'dispositions'], words, 'INVALID'));
      }
      dispositions.push(...own);
      return [{ line, quantity: wanted.quantity }];
    });
    const money = moneyOf(order, input, lines, problems);
    if (lines.length === 0 && money.payments.length === 0 && money.shippingTheirs === 0n) {
      problems.push(userError(['input', 'returnLineItems'], "Return line items can't be blank.", 'BLANK'));
    }
    if (problems.length > 0) return problems;
    processReturn(shop, order, record, { lines, dispositions, note: input.note ?? undefined, ...money });
    return [];
  });
}

/** Says what became of units that came back, without processing them. */
export function reverseFulfillmentOrderDispose(
  { dispositionInputs }: { readonly dispositionInputs: readonly DisposeInput[] },
  context: Context,
): View {
  const { shop, views } = context;
  const problems: UserError[] = [];
  const drafts = dispositionInputs.map((wanted, index) => {
    const id = idIn(wanted.reverseFulfillmentOrderLineItemId, 'ReverseFulfillmentOrderLineItem');
    const record = [...shop.store.returns.values()].find(({ reverse }) =>
      reverse.some(({ lines }) => lines.some((line) => line.id === id)),
    );
    const field = ['dispositionInputs', String(index)];
    if (!record) {
      const name = 'reverseFulfillmentOrderLineItemId';
      problems.push(userError([...field, name], 'Reverse fulfillment order line item does not exist.', 'NOT_FOUND'));
      return { record, own: [] };
    }
    return { record, own: disposals(context, record, [wanted], ['dispositionInputs'], problems, undefined, index) };
  });
  if (problems.length > 0) return { reverseFulfillmentOrderLineItems: null, userErrors: problems };
  for (const { record, own } of drafts) {
    const order = record && shop.store.orders.get(record.orderId);
    if (record && order) changed(shop, record, dispose(shop, order, own));
  }
  return {
    reverseFulfillmentOrderLineItems: drafts.flatMap(({ own }) =>
      own.map(({ reverse, line }) => reverseLineView(views, reverse, line)),
    ),
    userErrors: [],
  };
}

function disposals(
  { shop }: Context,
  record: ReturnRecord,
  wanted: readonly DisposeInput[],
  field: readonly string[],
  problems: UserError[],
  returnLine: ReturnLineRecord | undefined,
  from = 0,
): readonly DispositionDraft[] {
  const taken = new Map<bigint, number>();
  return wanted.flatMap((each, index): readonly DispositionDraft[] => {
    const at = [...field, String(from + index)];
    const id = idIn(each.reverseFulfillmentOrderLineItemId, 'ReverseFulfillmentOrderLineItem');
    const reverse = record.reverse.find(({ lines }) => lines.some((line) => line.id === id));
    const line = reverse?.lines.find((one) => one.id === id);
    if (!reverse || !line || (returnLine && line.returnLineId !== returnLine.id)) {
      const words = 'Reverse fulfillment order line item does not belong to the return line item.';
      problems.push(userError([...at, 'reverseFulfillmentOrderLineItemId'], words, 'NOT_FOUND'));
      return [];
    }
    const locationId = each.locationId == null ? undefined : idIn(each.locationId, 'Location');
    if (each.dispositionType === 'RESTOCKED' && each.locationId == null) {
      problems.push(userError([...at, 'locationId'], "Location can't be blank.", 'BLANK'));
    } else if (each.locationId != null && (locationId === undefined || !shop.store.locations.has(locationId))) {
      problems.push(userError([...at, 'locationId'], 'Location does not exist.', 'NOT_FOUND'));
    }
    const before = taken.get(line.id) ?? 0;
    if (each.quantity < 1 || before + each.quantity > line.total - disposedOf(line)) {
      problems.push(userError([...at, 'quantity'], 'Quantity is more than can be disposed.', 'INVALID'));
    }
    taken.set(line.id, before + each.quantity);
    return [{ reverse, line, type: each.dispositionType, quantity: each.quantity, locationId }];
  });
}

/** What is paid back with a return. Amounts are in the buyer's currency. */
function moneyOf(
  order: OrderRecord,
  input: Input,
  lines: readonly { readonly line: ReturnLineRecord; readonly quantity: number }[],
  problems: UserError[],
): Required<Pick<RefundDraft, 'shipping' | 'duties' | 'payments'>> & { readonly shippingTheirs: bigint } {
  const buyers = buyersCurrency(order);
  const transfer = input.financialTransfer?.issueRefund;
  const whole = sumsOf(inPresentment(order)).currentShipping;
  const given = input.refundShipping?.shippingRefundAmount;
  const shippingTheirs = given ? roundedMinor(given.amount, buyers) : input.refundShipping?.fullRefund ? whole : 0n;
  const wrong = [given, ...(transfer?.orderTransactions ?? []).map(({ transactionAmount }) => transactionAmount)];
  if (wrong.some((each) => each != null && each.currencyCode !== buyers)) {
    const words = `Currency must be the presentment currency of the order (${buyers}).`;
    problems.push(userError(['input', 'financialTransfer'], words, 'INVALID'));
  }
  if (shippingTheirs > whole) {
    const words = 'Shipping refund cannot be more than was paid for shipping.';
    problems.push(userError(['input', 'refundShipping'], words, 'INVALID'));
  }
  const payments: { readonly theirs: bigint; readonly parent: TransactionRecord }[] = [];
  for (const [index, { parentId, transactionAmount }] of (transfer?.orderTransactions ?? []).entries()) {
    const field = ['input', 'financialTransfer', 'issueRefund', 'orderTransactions', String(index)];
    const parent = order.transactions.find(
      ({ id, kind, status }) =>
        id === idIn(parentId, 'OrderTransaction') && status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'),
    );
    const theirs = roundedMinor(transactionAmount.amount, buyers);
    const before = sum(payments.filter((each) => each.parent === parent).map((each) => each.theirs));
    if (!parent) problems.push(userError([...field, 'parentId'], 'Parent transaction does not exist.', 'NOT_FOUND'));
    else if (!transfer?.allowOverRefunding && theirs + before > leftOf(order, parent)) {
      const words = 'Refund amount cannot be more than the amount that is left to refund.';
      problems.push(userError([...field, 'transactionAmount'], words, 'INVALID'));
    } else payments.push({ theirs, parent });
  }
  const wanted = lines.flatMap(({ line, quantity }) => {
    const ordered = order.lines.find(({ id }) => id === line.lineId);
    return ordered ? [{ line: ordered, quantity }] : [];
  });
  return {
    shipping: shippingInShop(order, shippingTheirs),
    shippingTheirs,
    duties: wantedDuties(order, wanted, input.refundDuties ?? []),
    payments,
  };
}
