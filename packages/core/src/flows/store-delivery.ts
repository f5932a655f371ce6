import { CommerceError } from '../errors/commerce-error.ts';
import type { Delivery } from '../ports/webhook.ts';
import { queue, type DeliveryPort } from './job-payload.ts';
import { moment, type Parts } from './parts.ts';

/** Keeps a delivery that came by port `via` once, together with the job that decodes it. `already`: it was kept before. */
export function storeDelivery(
  { stores, clock }: Parts,
  system: string,
  via: DeliveryPort,
  { deliveryId, topic, body }: Delivery,
): Promise<'stored' | 'already'> {
  const receivedAt = moment(clock);
  const id = `decode/${system}/${deliveryId}`;
  return stores.atomically(async (inside) => {
    if ((await inside.inbox.put({ system, deliveryId, topic, body, receivedAt })) === 'already') return 'already';
    const payload = { kind: 'decode', system, deliveryId, via };
    // Every delivery is its own key: platforms do not keep their order either, and one that cannot be read stops none.
    const added = await inside.jobs.add({ id, queue, key: id, lane: 'urgent', dueAt: receivedAt, payload });
    // Answered "already" nobody would decode this delivery; unanswered, the platform sends it again.
    if (added === 'already') throw withoutJob(system, deliveryId);
    return 'stored';
  });
}

function withoutJob(system: string, deliveryId: string): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `Delivery "${deliveryId}" of "${system}" was not stored: the store has a job for it, and no delivery. Look at what else uses this store; it comes again.`,
    system,
  });
}
