import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import type { ConnectorBase } from '../connector/connector.ts';
import { settleException } from '../exceptions/open-exception.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';
import type { Parts } from './parts.ts';
import { startRuns } from './start-runs.ts';
import { plain, type Task } from './task.ts';

/** Turns a stored delivery into events, and the events into runs. */
export function decodeTask(
  parts: Parts,
  job: ClaimedJob,
  lease: JobLease,
  { system, deliveryId }: { readonly system: string; readonly deliveryId: string },
): Task {
  return {
    flow: `${system}/webhooks.decode`,
    run: job.id,
    step: 'webhooks.decode',
    refs: [],
    ...plain,
    async perform() {
      const delivery = await parts.stores.inbox.get(system, deliveryId);
      if (delivery === undefined) throw gone(system, deliveryId);
      const { topic, body } = delivery;
      const { webhooks } = decoderOf(parts, system);
      const events = await decoded(system, topic, () =>
        webhooks.decode({ deliveryId, topic, body }, { lane: 'urgent', signal: lease.signal }),
      );
      await parts.stores.atomically(async (inside) => {
        if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') throw lease.lose();
        await startRuns(parts, inside, events);
        await settleException(inside, job.id);
      });
    },
  };
}

function decoderOf(parts: Parts, system: string) {
  const connector: ConnectorBase | undefined = parts.systems[system];
  if (connector?.can('webhooks.decode')) return connector;
  throw new CommerceError({
    code: 'wiring.invalid',
    message: `A delivery of "${system}" was not decoded: no connected system of that name offers "webhooks.decode". Connect it, then replay.`,
    system,
    operation: 'webhooks.decode',
  });
}

/** A body that the connector cannot even read is the platform's or a stranger's, and no defect of a flow. */
async function decoded<T>(system: string, topic: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    if (isCommerceError(error)) throw error;
    throw new CommerceError({
      code: 'webhook.malformed',
      message: `A delivery of "${system}" with topic "${topic}" was not decoded: its body could not be read. It is kept; compare it with what the connector expects, then replay.`,
      system,
      operation: 'webhooks.decode',
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
