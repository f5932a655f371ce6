import { CommerceError, unknownTopic, type CommerceEvent, type Delivery, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';

/** What deliveries of some topics mean. */
export interface TopicReader {
  readonly topics: readonly string[];
  /** The facts that the record's present state proves; none where it is gone. */
  readonly read: (delivery: Delivery, options?: ReadOptions) => Promise<readonly CommerceEvent[]>;
}

/**
 * What a delivery means. Deliveries come late, twice and in any order, so one is only a hint: its record is read anew. One
 * that is gone means nothing; a topic that nobody reads is refused as `webhook.unknown`.
 */
export function webhookDecode(system: string, readers: readonly TopicReader[]) {
  const byTopic = new Map(readers.flatMap((reader) => reader.topics.map((topic) => [topic, reader])));
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    const reader = byTopic.get(delivery.topic.toLowerCase());
    if (!reader) throw unknownTopic(system, delivery, byTopic.keys());
    return reader.read(delivery, options);
  };
}

// The numeric `id` may be larger than a float can hold; the text beside it is exact.
const hintSchema = z.object({ admin_graphql_api_id: z.string() });

/** The id of the record that a delivery is about, by Shopify's name of its kind: `Order`. */
export function gidIn(delivery: Delivery, type: string, system: string): string {
  const id = hintSchema.safeParse(jsonOf(delivery.body)).data?.admin_graphql_api_id;
  if (id?.startsWith(`gid://shopify/${type}/`)) return id;
  throw malformed(delivery, system, `it names no ${type} in "admin_graphql_api_id"`);
}

/** A delivery that cannot be understood. */
export function malformed({ topic, deliveryId }: Delivery, system: string, seen: string): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not understood: ${seen}. Look whether the subscription leaves that field out.`,
  });
}
