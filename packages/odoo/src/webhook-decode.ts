import { CommerceError, unknownTopic, type CommerceEvent, type Delivery, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { readingsOf, type Reading } from './webhook-readings.ts';
import { onlyRecord } from './webhook-record.ts';

const hintSchema = z.object({ _id: z.int().positive() }).transform(({ _id: id }) => id);

/** Longer ago than anything that an Odoo holds. */
const ever = { updatedAfter: '1970-01-01T00:00:00Z' };

/**
 * What a delivery means. It shows what was there in the middle of a transaction and may come late, again or not at all, so
 * it is only a hint: the record is read as the pulls read it, and means what it means to them. One that is gone, or is
 * none of these, means nothing; a model that no pull brings is refused as `webhook.unknown`.
 */
export function webhookDecode(connection: Connection) {
  const system = connection.settings.name;
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    const { topic } = delivery;
    const readings: readonly Reading[] | undefined = Object.hasOwn(readingsOf, topic) ? readingsOf[topic] : undefined;
    if (!readings) throw unknownTopic(system, delivery, Object.keys(readingsOf));
    const one = onlyRecord(connection, topic, recordIdOf(delivery, system));
    const events: CommerceEvent[] = [];
    for (const reading of readings) {
      for await (const page of reading(one, ever, options)) {
        const [problem] = page.problems ?? [];
        if (problem) throw problem.error;
        events.push(...page.events);
      }
    }
    return events;
  };
}

function recordIdOf({ body, topic, deliveryId }: Delivery, system: string): number {
  const hint = hintSchema.safeParse(JSON.parse(body));
  if (hint.success) return hint.data;
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not understood: it names no record in "_id". Look for a module that changes what automation rules send.`,
  });
}
