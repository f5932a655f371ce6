import { CommerceError } from '../errors/commerce-error.ts';
import type { Delivery } from '../ports/webhook.ts';

/**
 * The refusal of a delivery whose topic a connector does not read, as `webhook.unknown`. Somebody subscribed to
 * it, so it waits for a person instead of vanishing.
 */
export function unknownTopic(
  system: string,
  { topic, deliveryId }: Delivery,
  known: Iterable<string>,
  operation: 'webhooks.decode' | 'notifications.decode' = 'webhooks.decode',
): CommerceError {
  return new CommerceError({
    code: 'webhook.unknown',
    system,
    operation,
    message: `Delivery "${deliveryId}" of "${system}" was not decoded: its topic "${topic}" is none of ${[...known].map((word) => `"${word}"`).join(', ')}. End the subscription or send it to a handler of your own, then dismiss this.`,
  });
}
