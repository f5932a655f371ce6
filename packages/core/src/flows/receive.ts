import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import type { Verification } from '../ports/webhook.ts';
import type { Parts } from './parts.ts';
import { storeDelivery } from './store-delivery.ts';
import { tell } from './tell.ts';

const statusOf = {
  signature: 401,
  stale: 401,
  headers: 400,
  oversized: 413,
} as const satisfies Record<Exclude<Extract<Verification, { ok: false }>['reason'], 'ping'>, number>;

/**
 * Answers one webhook: verified, stored once together with the job that decodes it, and only then acknowledged. Whatever
 * goes wrong on our side is answered with 503, so that the platform sends it again.
 */
export async function receive(
  parts: Parts,
  system: string,
  request: Request,
  belongs: () => Promise<void>,
): Promise<Response> {
  const connector = Object.hasOwn(parts.systems, system) ? parts.systems[system] : undefined;
  if (!connector?.can('webhooks.verify') || !connector.operations.includes('webhooks.decode')) {
    return refuse(parts, system, 404, 'unknown-system');
  }
  try {
    await belongs();
    const verified = await connector.webhooks.verify(request);
    // A platform whose first question is refused may never send anything.
    if (!verified.ok && verified.reason === 'ping') return answer(200, { ok: true });
    if (!verified.ok) return refuse(parts, system, statusOf[verified.reason], verified.reason);
    if ((await storeDelivery(parts, system, 'webhooks', verified.delivery)) === 'already') {
      tell(parts.signals, 'delivery.repeated', { system, deliveryId: verified.delivery.deliveryId });
      return answer(200, { ok: true, repeated: true });
    }
    return answer(200, { ok: true });
  } catch (error) {
    return refuse(parts, system, 503, 'not-stored', error);
  }
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
