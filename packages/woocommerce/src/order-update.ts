import { CommerceError, type ErrorCode, type OrderChange, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { isOrderOf } from './order-get.ts';
import { tagKey, tagsOf } from './order-tags.ts';
import { isDraft } from './statuses.ts';
import type { turnsByKey } from './turns.ts';

const operation = 'orders.update';

const notesSchema = z.object({
  status: z.string(),
  customer_note: z
    .string()
    .nullish()
    .transform((note) => note ?? ''),
  meta_data: z.array(z.object({ id: z.int(), key: z.string(), value: z.unknown() })),
});

/**
 * Writes the note of an order, which the shop and its buyer see, and its tags, and of them only what differs: every save
 * moves the order's date. Each is set and not added, so a repeat writes nothing; of two notes at one moment the later stays.
 */
export function orderUpdate(
  client: WooClient,
  turns: ReturnType<typeof turnsByKey>,
  { system }: { readonly system: string },
) {
  return async function update(ref: Ref<'order'>, change: OrderChange, options: WriteOptions): Promise<Ref<'order'>> {
    const about: About = { system, ref };
    const addTags = plainTags(change.addTags);
    const removeTags = plainTags(change.removeTags);
    checkTags(about, addTags, removeTags);
    if (!isOrderOf(ref, system)) throw missing(about);
    return turns.take(ref.id, { ...options, operation }, async () => {
      const order = await notesOf(about, options);
      const written = await changeOf(order, { ...change, addTags, removeTags });
      if (Object.keys(written).length === 0) return ref;
      const path = `wc/v3/orders/${ref.id}`;
      await client.put(path, { operation, json: written, safety: 'repeatable', answer: z.unknown(), options });
      return ref;
    });
  };

  async function notesOf(about: About, options: WriteOptions): Promise<z.infer<typeof notesSchema>> {
    try {
      const search = { _fields: 'id,status,customer_note,meta_data' };
      const path = `wc/v3/orders/${about.ref.id}`;
      const { data } = await client.get(path, { operation, search, answer: notesSchema, options });
      if (!isDraft(data.status)) return data;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    throw missing(about);
  }
}

interface About {
  readonly system: string;
  readonly ref: Ref<'order'>;
}

/** What is to be written, nothing where all of it is so already. */
async function changeOf(order: z.infer<typeof notesSchema>, change: OrderChange): Promise<object> {
  const { note, addTags = [], removeTags = [] } = change;
  const there = new Set(tagsOf(order.meta_data));
  const added = addTags.filter((tag) => !there.has(tag));
  const fields = await Promise.all(added.map(async (tag) => ({ key: await tagKey(tag), value: tag })));
  const gone = new Set(await Promise.all(removeTags.filter((tag) => there.has(tag)).map((tag) => tagKey(tag))));
  // Two writers at one moment may have left a field twice: by their ids all of them go.
  const removed = order.meta_data.filter(({ key }) => gone.has(key)).map(({ id }) => ({ id, value: null }));
  const meta = [...fields, ...removed];
  return {
    ...(note !== undefined && note !== order.customer_note && { customer_note: note }),
    ...(meta.length > 0 && { meta_data: meta }),
  };
}

function plainTags(tags: readonly string[] = []): readonly string[] {
  return [...new Set(tags.map((tag) => tag.trim()))];
}

function checkTags(about: About, addTags: readonly string[], removeTags: readonly string[]): void {
  if ([...addTags, ...removeTags].includes('')) {
    throw refusal(about, 'record.invalid', 'one of its tags is blank', 'Leave it out, then replay.');
  }
  const both = addTags.find((tag) => removeTags.includes(tag));
  if (both === undefined) return;
  const seen = `tag "${both.slice(0, 60)}" is both to be added and removed`;
  throw refusal(about, 'record.invalid', seen, 'Decide, then replay.');
}

function missing(about: About): CommerceError {
  return refusal(about, 'record.missing', 'there is no such order', 'Check the link to it.');
}

function refusal({ system, ref }: About, code: ErrorCode, seen: string, next: string): CommerceError {
  const message = `Order "${ref.id}" in "${system}" was not updated: ${seen}. ${next}`;
  return new CommerceError({ code, system, operation, refs: [ref], message });
}
