import {
  fingerprint,
  halfDone,
  mayHaveWritten,
  type FulfillmentHold,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderHold } from './documents/fulfillment-holds.ts';
import { raiseUserErrors } from './errors.ts';
import { handlePrefix, isLifted, isOurs, readHolds } from './fulfillment-holds.ts';
import { holdWords } from './fulfillment-statuses.ts';
import { notedBefore, notedOnce } from './noted-once.ts';
import { readLedger } from './order-ledger.ts';
import { refusal, type About } from './record-about.ts';
import type { WireHold } from './wire/fulfillment-order.ts';

const operation = 'fulfillments.hold';
/** So often it is sent where no answer comes, and never without a look before. */
const mostSends = 3;

/**
 * Holds all of a fulfillment order. The handle of a hold follows from the key, and Shopify takes a handle of an app once
 * on a fulfillment order: a repeat finds the hold, whoever sends it. The key is noted on the order too, so that a hold that was
 * lifted stays lifted. Holds of others and for other keys stay beside it, up to ten of one app.
 */
export function fulfillmentHold(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function hold(
    ref: Ref<'fulfillment'>,
    { reason, note }: FulfillmentHold,
    { idempotencyKey, lane, signal }: WriteOptions,
  ): Promise<Ref<'fulfillment'>> {
    const what = `Fulfillment "${ref.id}" of "${system}" was not held`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { client, ref, about, lane, signal };
    const handle = `${handlePrefix}${(await fingerprint(idempotencyKey)).slice(0, 24)}`;
    const wanted = { reason: holdWords.encode(reason), reasonNotes: note?.trim() ?? '', handle };

    let isSent = false;
    try {
      return await held();
    } catch (error) {
      const maybe = { ...about, what: `Fulfillment "${ref.id}" of "${system}" may be held, and is not noted as that` };
      const next = 'Repeat it with its key: the hold is looked for first.';
      throw isSent ? halfDone(error, { ...maybe, next }) : error;
    }

    async function held(): Promise<Ref<'fulfillment'>> {
      for (let sends = 0; ; sends += 1) {
        const { status, isOver, order, holds } = await readHolds(call);
        const place = { client, system, operation, order, lane, signal };
        const content = { reason, note: wanted.reasonNotes };
        const write = { place, subject: ref, idempotencyKey, content };
        const own = holds.find((each) => isOurs(each) && each.handle === handle);
        if (own) check(own, wanted, about);
        const ledger = await readLedger(place);
        // Who finds it noted, or lifted by a release, has nothing to do any more.
        if (ledger && (await notedBefore(write, ledger)) !== undefined) return ref;
        if (own || (ledger && isLifted(ledger, ref, handle))) {
          await notedOnce(write, handle);
          return ref;
        }
        if (isOver) {
          const seen = `it is "${status}", and nothing of it leaves any more`;
          throw refusal(about, 'record.rejected', seen, 'See what became of it, then resolve.');
        }
        try {
          const { fulfillmentOrderHold: payload } = await client.run(fulfillmentOrderHold, {
            operation,
            // Sent again it would be put on anew where somebody lifted it in between: it is looked at before.
            safety: 'once',
            lane,
            signal,
            variables: { id: ref.id, hold: { ...wanted, notifyMerchant: false } },
          });
          const errors = payload?.userErrors ?? [];
          if (payload && errors.length === 0) {
            isSent = true;
            await notedOnce(write, handle);
            return ref;
          }
          // Refused because somebody put the very same on in between, or for good.
          if (!(await readHolds(call)).holds.some((each) => isOurs(each) && each.handle === handle)) {
            raiseUserErrors(errors, about);
            throw refusal(
              about,
              'write.uncertain',
              'Shopify neither refused it nor shows it',
              'Repeat it with its key.',
            );
          }
        } catch (error) {
          if (!mayHaveWritten(error) || sends + 1 >= mostSends || signal?.aborted === true) throw error;
          isSent = true;
        }
      }
    }
  };
}

function check(
  { reason, reasonNotes }: WireHold,
  wanted: { readonly reason: string; readonly reasonNotes: string },
  about: About,
): void {
  if (reason === wanted.reason && (reasonNotes ?? '').trim() === wanted.reasonNotes) return;
  const seen = `it is held under this key for "${reason}"${reason === wanted.reason ? ' with another note' : ''}`;
  throw refusal(about, 'key.reused', seen, 'Take another key for another hold.');
}
