import { CommerceError } from '../errors/commerce-error.ts';
import type { QueueMessage } from '../ports/webhook.ts';
import type { Parts } from './parts.ts';
import { storeDelivery } from './store-delivery.ts';
import { tell } from './tell.ts';

/**
 * Takes one message out of the queue into which a platform writes: read, and stored once together with the job that
 * decodes it. Throws for a message that the platform did not write, and when it could not be stored: leave it in the
 * queue then.
 */
export async function take(parts: Parts, system: string, message: QueueMessage): Promise<'stored' | 'already'> {
  const connector = Object.hasOwn(parts.systems, system) ? parts.systems[system] : undefined;
  if (!connector?.can('notifications.read') || !connector.operations.includes('notifications.decode')) {
    throw notOffered(system);
  }
  const delivery = await connector.notifications.read(message);
  const answer = await storeDelivery(parts, system, 'notifications', delivery);
  if (answer === 'already') tell(parts.signals, 'delivery.repeated', { system, deliveryId: delivery.deliveryId });
  return answer;
}

function notOffered(system: string): CommerceError {
  return new CommerceError({
    code: 'wiring.invalid',
    message: `A message was not taken: no connected system "${system}" offers "notifications.read" and "notifications.decode". Name one that does.`,
    system,
    operation: 'notifications.read',
  });
}
