import { CommerceError, halfDone, type OrderChange, type Ref, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderNotes, orderUpdate, tagsAdd, tagsRemove } from './documents/order-notes.ts';
import { raiseUserErrors } from './errors.ts';
import { isOrderId } from './order-id.ts';
import type { UserErrors } from './wire/user-error.ts';

const operation = 'orders.update';

/**
 * Writes an order's note and tags, and of them only what differs. Each is absolute, so a repeat writes nothing; of two
 * notes at one moment the later one stays.
 */
export function orderUpdating(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function update(ref: Ref<'order'>, change: OrderChange, options: WriteOptions): Promise<Ref<'order'>> {
    const about = { what: `Order "${ref.id}" in "${system}" was not updated`, system, operation, refs: [ref] };
    const call = { operation, lane: options.lane, signal: options.signal } as const;
    const inPart = `Order "${ref.id}" in "${system}" was updated only in part`;
    const next = 'Repeat it: only what differs is written.';
    const { addTags = [], removeTags = [] } = change;
    checkTags(about, addTags, removeTags);
    const order = isOrderId(ref, system)
      ? (await client.run(orderNotes, { ...call, safety: 'read', variables: { id: ref.id } })).order
      : null;
    if (!order) throw refusal(about, 'record.missing', 'there is no such order', 'Check the link to it.');
    const there = new Set(order.tags.map(plainTag));
    const missing = once(addTags).filter((tag) => !there.has(plainTag(tag)));
    const gone = once(removeTags).filter((tag) => there.has(plainTag(tag)));
    let isBegun = false;
    const send = async (sent: Promise<{ readonly userErrors: UserErrors }>) => {
      try {
        raiseUserErrors((await sent).userErrors, about);
      } catch (error) {
        throw isBegun ? halfDone(error, { ...about, what: inPart, next }) : error;
      }
      isBegun = true;
    };

    if (change.note !== undefined && change.note !== (order.note ?? '')) {
      const input = { id: ref.id, note: change.note };
      await send(
        client
          .run(orderUpdate, { ...call, safety: 'repeatable', variables: { input } })
          .then((answer) => answer.orderUpdate),
      );
    }
    if (missing.length > 0) {
      const variables = { id: ref.id, tags: missing };
      await send(client.run(tagsAdd, { ...call, safety: 'repeatable', variables }).then((answer) => answer.tagsAdd));
    }
    if (gone.length > 0) {
      const variables = { id: ref.id, tags: gone };
      await send(
        client.run(tagsRemove, { ...call, safety: 'repeatable', variables }).then((answer) => answer.tagsRemove),
      );
    }
    return ref;
  };
}

interface About {
  readonly what: string;
  readonly system: string;
  readonly operation: string;
  readonly refs: readonly Ref[];
}

/** Shopify takes a comma for the end of a tag, and makes two of one. shopify.dev, tagsAdd, API 2026-07. */
function checkTags(about: About, addTags: readonly string[], removeTags: readonly string[]): void {
  const broken = [...addTags, ...removeTags].find((tag) => tag.includes(',') || tag.trim() === '');
  if (broken !== undefined) {
    const next = 'Leave commas out, and blank tags, then replay.';
    throw refusal(about, 'record.invalid', `"${broken}" is no tag that Shopify has`, next);
  }
  const removed = new Set(removeTags.map(plainTag));
  const both = addTags.find((tag) => removed.has(plainTag(tag)));
  if (both !== undefined) {
    throw refusal(about, 'record.invalid', `tag "${both}" is both to be added and removed`, 'Decide, then replay.');
  }
}

/** Tags are the same whatever their case and the space around them. */
function plainTag(tag: string): string {
  return tag.trim().toLowerCase();
}

function once(tags: readonly string[]): readonly string[] {
  return [...new Map(tags.map((tag) => [plainTag(tag), tag.trim()])).values()];
}

function refusal(about: About, code: 'record.missing' | 'record.invalid', seen: string, next: string): CommerceError {
  const { what, system, refs } = about;
  return new CommerceError({ code, system, operation, refs, message: `${what}: ${seen}. ${next}` });
}
