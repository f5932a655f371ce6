import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import type { Delivery, Verification } from '../ports/webhook.ts';
import { queue } from './job-payload.ts';
import { moment, type Parts } from './parts.ts';
import { tell } from './tell.ts';

const statusOf = {
  signature: 401,
  stale: 401,
  headers: 400,
  oversized: 413,
} as const satisfies Record<Extract<Verification, { ok: false }>['reason'], number>;

/**
 * Answers one webhook: verified, stored once together with the job that decodes it, and only then acknowledged. Whatever
 * goes wrong on our side is answered with 503, so that the platform sends it again.
 */
export async function receive(parts: Parts, system: string, request: Request): Promise<Response> {
  const connector = Object.hasOwn(parts.systems, system) ? parts.systems[system] : undefined;
  if (!connector?.can('webhooks.verify') || !connector.operations.includes('webhooks.decode')) {
    return refuse(parts, system, 404, 'unknown-system');
  }
  try {
    const verified = await connector.webhooks.verify(request);
    if (!verified.ok) return refuse(parts, system, statusOf[verified.reason], verified.reason);
    if ((await store(parts, system, verified.delivery)) === 'already') {
      tell(parts.signals, 'delivery.repeated', { system, deliveryId: verified.delivery.deliveryId });
      return answer(200, { ok: true, repeated: true });
    }
    return answer(200, { ok: true });
  } catch (error) {
    return refuse(parts, system, 503, 'not-stored', error);
  }
}

function store(
  { stores, clock }: Parts,
  system: string,
  { deliveryId, topic, body }: Delivery,
): Promise<'stored' | 'already'> {
  const receivedAt = moment(clock);
  const id = `decode/${system}/${deliveryId}`;
  return stores.atomically(async (inside) => {
    if ((await inside.inbox.put({ system, deliveryId, topic, body, receivedAt })) === 'already') return 'already';
    const payload = { kind: 'decode', system, deliveryId };
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
    message: `Delivery "${deliveryId}" of "${system}" was not stored: the store has a job for it, and no delivery. Look at what else uses this store; the platform sends it again.`,
    system,
    operation: 'webhooks.verify',
  });
}

function refuse(parts: Parts, system: string, status: number, reason: string, thrown?: unknown): Response {
  const error = thrown === undefined ? undefined : asCommerceError(system, thrown);
  tell(parts.signals, 'delivery.refused', { system, reason, error });
  return answer(status, { ok: false, reason });
}

function asCommerceError(system: string, thrown: unknown): CommerceError {
  if (isCommerceError(thrown)) return thrown;
  return new CommerceError({
    code: 'flow.defect',
    message: `A delivery of "${system}" was not stored: verifying or storing it threw what is no CommerceError. The platform sends it again; look at the cause.`,
    system,
    operation: 'webhooks.verify',
    cause: stripped(thrown),
  });
}

function answer(status: number, body: { readonly ok: boolean; readonly reason?: string; readonly repeated?: boolean }) {
  return Response.json(body, { status });
}
