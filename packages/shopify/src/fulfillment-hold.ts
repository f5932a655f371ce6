import { fingerprint, type FulfillmentHold, type Ref, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderHold } from './documents/fulfillment-holds.ts';
import { raiseUserErrors } from './errors.ts';
import { handlePrefix, isOurs, readHolds } from './fulfillment-holds.ts';
import { holdWords } from './fulfillment-statuses.ts';
import { refusal, type About } from './record-about.ts';
import type { WireHold } from './wire/fulfillment-order.ts';

const operation = 'fulfillments.hold';
/** Nothing of these leaves any more. shopify.dev, FulfillmentOrderStatus, API 2026-07. */
const over: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED', 'INCOMPLETE']);

/**
 * Holds all of a fulfillment order. The handle of a hold follows from the key, and Shopify takes a handle of an app once
 * on a fulfillment order: a repeat finds the hold, whoever sends it. Holds of others and for other keys stay beside it, up
 * to ten of one app.
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
    const before = await readHolds(call);
    const own = before.holds.find((each) => isOurs(each) && each.handle === handle);
    if (own) return checked(own, wanted, ref, about);
    if (over.has(before.status)) {
      const seen = `it is "${before.status}", and nothing of it leaves any more`;
      throw refusal(about, 'record.rejected', seen, 'See what became of it, then resolve.');
    }
    const { fulfillmentOrderHold: payload } = await client.run(fulfillmentOrderHold, {
      operation,
      // Shopify refuses the handle of a hold that is there.
      safety: 'repeatable',
      lane,
      signal,
      variables: { id: ref.id, hold: { ...wanted, notifyMerchant: false } },
    });
    const errors = payload?.userErrors ?? [];
    if (payload && errors.length === 0) return ref;
    const after = await readHolds(call);
    const there = after.holds.find((each) => isOurs(each) && each.handle === handle);
    if (there) return checked(there, wanted, ref, about);
    raiseUserErrors(errors, about);
    throw refusal(about, 'write.uncertain', 'Shopify neither refused it nor shows it', 'Repeat it with its key.');
  };
}

function checked(
  { reason, reasonNotes }: WireHold,
  wanted: { readonly reason: string; readonly reasonNotes: string },
  ref: Ref<'fulfillment'>,
  about: About,
): Ref<'fulfillment'> {
  if (reason === wanted.reason && (reasonNotes ?? '').trim() === wanted.reasonNotes) return ref;
  const seen = `it is held under this key for "${reason}"${reason === wanted.reason ? ' with another note' : ''}`;
  throw refusal(about, 'key.reused', seen, 'Take another key for another hold.');
}
