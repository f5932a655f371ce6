import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import type { ConnectorBase } from '../connector/connector.ts';
import { settleException } from '../exceptions/open-exception.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { PortCatalogue } from '../ports/catalogue.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';
import type { DeliveryPort, JobPayload } from './job-payload.ts';
import type { Parts } from './parts.ts';
import { startRuns } from './start-runs.ts';
import { plain, type Task } from './task.ts';
import { noteTold } from './told-facts.ts';

type DecodePayload = Extract<JobPayload, { kind: 'decode' }>;

/** Turns a stored delivery into events, and the events into runs. */
export function decodeTask(
  parts: Parts,
  job: ClaimedJob,
  lease: JobLease,
  { system, deliveryId, via }: DecodePayload,
): Task {
  const decoder = decoderOf(parts.systems[system], via);
  return {
    flow: `${system}/${decoder.operation}`,
    run: job.id,
    step: decoder.operation,
    refs: [],
    ...plain,
    async perform() {
      const events = await decodeDelivery(parts, { system, deliveryId, via }, lease.signal);
      await parts.stores.atomically(async (inside) => {
        if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') throw lease.lose();
        await startRuns(parts, inside, events);
        await noteTold(parts.flows, inside, events);
        await settleException(inside, job.id);
      });
    },
  };
}

/** What a stored delivery means. May ask the system for the record that it only hints at. */
export async function decodeDelivery(
  { systems, stores }: Pick<Parts, 'systems' | 'stores'>,
  { system, deliveryId, via }: Pick<DecodePayload, 'system' | 'deliveryId' | 'via'>,
  signal: AbortSignal,
): Promise<readonly CommerceEvent[]> {
  const delivery = await stores.inbox.get(system, deliveryId);
  if (delivery === undefined) throw gone(system, deliveryId);
  const { topic, body } = delivery;
  const { decode, operation } = decoderOf(systems[system], via);
  if (!decode) throw notOffered(system, via, operation);
  return decoded({ system, topic, operation }, () => decode({ deliveryId, topic, body }, { lane: 'urgent', signal }));
}

type Decoder = {
  readonly operation: 'webhooks.decode' | 'notifications.decode';
  /** `undefined` where the system offers none. */
  readonly decode?: PortCatalogue['webhooks']['decode'];
};

/**
 * A system tells by webhook, by queue or by both, and its deliveries are kept in one inbox: what came by one port is read by
 * that port. A delivery that does not say how it came is read by the port that there is, webhooks first.
 */
export function decoderOf(connector: ConnectorBase | undefined, via: DeliveryPort | undefined): Decoder {
  if (via !== 'notifications' && connector?.can('webhooks.decode')) {
    return { operation: 'webhooks.decode', decode: (...given) => connector.webhooks.decode(...given) };
  }
  if (via !== 'webhooks' && connector?.can('notifications.decode')) {
    return { operation: 'notifications.decode', decode: (...given) => connector.notifications.decode(...given) };
  }
  return { operation: `${via ?? 'webhooks'}.decode` };
}

function notOffered(system: string, via: DeliveryPort | undefined, operation: Decoder['operation']): CommerceError {
  const wanted = via === undefined ? '"webhooks.decode" or "notifications.decode"' : `"${operation}", by which it came`;
  return new CommerceError({
    code: 'wiring.invalid',
    message: `A delivery of "${system}" was not decoded: no connected system of that name offers ${wanted}. Connect it, then replay.`,
    system,
    operation,
  });
}

/** A body that the connector cannot even read is the platform's or a stranger's, and no defect of a flow. */
async function decoded<T>(
  { system, topic, operation }: { readonly system: string; readonly topic: string; readonly operation: string },
  decode: () => Promise<T>,
): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    if (isCommerceError(error)) throw error;
    throw new CommerceError({
      code: 'webhook.malformed',
      message: `A delivery of "${system}" with topic "${topic}" was not decoded: its body could not be read. It is kept; compare it with what the connector expects, then replay.`,
      system,
      operation,
      cause: stripped(error),
    });
  }
}

function gone(system: string, deliveryId: string): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `Delivery "${deliveryId}" of "${system}" was not decoded: the inbox does not have it although its job was stored with it. Restore the inbox, or dismiss this.`,
    system,
  });
}
