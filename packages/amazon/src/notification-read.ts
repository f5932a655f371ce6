import { CommerceError, type Delivery, type QueueMessage } from '@crossdock/core';
import { readEnvelope } from './notification-envelope.ts';
import type { AmazonSettings } from './options.ts';

/**
 * Reads the envelope of a message out of a queue (SQS) or of an event bus (EventBridge). Amazon repeats messages with
 * the same id. One that is about another seller is refused as `webhook.unknown`: a queue may serve several sellers.
 */
export function notificationRead({ system, sellerId }: AmazonSettings) {
  return async function read({ body }: QueueMessage): Promise<Delivery> {
    const envelope = readEnvelope(body, system, 'notifications.read');
    const deliveryId = envelope.notificationmetadata.notificationid;
    checkSeller(envelope.payload, { system, sellerId, operation: 'notifications.read', deliveryId });
    return { deliveryId, topic: envelope.notificationtype, body };
  };
}

/** Refuses what names another seller. Notifications name theirs in the payload, or one object deeper. */
export function checkSeller(
  payload: Readonly<Record<string, unknown>>,
  about: {
    readonly system: string;
    readonly sellerId: string;
    readonly operation: string;
    readonly deliveryId: string;
  },
): void {
  const places = [payload, ...Object.values(payload)];
  const named = places.flatMap((place) => {
    const seller = typeof place === 'object' && place !== null && 'sellerid' in place ? place.sellerid : undefined;
    return typeof seller === 'string' ? [seller] : [];
  });
  if (named.every((seller) => seller === about.sellerId)) return;
  throw new CommerceError({
    code: 'webhook.unknown',
    system: about.system,
    operation: about.operation,
    message: `Notification "${about.deliveryId}" was not taken by "${about.system}": it is about another seller than "${about.sellerId}". Give it to the connector of that seller, or give each seller a queue.`,
  });
}
