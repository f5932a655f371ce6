import { CommerceError } from '../errors/commerce-error.ts';
import { systemClock } from '../policies/clock.ts';
import type { FulfillmentOutcome } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores, StoreSet } from '../ports/stores.ts';
import { fingerprint } from '../rules/fingerprint.ts';
import { storedForm } from '../rules/json-text.ts';
import { claimedUnder, exportedRef, exportRun, progressOf, referenceOf, type ClaimedRelease } from './export-claim.ts';
import { exportFile, type ExportFile, type ExportFormat } from './export-file.ts';
import { releaseQueue, type QueuedRelease, type ReleaseQueueOptions, type ReleaseState } from './release-queue.ts';

/** What to export, under which claim, and who does it. */
export interface ManualExportOptions extends ReleaseQueueOptions {
  /**
   * The name of this export, such as `2026-11-26-a`: letters, digits, `.`, `_` and `-`, at most 60. A claim is made once:
   * called again with it, the same file comes back and nothing new is in it, so a lost file costs nothing and no order is
   * in two. A claim that a crash broke off is gone on with.
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
  /**
   * Claimed, and then dismissed by a person: left out of this file, and perhaps in one that was handed over before. Tell the
   * warehouse.
   */
  readonly withdrawn: readonly { readonly run: string; readonly number: string }[];
}

/** A key that is claimed is ended in the same unit of work, so nobody ever sees its lease. */
const leaseMs = 60_000;

/**
 * Takes the releases that wait for a warehouse out of the queue and puts them into a file for people to hand over. Each
 * order is claimed by taking the idempotency key of its request together with its place in the file: one that is in a file
 * is never sent to the warehouse as well, also when it comes back in the same second; one that may have been sent is in no
 * file, nor one whose run a person has given up. Claimed runs go on as if the warehouse had accepted the order; those that
 * wait for a person want a replay.
 *
 * Throws `options.invalid` for a claim that is no such name, and `record.rejected` for one of another warehouse or flow.
 */
export async function manualExport(options: ManualExportOptions): Promise<ManualExport> {
  const { stores, claim, format } = options;
  refuseClaim(claim);
  await beginExport(options);
  const skipped: { run: string; number: string; state: ReleaseState }[] = [];
  let claimed = 0;
  if (!(await progressOf(stores, claim)).closed) {
    for await (const release of releaseQueue(options)) {
      const { run, draft } = release;
      const state = release.state === 'waiting' ? await claimOne(release, options) : release.state;
      if (state === 'full') break;
      if (state === 'claimed') claimed++;
      else if (state !== 'gone') skipped.push({ run, number: draft.number, state });
    }
    await close(options);
  }
  // Read back, so that the file has what the store has and nothing else.
  const all = (await claimedUnder(stores, claim)) ?? [];
  const given = await givenUp(stores, all);
  const kept = all.filter(({ run }) => !given.has(run));
  return {
    claim,
    file: exportFile({ claim, releases: kept, format }),
    orders: kept.length,
    claimed,
    skipped,
    withdrawn: all.filter(({ run }) => given.has(run)).map(({ run, draft }) => ({ run, number: draft.number })),
  };
}

/** The export has a run of its own, whose steps are the orders that were claimed. */
async function beginExport({
  stores,
  claim,
  flow,
  warehouse,
  clock = systemClock,
}: ManualExportOptions): Promise<void> {
  const id = exportRun(claim);
  const event = { flow, warehouse };
  const startedAt = new Date(clock.now()).toISOString();
  const record = { id, flow: 'manual-export', version: 1, key: id, event, state: 'done', startedAt } as const;
  if ((await stores.runs.start(record)) === 'started') return;
  const before = (await stores.runs.get(id))?.event;
  if ((await fingerprint(before)) === (await fingerprint(event))) return;
  throw new CommerceError({
    code: 'record.rejected',
    message: `Nothing was exported under claim "${claim}": it belongs to an export of another flow or warehouse. Choose another name.`,
  });
}

async function claimOne(
  { run, key, draft, warehouse }: QueuedRelease,
  { stores, claim, by, limit = Number.POSITIVE_INFINITY, clock = systemClock }: ManualExportOptions,
): Promise<'claimed' | 'gone' | 'full' | ReleaseState> {
  // The same request as the run's own, so that the run finds its key taken by what it would have asked for.
  const request = await fingerprint(storedForm([warehouse, 'fulfillments.request', draft], `Release "${key}"`));
  const reference = await referenceOf(key);
  const outcome: FulfillmentOutcome = { ref: exportedRef(warehouse, claim, reference), state: 'accepted', issues: [] };
  const release: ClaimedRelease = { run, reference, warehouse, draft };
  return stores.atomically(async (inside) => {
    const progress = await progressOf(inside, claim);
    if (progress.closed || progress.taken >= limit) return 'full';
    if (!(await isWanted(inside, run))) return 'gone';
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
    await inside.runs.writeStep(exportRun(claim), key, storedForm(release, 'A claim'));
    await progress.advance({ taken: progress.taken + 1, closed: false });
    const details = { claim, run, reference, number: draft.number };
    const at = new Date(clock.now()).toISOString();
    await inside.audit.append({ at, actor: by, action: 'release.exported', refs: [draft.order], details });
    return 'claimed';
  });
}

/**
 * Whether the run still wants it. A run that is before a person is touched, so that a dismissal at the same moment comes
 * before this unit of work or after it, and never beside it.
 */
async function isWanted(inside: StoreSet, run: string): Promise<boolean> {
  const exception = await inside.exceptions.ofRun(run);
  const waits = exception?.state === 'open' || exception?.state === 'replaying';
  if (waits && !(await inside.exceptions.move(exception.id, exception.state, exception.state))) return false;
  return (await inside.runs.get(run))?.state === 'open';
}

/** From here on the claim is as it is. */
function close({ stores, claim }: ManualExportOptions): Promise<void> {
  return stores.atomically(async (inside) => {
    const progress = await progressOf(inside, claim);
    if (!progress.closed) await progress.advance({ taken: progress.taken, closed: true });
  });
}

async function givenUp(stores: Stores, releases: readonly ClaimedRelease[]): Promise<ReadonlySet<string>> {
  const dropped = new Set<string>();
  for (const { run } of releases) if ((await stores.runs.get(run))?.state === 'dropped') dropped.add(run);
  return dropped;
}

/** Within one unit of work nobody else can take the key over. */
async function held(ending: Promise<string>, key: string): Promise<void> {
  if ((await ending) !== 'lost') return;
  throw new CommerceError({
    code: 'store.corrupt',
    message: `Release "${key}" was not exported: the store lost its key within one unit of work. Look at what else uses this store.`,
  });
}

function refuseClaim(claim: string): void {
  if (/^[\w.-]{1,60}$/.test(claim)) return;
  throw new CommerceError({
    code: 'options.invalid',
    message: `Nothing was exported: manualExport({ claim }) wants 1 to 60 letters, digits, ".", "_" or "-", got "${claim}". Pass a name such as "2026-11-26-a".`,
  });
}
