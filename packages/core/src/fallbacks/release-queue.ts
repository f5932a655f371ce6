import { stepKey } from '../flows/step-key.ts';
import type { FulfillmentDraft } from '../model/fulfillment.ts';
import type { KeyState, RunRecord, Stores } from '../ports/stores.ts';
import { queuedReleaseSchema } from './queued-release.ts';

/**
 * Where a release stands. `waiting`: the warehouse does not have it. `sending`: a worker is at it now. `uncertain`: it was
 * sent and no answer came, so the warehouse may have it; the run looks it up when the warehouse is back.
 */
export type ReleaseState = 'waiting' | 'sending' | 'uncertain';

/** A release that a run of a flow has written down and that has no outcome yet. */
export interface QueuedRelease {
  /** The id of the run, and of its exception when it waits for a person. */
  readonly run: string;
  /** The idempotency key of its request. */
  readonly key: string;
  readonly warehouse: string;
  readonly draft: FulfillmentDraft;
  /** When its run began. */
  readonly since: string;
  readonly state: ReleaseState;
}

/** Which releases to look for. */
export interface ReleaseQueueOptions {
  readonly stores: Stores;
  /** The name of the flow that calls `queuedRelease`. */
  readonly flow: string;
  readonly warehouse: string;
}

/** How many runs are read at a time. */
const pageSize = 100;

/**
 * What waits for a warehouse, oldest first, read afresh from the stores: for a screen, an alert or an export. A release
 * whose outcome is known is not listed, nor one of a run that was given up.
 */
export async function* releaseQueue({ stores, flow, warehouse }: ReleaseQueueOptions): AsyncIterable<QueuedRelease> {
  let after: string | undefined;
  for (;;) {
    const runs: readonly RunRecord[] = await stores.runs.unfinished(flow, { after, limit: pageSize });
    for (const run of runs) yield* releasesOf(stores, run, warehouse);
    after = runs.at(-1)?.id;
    if (runs.length < pageSize) return;
  }
}

async function* releasesOf(stores: Stores, { id, startedAt }: RunRecord, warehouse: string) {
  const steps = await stores.runs.steps(id);
  for (const result of steps.values()) {
    const queued = queuedReleaseSchema.safeParse(result).data;
    if (queued?.queuedRelease !== warehouse || steps.has(queued.step)) continue;
    const key = await stepKey(id, queued.step);
    const state = releaseState(await stores.idempotency.peek(key));
    if (state) yield { run: id, key, warehouse, draft: queued.draft, since: startedAt, state };
  }
}

/** `undefined`: it has an outcome already. */
function releaseState(known: KeyState | undefined): ReleaseState | undefined {
  switch (known?.state) {
    case undefined:
    case 'free':
      return 'waiting';
    case 'running':
      return 'sending';
    case 'uncertain':
      return 'uncertain';
    case 'done':
    // Only who asks about a request is answered so.
    case 'conflict':
      return undefined;
  }
}
