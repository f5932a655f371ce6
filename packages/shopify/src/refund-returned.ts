import { type RefundDraft } from '@crossdock/core';
import { allPages, restOfPages } from './all-pages.ts';
import type { ShopifyClient } from './client.ts';
import { refundLines, returnedUnits, returnRefunds } from './documents/refunds.ts';
import { isIdOf } from './order-id.ts';
import { returnMarkIn } from './refund-mark.ts';
import { missing, refusal, type RefundCall, type Refunding } from './refund-refusal.ts';
import { transactionKindWords, transactionStatusWords } from './statuses.ts';
import type { WireRefundOrder, WireReturnRefund } from './wire/refund.ts';

/** What tells which units of a return were paid. */
export interface ReturnScene {
  readonly client: ShopifyClient;
  readonly call: RefundCall;
  readonly about: Refunding;
  readonly facts: { readonly order: WireRefundOrder };
}
/** Units of the order's lines. */
type Units = Map<string, number>;

/**
 * Whether the units of a draft are those that its return took off the order. Shopify does so as it books what arrived, by a
 * refund without money, and owes the money from then on: only money is left to give. Throws for units that the return has
 * not booked, and for units whose money somebody gave back before, be it before they were booked: those were off the order.
 */
export async function isOfBookedReturn(scene: ReturnScene, draft: RefundDraft): Promise<boolean> {
  const { about, facts } = scene;
  const { return: ref } = draft;
  if (!ref || !isIdOf('Return', ref, about.system)) return false;
  const { booked, refunded } = await bookedUnits(scene, ref.id, draft);
  const { taken, given, explained, by } = await givenUnits(scene, ref.id, facts.order);
  const wanted: Units = new Map();
  for (const { orderLineId, quantity } of draft.lines) add(wanted, orderLineId, quantity);
  for (const [line, quantity] of wanted) {
    const there = booked.get(line) ?? 0;
    if (!Number.isInteger(quantity) || quantity > there) {
      const seen = `return "${ref.id}" has booked ${there} of line "${line}", and it names ${quantity}`;
      throw refusal(about, 'record.rejected', seen, 'Book what arrived on the return first, or correct, then replay.');
    }
    const owed = Math.min(there, taken.get(line) ?? 0) - (given.get(line) ?? 0);
    if (quantity > owed) {
      const whence = by.length > 0 ? `by "${by.join('", "')}"` : 'before they were booked';
      const seen = `of ${there} of line "${line}" on return "${ref.id}" the money of ${there - owed} was given back ${whence}`;
      throw refusal(about, 'record.duplicate', seen, 'See in Shopify what the buyer got, then resolve.');
    }
    // Shopify counts more than its refunds show: nobody can tell which units they are.
    if (quantity > 0 && (refunded.get(line) ?? 0) > (explained.get(line) ?? 0)) {
      const seen = `Shopify counts more of line "${line}" on return "${ref.id}" as refunded than its refunds show`;
      throw refusal(about, 'record.rejected', seen, 'See in Shopify what the buyer got, then resolve.');
    }
  }
  return true;
}

async function bookedUnits({ client, call, about }: ReturnScene, id: string, draft: RefundDraft) {
  const lines = await allPages(async (after) => {
    const answer = await client.run(returnedUnits, { ...call, safety: 'read', variables: { id, after } });
    if (answer.return?.order.id !== draft.order.id) {
      throw refusal(about, 'record.missing', `the order has no return "${id}"`, 'Check the link to the return.');
    }
    return answer.return.page;
  });
  const booked: Units = new Map();
  const refunded: Units = new Map();
  for (const { processedQuantity, refundedQuantity, fulfillmentLineItem } of lines) {
    if (!fulfillmentLineItem) continue;
    add(booked, fulfillmentLineItem.lineItem.id, processedQuantity);
    add(refunded, fulfillmentLineItem.lineItem.id, refundedQuantity);
  }
  return { booked, refunded };
}

/** Units that the return took off the order and owes since, and those of them that refunds of ours gave the money of. */
async function givenUnits(scene: ReturnScene, id: string, order: WireRefundOrder) {
  const taken: Units = new Map();
  const given: Units = new Map();
  const explained: Units = new Map();
  const by: string[] = [];
  const marked = order.refunds.flatMap((refund) => {
    const mark = returnMarkIn(refund.note);
    return mark?.returnId === id ? [{ id: refund.id, mark }] : [];
  });
  for (const { id: refundId, mark } of marked) {
    by.push(refundId);
    for (const { orderLineId, quantity } of mark.lines) {
      add(given, orderLineId, quantity);
      add(explained, orderLineId, quantity);
    }
  }
  for (const refund of await refundsOf(scene, id)) {
    if (marked.some((each) => each.id === refund.id)) continue;
    const isPaid = movedMoney(refund);
    if (isPaid) by.push(refund.id);
    if (isPaid && refund.lines.length === 0 && refund.refundShippingLines.nodes.length === 0) {
      const seen = `"${refund.id}" gave money for return "${id}" and names no units`;
      throw refusal(scene.about, 'record.rejected', seen, 'See in Shopify what the buyer got, then resolve.');
    }
    for (const { lineItem, quantity } of refund.lines) {
      add(explained, lineItem.id, quantity);
      if (!isPaid) add(taken, lineItem.id, quantity);
    }
  }
  return { taken, given, explained, by };
}

async function refundsOf({ client, call, about }: ReturnScene, id: string) {
  const options = { ...call, safety: 'read' } as const;
  const refunds = await allPages(async (after) => {
    const answer = await client.run(returnRefunds, { ...options, variables: { id, after } });
    if (!answer.return) throw missing(about);
    return answer.return.page;
  });
  const whole = [];
  for (const refund of refunds) {
    const lines = await restOfPages(refund.refundLineItems, async (after) => {
      const answer = await client.run(refundLines, { ...options, variables: { id: refund.id, after } });
      return answer.refund?.page;
    });
    whole.push({ ...refund, lines });
  }
  return whole;
}

/** Processing a return makes a refund of its units also where no money moves. What has not failed may still move. */
function movedMoney({ id, transactions }: WireReturnRefund): boolean {
  const record = `Refund "${id}"`;
  if (transactions.pageInfo.hasNextPage) return true;
  return transactions.nodes.some(
    ({ kind, status }) =>
      transactionKindWords.decode(kind, record) === 'refund' &&
      transactionStatusWords.decode(status, record) !== 'failed',
  );
}

function add(units: Units, line: string, quantity: number): void {
  units.set(line, (units.get(line) ?? 0) + quantity);
}
