import type { Ref, WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrderReleaseHold } from './documents/fulfillment-holds.ts';
import { raiseUserErrors } from './errors.ts';
import { isOurs, readHolds } from './fulfillment-holds.ts';
import { refusal, type About } from './record-about.ts';

const operation = 'fulfillments.release';

/** Lifts the holds that `fulfillments.hold` put on, for whichever key; those of others stay. A repeat finds none. */
export function fulfillmentRelease(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function release(ref: Ref<'fulfillment'>, { lane, signal }: WriteOptions): Promise<Ref<'fulfillment'>> {
    const what = `Fulfillment "${ref.id}" of "${system}" was not released`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { client, ref, about, lane, signal };
    const ids = await ourHolds();
    if (ids.length === 0) return ref;
    const { fulfillmentOrderReleaseHold: payload } = await client.run(fulfillmentOrderReleaseHold, {
      operation,
      // Of these holds only; what is gone is not released again.
      safety: 'repeatable',
      lane,
      signal,
      variables: { id: ref.id, holdIds: ids },
    });
    const left = await ourHolds();
    // Somebody else may have lifted them meanwhile, and Shopify refused what was not there any more.
    if (!ids.some((id) => left.includes(id))) return ref;
    raiseUserErrors(payload?.userErrors ?? [], about);
    const seen = 'Shopify did not refuse it, and still shows its holds';
    throw refusal(about, 'write.uncertain', seen, 'Repeat it with its key.');

    async function ourHolds(): Promise<readonly string[]> {
      return (await readHolds(call)).holds.filter(isOurs).map(({ id }) => id);
    }
  };
}
