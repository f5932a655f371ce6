import { CommerceError, type ErrorCode, type Ref, type ReturnDraft, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { allPages } from './all-pages.ts';
import { returnableGoods, returnCreate, returnNotes } from './documents/returns.ts';
import { raiseUserErrors } from './errors.ts';
import { kinshipOf, markText, numberMark, numberMarkSchema, type NumberMark } from './number-mark.ts';
import { onceOnOrder, type Found, type OnceSettings, type PlannedWrite } from './once-on-order.ts';
import { isOrderId } from './order-id.ts';
import type { Connection } from './wire/connection.ts';

const operation = 'returns.create';
/** A reason's note holds so many. shopify.dev, ReturnLineItemInput, API 2026-07. */
const longestNote = 255;

/** By what a return is known. */
const traceSchema = z.object({ mark: numberMarkSchema });
type ReturnTrace = z.infer<typeof traceSchema>;

/** Units of a shipped line that come back. */
interface ReturnedLine {
  readonly id: string;
  readonly quantity: number;
  readonly note: string;
}

/** A shipped line of which something can come back. */
interface Returnable {
  readonly id: string;
  readonly lineItemId: string;
  readonly sku: string;
  left: number;
}

/**
 * Opens a return. Shopify knows no key for it and lets nothing come back twice; our number with a mark of key and content
 * stands in the reason's note of every line, and the key is noted on the order before it is sent.
 */
export function returnCreating(settings: OnceSettings) {
  const { client, system } = settings;
  return async function create(draft: ReturnDraft, options: WriteOptions): Promise<Ref<'return'>> {
    const { order: ref } = draft;
    const { idempotencyKey, lane, signal } = options;
    const call = { operation, lane, signal };
    const what = `Return "${draft.number}" was not opened on order "${ref.id}" of "${system}"`;
    const refuse = (code: ErrorCode, seen: string, next: string) =>
      new CommerceError({ code, system, operation, refs: [ref], message: `${what}: ${seen}. ${next}` });
    if (!isOrderId(ref, system)) throw refuse('record.missing', 'there is no such order', 'Check the link to it.');
    const mark = await numberMark(draft.number, idempotencyKey, draft);
    if (markText(mark).length > longestNote) {
      throw refuse('record.invalid', 'its number is longer than a note of Shopify', 'Take a shorter one.');
    }

    async function notes() {
      return allPages(async (after) => {
        const variables = { order: ref.id, after };
        const { order } = await client.run(returnNotes, { ...call, safety: 'read', variables });
        if (!order) throw refuse('record.missing', 'there is no such order', 'Check the link to it.');
        return order.returns;
      });
    }

    async function find({ mark: wanted }: ReturnTrace): Promise<Found> {
      const ours = (await notes()).find((each) => kinshipOf(noteIn(each), wanted) === 'own');
      return ours ? { result: ours.id } : 'nothing';
    }

    /** The return that has our number, where it is the very same one. */
    async function madeBefore(): Promise<string | undefined> {
      for (const each of await notes()) {
        const kinship = kinshipOf(noteIn(each), mark);
        if (kinship === 'own') return each.id;
        if (kinship === 'edited') {
          const seen = `its key opened "${each.id}" of another content`;
          throw refuse('key.reused', seen, 'Take another key and number for it.');
        }
        if (kinship === 'other') {
          const seen = `"${each.id}" has its number and another content`;
          throw refuse('record.duplicate', seen, 'See which of the two is right, then resolve or take another number.');
        }
      }
      return undefined;
    }

    async function plan(): Promise<PlannedWrite<ReturnTrace> | { readonly result: string }> {
      // Under the ledger: a number is of one return for ever, whatever became of the key, and others may have taken it just now.
      const there = await madeBefore();
      if (there !== undefined) return { result: there };
      const goods = await returnables();
      const lines = draft.lines.flatMap(({ id, sku, quantity, reason }) => {
        const fits = goods.filter((each) => each.sku === sku);
        // By the order's own line where the draft names it, else whichever has the goods.
        const named = fits.filter(({ lineItemId }) => lineItemId === id);
        const from = named.length > 0 ? named : fits;
        const left = from.reduce((sum, each) => sum + each.left, 0);
        if (!Number.isInteger(quantity) || quantity > left) {
          const seen = `${left} of "${sku}" were shipped and are not on their way back, and it names ${quantity}`;
          throw refuse('record.rejected', seen, 'See in Shopify what came back before, then correct or resolve.');
        }
        return taken(from, quantity).map((part) => ({ ...part, note: noteOf(reason ?? draft.note, mark) }));
      });
      return { trace: { mark }, send: (during) => send(lines, during) };
    }

    async function returnables(): Promise<readonly Returnable[]> {
      const shipped = await allPages(async (after) => {
        const variables = { order: ref.id, after };
        const { order, returnableFulfillments } = await client.run(returnableGoods, {
          ...call,
          safety: 'read',
          variables,
        });
        if (!order) throw refuse('record.missing', 'there is no such order', 'Check the link to it.');
        return returnableFulfillments;
      });
      return shipped.flatMap(({ fulfillment, returnableFulfillmentLineItems: { nodes, pageInfo } }) => {
        if (pageInfo.hasNextPage)
          throw refuse('record.invalid', `"${fulfillment.id}" has more than 250 lines`, 'Report it.');
        if (draft.shipment !== undefined && draft.shipment.id !== fulfillment.id) return [];
        return nodes.map(({ quantity, fulfillmentLineItem: { id, lineItem } }) => {
          return { id, lineItemId: lineItem.id, sku: lineItem.sku ?? '', left: quantity };
        });
      });
    }

    async function send(lines: readonly ReturnedLine[], during: AbortSignal): Promise<string> {
      const returnLineItems = lines.map(({ id, quantity, note }) => ({
        fulfillmentLineItemId: id,
        quantity,
        returnReasonNote: note,
      }));
      const variables = { input: { orderId: ref.id, returnLineItems } };
      const sent = { ...call, signal: during, safety: 'once', variables } as const;
      const { returnCreate: answer } = await client.run(returnCreate, sent);
      raiseUserErrors(answer.userErrors, { what, system, operation, refs: [ref] });
      if (answer.return) return answer.return.id;
      throw refuse('response.unexpected', 'Shopify answered neither a return nor an error', 'Look at the order.');
    }

    const id = await onceOnOrder<ReturnTrace>(
      { ...settings, operation, order: ref, subject: '', content: draft, idempotencyKey, lane, signal },
      { plan, traceSchema, find },
    );
    return { system, kind: 'return', id };
  };
}

function noteIn({ returnLineItems }: { readonly returnLineItems: Connection<{ readonly returnReasonNote: string }> }) {
  return returnLineItems.nodes[0]?.returnReasonNote ?? null;
}

/** The mark last and whole; what people wrote is cut to what is left. */
function noteOf(reason: string | undefined, mark: NumberMark): string {
  const text = markText(mark);
  const words = reason?.trim() ?? '';
  return words === '' ? text : `${words.slice(0, longestNote - text.length - 1)} ${text}`.trim();
}

function taken(from: readonly Returnable[], quantity: number): { readonly id: string; readonly quantity: number }[] {
  let rest = quantity;
  return from.flatMap((each) => {
    const part = Math.min(rest, each.left);
    each.left -= part;
    rest -= part;
    return part > 0 ? [{ id: each.id, quantity: part }] : [];
  });
}
