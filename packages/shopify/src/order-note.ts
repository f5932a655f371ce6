import { CommerceError, type ErrorCode, type ReadOptions, type Ref } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderWrites, orderWritesSet } from './documents/order-writes.ts';
import { raiseUserErrors } from './errors.ts';
import type { WireNote } from './wire/order-writes.ts';

/** The order on which something of ours is noted, and for which write. */
export interface NotePlace extends ReadOptions {
  readonly client: ShopifyClient;
  readonly system: string;
  readonly operation: string;
  readonly order: Ref<'order'>;
}

/** A text of ours on an order: what tells whether it was changed since, and when it was, by Shopify's clock. */
export interface OrderNote {
  readonly text: string | undefined;
  readonly digest: string | null;
  readonly changedAt: string | null;
}

/** More than callers that meet in practice. */
const mostRounds = 20;

/** What stands in a metafield that only the app sees; `undefined` where there is no such order. */
export async function readNote(
  { client, operation, order, lane, signal }: NotePlace,
  key: string,
): Promise<OrderNote | undefined> {
  const variables = { id: order.id, key };
  const answer = await client.run(orderWrites, { operation, safety: 'read', lane, signal, variables });
  return answer.order ? noteOf(answer.order.metafield) : undefined;
}

export function noteOf(metafield: WireNote | null): OrderNote {
  if (!metafield) return { text: undefined, digest: null, changedAt: null };
  return { text: metafield.value, digest: metafield.compareDigest, changedAt: metafield.updatedAt };
}

/** Writes it, and gives it as it stands then; `undefined` where somebody changed it meanwhile. */
export async function swapNote(
  place: NotePlace,
  key: string,
  { text, digest }: { readonly text: string; readonly digest: string | null },
): Promise<OrderNote | undefined> {
  const { client, system, operation, order, lane, signal } = place;
  const metafield = { ownerId: order.id, key, type: 'json', value: text, compareDigest: digest };
  const { metafieldsSet: payload } = await client.run(orderWritesSet, {
    operation,
    // Compared with what was read, so that it is written once; whose it is, its reader sees.
    safety: 'repeatable',
    lane,
    signal,
    variables: { metafields: [metafield] },
  });
  if (payload.userErrors.some(({ code }) => code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST')) {
    return undefined;
  }
  raiseUserErrors(payload.userErrors, {
    what: `\`${operation}\` was not carried out on order "${order.id}" of "${system}", because its key could not be noted there`,
    system,
    operation,
    refs: [order],
  });
  const [written] = payload.metafields ?? [];
  if (written) return { text, digest: written.compareDigest, changedAt: written.updatedAt };
  throw noteTrouble(place, 'response.unexpected', 'Shopify answered neither what was noted nor an error. Repeat it');
}

/** Reads and tries to write until nobody else was faster. `attempt` gives nothing where somebody was. */
export async function untilSwapped<N, T>(
  place: NotePlace,
  read: () => Promise<N | undefined>,
  attempt: (now: N) => Promise<{ readonly done: T } | undefined>,
): Promise<T> {
  for (let round = 0; round < mostRounds; round += 1) {
    const now = await read();
    if (now === undefined) throw noteTrouble(place, 'record.missing', 'there is no such order. Check the link to it');
    const ended = await attempt(now);
    if (ended) return ended.done;
  }
  throw noteTrouble(place, 'platform.conflict', 'others change the same order all the time. Try again');
}

/** Nothing was done, because of what is noted on the order, or cannot be. */
export function noteTrouble(
  { system, operation, order }: NotePlace,
  code: ErrorCode,
  seen: string,
  subject: Ref = order,
): CommerceError {
  const message = `\`${operation}\` was not carried out on ${subject.kind} "${subject.id}" of "${system}": ${seen}.`;
  const refs = subject === order ? [order] : [subject, order];
  return new CommerceError({ code, system, operation, refs, message });
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
