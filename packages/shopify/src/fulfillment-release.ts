import { halfDone, type HoldRelease, type Ref, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderReleaseHold } from './documents/fulfillment-holds.ts';
import { raiseUserErrors } from './errors.ts';
import { handlesIn, isOurs, readHolds, releasing as operation } from './fulfillment-holds.ts';
import { holdWords } from './fulfillment-statuses.ts';
import { notedOnce } from './noted-once.ts';
import { refusal, type About } from './record-about.ts';

/**
 * Lifts the holds that `fulfillments.hold` put on for a reason, for whichever key; others stay. Which they are the first call
 * with a key notes on the order, and a repeat lifts these and none that was put on since.
 */
export function fulfillmentRelease(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function release(
    ref: Ref<'fulfillment'>,
    { reason }: HoldRelease,
    { idempotencyKey, lane, signal }: WriteOptions,
  ): Promise<Ref<'fulfillment'>> {
    const what = `Fulfillment "${ref.id}" of "${system}" was not released`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { client, ref, about, lane, signal };
    const word = holdWords.encode(reason);
    const { order, holds } = await readHolds(call);
    const there = holds.filter((each) => isOurs(each) && each.reason === word);
    const place = { client, system, operation, order, lane, signal };
    const handles = there.map(({ handle }) => handle ?? '').join(' ');
    const noted = await notedOnce({ place, subject: ref, idempotencyKey, content: { reason } }, handles);
    const first = handlesIn(noted);
    const ids = there.filter(({ handle }) => first.includes(handle ?? '')).map(({ id }) => id);
    if (ids.length === 0) return ref;
    const { fulfillmentOrderReleaseHold: payload } = await client.run(fulfillmentOrderReleaseHold, {
      operation,
      // Of these holds only; what is gone is not released again.
      safety: 'repeatable',
      lane,
      signal,
      variables: { id: ref.id, holdIds: ids },
    });
    const left = await readHolds(call).then(
      (now) => now.holds,
      (error: unknown) => {
        const lifted = {
          ...about,
          what: `The holds of fulfillment "${ref.id}" of "${system}" were lifted, and not seen gone`,
        };
        const next = 'Repeat it with its key: only these are lifted.';
        throw payload?.userErrors.length === 0 ? halfDone(error, { ...lifted, next }) : error;
      },
    );
    // Somebody else may have lifted them meanwhile, and Shopify refused what was not there any more.
    if (!left.some(({ id }) => ids.includes(id))) return ref;
    raiseUserErrors(payload?.userErrors ?? [], about);
    const seen = 'Shopify did not refuse it, and still shows its holds';
    throw refusal(about, 'write.uncertain', seen, 'Repeat it with its key.');
  };
}
