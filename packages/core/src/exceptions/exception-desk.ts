import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionFilter, ExceptionRecord, ExceptionState, Stores, StoreSet } from '../ports/stores.ts';
import { eachException } from './each-exception.ts';
import { checkActor, checkAssignee, checkCount, checkNote } from './call-options.ts';
import { isWaitingReplay, releaseAt } from './later-release.ts';
import { nextReplayAt, type ReplayMoment } from './replay-budget.ts';
import type { BulkFilter, Skipped } from './replay-plan.ts';
import { redaction, type Redact } from './redaction.ts';
import { waitingReplays, type WaitingReplays } from './waiting-replays.ts';
import { noException, notOpen, notParked } from './refused-decision.ts';

/** Somebody who acts on an exception, by the name that goes into the audit. */
export interface Actor {
  readonly by: string;
}

/**
 * What people do with what stopped. Every decision and its audit entry land together; of two at once, one wins. A decision
 * of nobody, a note or a name that is blank, and a `limit` that is no whole number from 1 reject with `options.invalid`.
 */
export interface ExceptionDesk {
  list(filter: ExceptionFilter): Promise<readonly ExceptionRecord[]>;
  get(id: string): Promise<ExceptionRecord | undefined>;
  /** Open exceptions by category. What is decided and not due yet is in `waiting`. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Replays that were given a moment which has not come: until then each can be replayed at once, resolved or dismissed. */
  waiting(): Promise<WaitingReplays>;
  /** Throws `record.rejected` when it is closed. `undefined` gives it back to everybody. */
  assign(id: string, to: string | undefined, actor: Actor): Promise<void>;
  /**
   * Runs it again from the step that failed; finished steps keep their results, so no effect is repeated. One that waits
   * for its moment becomes due at once. Throws `record.rejected` when somebody was faster.
   */
  replay(id: string, actor: Actor): Promise<void>;
  /** A person did by hand what was left; the run ends and its key goes on. */
  resolve(id: string, actor: Actor & { readonly note: string }): Promise<void>;
  /** It will not be done; the run ends and its key goes on. */
  dismiss(id: string, actor: Actor & { readonly note: string }): Promise<void>;
  /**
   * Replays each open exception of a filter, oldest first, each with its own audit entry. One that somebody else decided on
   * is skipped. Safe to call twice, from several desks, and again after it threw: what was replayed is not open any more.
   */
  replayAll(
    filter: BulkFilter,
    actor: Actor,
    options?: ReplayBudget,
  ): Promise<{ readonly replayed: number; readonly skipped: readonly Skipped[] }>;
  /** `resolve` for each open exception of a filter, as `replayAll` does it. */
  resolveAll(
    filter: BulkFilter,
    actor: Actor & { readonly note: string },
  ): Promise<{ readonly resolved: number; readonly skipped: readonly Skipped[] }>;
  /** `dismiss` for each open exception of a filter, as `replayAll` does it. */
  dismissAll(
    filter: BulkFilter,
    actor: Actor & { readonly note: string },
  ): Promise<{ readonly dismissed: number; readonly skipped: readonly Skipped[] }>;
}

/** How many replays become due. */
export interface ReplayBudget {
  /**
   * At most so many become due in a minute, over all calls that name a budget and all processes. Default: all at once. Until
   * it is due an exception is `replaying`, and can still be replayed at once, resolved or dismissed.
   */
  readonly perMinute?: number | undefined;
}

/** The desk over the exceptions of these stores. `redact` cleans the notes that people type. */
export function exceptionDesk({
  stores,
  clock,
  redact = redaction(),
}: {
  readonly stores: Stores;
  readonly clock: Pick<Clock, 'now'>;
  readonly redact?: Redact | undefined;
}): ExceptionDesk {
  /** One decision: it lands with its audit entry, or not at all. */
  const decide = async (
    id: string,
    action: string,
    actor: Actor,
    details: Readonly<Record<string, Json>>,
    act: (inside: StoreSet, record: ExceptionRecord) => Promise<void>,
  ) => {
    checkActor(id, action, actor);
    await stores.atomically(async (inside) => {
      const record = await inside.exceptions.get(id);
      if (record === undefined) throw noException(id, action);
      await act(inside, record);
      await inside.audit.append({
        at: new Date(clock.now()).toISOString(),
        actor: actor.by,
        action: `exception.${action}`,
        refs: record.refs,
        details: { exception: id, ...details },
      });
    });
  };

  const close = async (id: string, to: 'resolved' | 'dismissed', actor: Actor & { readonly note: string }) => {
    checkActor(id, to, actor);
    checkNote(id, to, actor);
    const note = redact(actor.note);
    await decide(id, to, actor, { note }, async (inside, record) => {
      const from = (await isWaitingReplay(inside, record)) ? 'replaying' : 'open';
      await move(inside, record, { from, to }, to, note);
      if (!(await inside.jobs.drop(record.job))) throw notParked(record, to);
      await inside.runs.end(record.run, 'dropped');
    });
  };

  const closeAll = async (
    filter: BulkFilter,
    to: 'resolved' | 'dismissed',
    actor: Actor & { readonly note: string },
  ) => {
    checkActor(undefined, to, actor);
    checkNote(undefined, to, actor);
    const call = to === 'resolved' ? 'resolveAll' : 'dismissAll';
    return eachException(stores.exceptions, call, filter, ({ id }) => close(id, to, actor));
  };

  const replay = (id: string, actor: Actor, moment?: ReplayMoment) =>
    decide(id, 'replayed', actor, { dueAt: moment?.dueAt }, async (inside, record) => {
      const laterAt = moment?.isLater ? moment.dueAt : undefined;
      const from = laterAt === undefined && (await isWaitingReplay(inside, record)) ? 'replaying' : 'open';
      await move(inside, record, { from, to: 'replaying' }, 'replayed');
      const isReleased =
        laterAt === undefined ? await inside.jobs.release(record.job) : await releaseAt(inside, record, laterAt);
      if (!isReleased) throw notParked(record, 'replayed');
    });

  return {
    async list(filter) {
      // JavaScript may call it with nothing at all.
      checkCount('exceptions.list({ limit })', (filter as Partial<ExceptionFilter> | undefined)?.limit, 1);
      return stores.exceptions.list(filter);
    },
    get: (id) => stores.exceptions.get(id),
    counts: () => stores.exceptions.counts(),
    waiting: () => waitingReplays(stores),
    async assign(id, to, actor) {
      checkAssignee(id, to);
      await decide(id, 'assigned', actor, { to }, async (inside, record) => {
        if (record.state !== 'open' && record.state !== 'replaying') throw await notOpen(inside, record, 'assigned');
        await inside.exceptions.assign(id, to);
      });
    },
    replay: (id, actor) => replay(id, actor),
    async replayAll(filter, actor, { perMinute } = {}) {
      checkActor(undefined, 'replayed', actor);
      if (perMinute !== undefined) checkCount('exceptions.replayAll({ perMinute })', perMinute, 1);
      const { done, skipped } = await eachException(stores.exceptions, 'replayAll', filter, async (record) => {
        const moment = perMinute === undefined ? undefined : await nextReplayAt(stores.shared, perMinute);
        await replay(record.id, actor, moment);
      });
      return { replayed: done, skipped };
    },
    async resolveAll(filter, actor) {
      const { done, skipped } = await closeAll(filter, 'resolved', actor);
      return { resolved: done, skipped };
    },
    async dismissAll(filter, actor) {
      const { done, skipped } = await closeAll(filter, 'dismissed', actor);
      return { dismissed: done, skipped };
    },
    resolve: (id, actor) => close(id, 'resolved', actor),
    dismiss: (id, actor) => close(id, 'dismissed', actor),
  };
}

/** Moves an exception on, or says who was faster. */
async function move(
  inside: StoreSet,
  record: ExceptionRecord,
  { from, to }: { readonly from: ExceptionState; readonly to: ExceptionState },
  action: string,
  note?: string,
): Promise<void> {
  if (await inside.exceptions.move(record.id, from, to, note)) return;
  throw await notOpen(inside, record, action);
}
