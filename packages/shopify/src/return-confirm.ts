import {
  CommerceError,
  type ErrorCode,
  type ReadOptions,
  type Ref,
  type ReturnReceipt,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { returnApprove, returnClose, returnProcess } from './documents/returns.ts';
import { raiseUserErrors, saidIn } from './errors.ts';
import type { Locations } from './inventory-location.ts';
import { onceOnOrder, type Found, type OnceSettings, type PlannedWrite } from './once-on-order.ts';
import { isIdOf } from './order-id.ts';
import { bookingOf, shortageIn, type BookedLine } from './return-booking.ts';
import type { ReturnReader } from './return-read.ts';
import type { WholeReturn } from './return-record.ts';

const operation = 'returns.confirm';

/** How many units are booked, and how many were before. */
const traceSchema = z.object({
  lines: z.array(z.object({ id: z.string(), quantity: z.int(), before: z.int() })),
});
type ArrivalTrace = z.infer<typeof traceSchema>;

/**
 * Books what arrived on a return, and closes it once all of it was dealt with and nothing is to be worked on. Shopify knows no key for it and takes the
 * same part twice, so the key is noted on the order first, with the quantities that were there. No money moves: that is
 * `refunds.create`.
 */
export function returnConfirming(reader: ReturnReader, locations: Locations, settings: OnceSettings) {
  const { client, system } = settings;
  return async function confirm(receipt: ReturnReceipt, options: WriteOptions): Promise<Ref<'return'>> {
    const { return: ref } = receipt;
    const { idempotencyKey, lane, signal } = options;
    const call = { operation, lane, signal };
    const read: ReadOptions = { lane, signal };
    const what = `What arrived was not booked on return "${ref.id}" of "${system}"`;
    const refuse = (code: ErrorCode, seen: string, next: string) =>
      new CommerceError({ code, system, operation, refs: [ref], message: `${what}: ${seen}. ${next}` });
    const about = { what, system, operation, refs: [ref] };

    async function whole(): Promise<WholeReturn> {
      const found = isIdOf('Return', ref, system) ? await reader.whole(ref.id, operation, read) : undefined;
      if (found) return found;
      throw refuse('record.missing', 'there is no such return', 'Check the link to it.');
    }

    async function plan(): Promise<PlannedWrite<ArrivalTrace>> {
      const found = await openOne(await whole());
      const booking = bookingOf(receipt.lines, found);
      const short = shortageIn(booking);
      if (short) {
        const seen = `${short.open} of "${short.sku}" are still expected, and ${short.wanted} arrived`;
        throw refuse('record.rejected', seen, 'Count again or correct the return in Shopify, then replay.');
      }
      if (booking.lines.length === 0) throw refuse('record.invalid', 'it books nothing', 'Check its quantities.');
      const restocks = booking.lines.some(({ parts }) => parts.some(({ type }) => type === 'RESTOCKED'));
      const location = restocks ? await locations.own(call) : null;
      const lines = booking.lines.map((line) => ({
        ...line,
        parts: line.parts.map((part) => ({ ...part, location: part.type === 'RESTOCKED' ? location : null })),
      }));
      const trace = { lines: lines.map(({ id, quantity, before }) => ({ id, quantity, before })) };
      return { trace, send: (during) => send(lines, during) };
    }

    /** A return that the buyer asked for is approved by its goods' arrival. */
    async function openOne(found: WholeReturn): Promise<WholeReturn> {
      const { status, name } = found.wire;
      if (status === 'OPEN') return found;
      if (status !== 'REQUESTED') {
        const seen = `return "${name}" is ${status.toLowerCase()}`;
        throw refuse('record.rejected', seen, 'Open it again in Shopify, then replay, or resolve.');
      }
      const variables = { input: { id: ref.id } };
      const { returnApproveRequest } = await client.run(returnApprove, { ...call, safety: 'repeatable', variables });
      const now = await whole();
      if (now.wire.status !== 'OPEN') raiseUserErrors(returnApproveRequest.userErrors, about);
      return now;
    }

    async function find({ lines }: ArrivalTrace): Promise<Found> {
      const now = await whole();
      const gained = lines.map(({ id, before, quantity }) => {
        const line = now.lines.find((each) => each.id === id);
        return { more: (line?.processedQuantity ?? 0) - before, quantity };
      });
      if (gained.every(({ more, quantity }) => more === quantity)) return { result: ref.id };
      return gained.every(({ more }) => more === 0) ? 'nothing' : 'unclear';
    }

    async function send(lines: readonly BookedLine[], during: AbortSignal): Promise<string> {
      const returnLineItems = lines.map(({ id, quantity, parts }) => ({
        id,
        quantity,
        dispositions: parts.map(({ reverseId, quantity: count, type, location }) => ({
          reverseFulfillmentOrderLineItemId: reverseId,
          quantity: count,
          dispositionType: type,
          ...(location !== null && { locationId: location }),
        })),
      }));
      const variables = { input: { returnId: ref.id, returnLineItems, notifyCustomer: false } };
      const sent = { ...call, signal: during, safety: 'once', variables } as const;
      const { returnProcess: answer } = await client.run(returnProcess, sent);
      raiseUserErrors(answer.userErrors, about);
      return ref.id;
    }

    /** Only for a booking whose result is not noted yet: whoever opens the return again later has his reasons. */
    async function closeIfDone(): Promise<CommerceError | undefined> {
      if (!isDone(await whole())) return undefined;
      const { returnClose: answer } = await client.run(returnClose, {
        ...call,
        safety: 'repeatable',
        variables: { id: ref.id },
      });
      if (answer.userErrors.length === 0 || (await whole()).wire.status !== 'OPEN') return undefined;
      const seen = `What arrived was booked on return "${ref.id}" of "${system}", and the return was not closed`;
      const message = `${seen}: Shopify said ${saidIn(answer.userErrors)}. Close it in Shopify, then resolve: it is not booked again.`;
      return new CommerceError({ code: 'write.uncertain', system, operation, refs: [ref], message });
    }

    const { wire } = await whole();
    const order: Ref<'order'> = { system, kind: 'order', id: wire.order.id };
    await onceOnOrder<ArrivalTrace>(
      { ...settings, operation, order, subject: ref.id, content: receipt, idempotencyKey, lane, signal },
      { plan, traceSchema, find, settle: closeIfDone },
    );
    return ref;
  };
}

/** Units that are to be worked on first are not done with: what becomes of them is booked on the open return. */
function isDone({ wire, lines, reverse }: WholeReturn): boolean {
  const isWaiting = reverse.some(({ dispositions }) => dispositions.some(({ type }) => type === 'PROCESSING_REQUIRED'));
  return wire.status === 'OPEN' && !isWaiting && lines.every((line) => line.processedQuantity >= line.quantity);
}
