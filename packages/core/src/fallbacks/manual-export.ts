import { CommerceError } from '../errors/commerce-error.ts';
import { systemClock } from '../policies/clock.ts';
import type { FulfillmentOutcome } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores, StoreSet } from '../ports/stores.ts';
import { fingerprint } from '../rules/fingerprint.ts';
import { storedForm } from '../rules/json-text.ts';
import { exportFile, type ExportFile, type ExportFormat } from './export-file.ts';
import { queuedReleaseSchema } from './queued-release.ts';
import { releaseQueue, type QueuedRelease, type ReleaseQueueOptions, type ReleaseState } from './release-queue.ts';

/** What to export, under which claim, and who does it. */
export interface ManualExportOptions extends ReleaseQueueOptions {
  /**
   * The name of this export, such as `2026-11-26-a`: letters, digits, `.`, `_` and `-`, at most 60. Everything exported
   * under it belongs to it for ever; called again with it, the file has what it had before and what came since, so a crash
   * or a lost file costs nothing.
   */
  readonly claim: string;
  readonly format: ExportFormat;
  /** Who exports, for the audit. */
  readonly by: string;
  /** Most orders in the file. Default: no limit. */
  readonly limit?: number | undefined;
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** A file for the warehouse, and what is not in it. */
export interface ManualExport {
  readonly claim: string;
  readonly file: ExportFile;
  /** How many orders the file has, and how many of them were claimed by this call. */
  readonly orders: number;
  readonly claimed: number;
  /** Not in the file: a worker is sending it now, or nobody knows whether the warehouse has it. */
  readonly skipped: readonly { readonly run: string; readonly number: string; readonly state: ReleaseState }[];
}

/** A key that is claimed is ended in the same unit of work, so nobody ever sees its lease. */
const leaseMs = 60_000;

/**
 * Takes the releases that wait for a warehouse out of the queue and puts them into a file for people to hand over. Each
 * order is claimed by taking the idempotency key of its request together with its place in the file: one that is in a file
 * is never sent to the warehouse as well, also when it comes back in the same second, and one that may have been sent is in
 * no file. Claimed runs go on as if the warehouse had accepted the order; those that wait for a person want a replay.
 *
 * Throws `options.invalid` for a claim that is no such name, and `record.rejected` for one of another warehouse or flow.
 */
export async function manualExport(options: ManualExportOptions): Promise<ManualExport> {
  const { stores, claim, format, limit = Number.POSITIVE_INFINITY } = options;
  refuseClaim(claim);
  await beginExport(options);
  const skipped: { run: string; number: string; state: ReleaseState }[] = [];
  let orders = (await claimedUnder(stores, idOf(claim))).length;
  let claimed = 0;
  for await (const release of releaseQueue(options)) {
    if (orders >= limit) break;
    const state = release.state === 'waiting' ? await claimOne(release, options) : release.state;
    if (state === 'claimed') {
      orders++;
      claimed++;
    } else if (state !== 'gone') skipped.push({ run: release.run, number: release.draft.number, state });
  }
  // Read back, so that the file has what the store has and nothing else.
  const drafts = await claimedUnder(stores, idOf(claim));
  return { claim, file: exportFile({ claim, drafts, format }), orders: drafts.length, claimed, skipped };
}

/** The export has a run of its own, whose steps are the orders that were claimed. */
async function beginExport({ stores, claim, flow, warehouse, clock = systemClock }: ManualExportOptions) {
  const id = idOf(claim);
  const event = { flow, warehouse };
  const startedAt = new Date(clock.now()).toISOString();
  const begun = await stores.runs.start({
    id,
    flow: 'manual-export',
    version: 1,
    key: id,
    event,
    state: 'done',
    startedAt,
  });
  if (begun === 'started') return;
  const before = (await stores.runs.get(id))?.event;
  if ((await fingerprint(before)) === (await fingerprint(event))) return;
  throw new CommerceError({
    code: 'record.rejected',
    message: `Nothing was exported under claim "${claim}": it belongs to an export of another flow or warehouse. Choose another name.`,
  });
}

async function claimOne(
  { run, key, draft, warehouse }: QueuedRelease,
  { stores, claim, by, clock = systemClock }: ManualExportOptions,
): Promise<'claimed' | 'gone' | ReleaseState> {
  // The same request as the run's own, so that the run finds its key taken by what it would have asked for.
  const request = await fingerprint(storedForm([warehouse, 'fulfillments.request', draft], `Release "${key}"`));
  const outcome: FulfillmentOutcome = {
    ref: { system: warehouse, kind: 'fulfillment', id: `export/${claim}/${draft.number}` },
    state: 'accepted',
    issues: [],
  };
  return stores.atomically(async (inside) => {
    const begun = await inside.idempotency.begin(key, request, leaseMs);
    // Somebody was faster since it was listed: it is at the warehouse, or in another file.
    if (begun.state === 'done') return 'gone';
    if (begun.state === 'running') return 'sending';
    if (begun.state === 'conflict') return 'uncertain';
    if (begun.state === 'uncertain') {
      await held(inside.idempotency.doubt(key, begun.lease), key);
      return 'uncertain';
    }
    await held(inside.idempotency.finish(key, begun.lease, storedForm(outcome, 'The outcome of an export')), key);
    await inside.runs.writeStep(
      idOf(claim),
      key,
      storedForm({ queuedRelease: warehouse, step: key, draft }, 'A claim'),
    );
    await audit(inside, { at: new Date(clock.now()).toISOString(), by, claim, run, draft });
    return 'claimed';
  });
}

/** Within one unit of work nobody else can take the key over. */
async function held(ending: Promise<string>, key: string): Promise<void> {
  if ((await ending) !== 'lost') return;
  throw new CommerceError({
    code: 'store.corrupt',
    message: `Release "${key}" was not exported: the store lost its key within one unit of work. Look at what else uses this store.`,
  });
}

function audit(
  inside: StoreSet,
  { at, by, claim, run, draft }: { at: string; by: string; claim: string; run: string; draft: QueuedRelease['draft'] },
): Promise<void> {
  const details = { claim, run, number: draft.number };
  return inside.audit.append({ at, actor: by, action: 'release.exported', refs: [draft.order], details });
}

async function claimedUnder(stores: Stores, id: string) {
  const claims = await stores.runs.steps(id);
  const drafts = [...claims.values()].flatMap((claim) => queuedReleaseSchema.safeParse(claim).data?.draft ?? []);
  // A store gives steps in no order of its own.
  return drafts.toSorted((one, other) => (one.number < other.number ? -1 : one.number > other.number ? 1 : 0));
}

function idOf(claim: string): string {
  return `manual-export/${claim}`;
}

function refuseClaim(claim: string): void {
  if (/^[\w.-]{1,60}$/.test(claim)) return;
  throw new CommerceError({
    code: 'options.invalid',
    message: `Nothing was exported: manualExport({ claim }) wants 1 to 60 letters, digits, ".", "_" or "-", got "${claim}". Pass a name such as "2026-11-26-a".`,
  });
}
