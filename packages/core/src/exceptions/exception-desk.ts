import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionFilter, ExceptionRecord, ExceptionState, Stores, StoreSet } from '../ports/stores.ts';
import { checkActor, checkAssignee, checkCount, checkNote } from './call-options.ts';
import { redaction, type Redact } from './redaction.ts';

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
  /** Open exceptions by category. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Throws `record.rejected` when it is closed. `undefined` gives it back to everybody. */
  assign(id: string, to: string | undefined, actor: Actor): Promise<void>;
  /**
   * Runs it again from the step that failed; finished steps keep their results, so no effect is repeated. Throws
   * `record.rejected` when somebody was faster.
   */
  replay(id: string, actor: Actor): Promise<void>;
  /** A person did by hand what was left; the run ends and its key goes on. */
  resolve(id: string, actor: Actor & { readonly note: string }): Promise<void>;
  /** It will not be done; the run ends and its key goes on. */
  dismiss(id: string, actor: Actor & { readonly note: string }): Promise<void>;
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
      if (record === undefined) throw unknown(id, action);
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
      await move(inside, record, to, to, note);
      if (!(await inside.jobs.drop(record.job))) throw notParked(record, to);
      await inside.runs.end(record.run, 'dropped');
    });
  };

  return {
    async list(filter) {
      // JavaScript may call it with nothing at all.
      checkCount('exceptions.list({ limit })', (filter as Partial<ExceptionFilter> | undefined)?.limit, 1);
      return stores.exceptions.list(filter);
    },
    get: (id) => stores.exceptions.get(id),
    counts: () => stores.exceptions.counts(),
    async assign(id, to, actor) {
      checkAssignee(id, to);
      await decide(id, 'assigned', actor, { to }, async (inside, record) => {
        if (record.state !== 'open' && record.state !== 'replaying') throw await notOpen(inside, record, 'assigned');
        await inside.exceptions.assign(id, to);
      });
    },
    replay: (id, actor) =>
      decide(id, 'replayed', actor, {}, async (inside, record) => {
        await move(inside, record, 'replaying', 'replayed');
        if (!(await inside.jobs.release(record.job))) throw notParked(record, 'replayed');
      }),
    resolve: (id, actor) => close(id, 'resolved', actor),
    dismiss: (id, actor) => close(id, 'dismissed', actor),
  };
}

/** Moves an open exception on, or says who was faster. */
async function move(
  inside: StoreSet,
  record: ExceptionRecord,
  to: ExceptionState,
  action: string,
  note?: string,
): Promise<void> {
  if (await inside.exceptions.move(record.id, 'open', to, note)) return;
  throw await notOpen(inside, record, action);
}

function unknown(id: string, action: string): CommerceError {
  return new CommerceError({
    code: 'record.missing',
    message: `Exception "${id}" was not ${action}: there is none with this id. List the exceptions and take an id from there.`,
  });
}

async function notOpen(inside: StoreSet, record: ExceptionRecord, action: string): Promise<CommerceError> {
  const who = await lastActor(inside, record);
  const by = who === undefined ? '' : ` by "${who}"`;
  const next =
    record.state === 'replaying' ? 'Wait for what becomes of it.' : 'Nothing is left to do, unless it opens again.';
  return new CommerceError({
    code: 'record.rejected',
    message: `Exception "${record.id}" was not ${action}: it is "${record.state}" since ${record.changedAt}${by}. ${next}`,
    refs: record.refs,
  });
}

/** Who decided last on this exception; only records with a reference have an audit to look into. */
async function lastActor(inside: StoreSet, record: ExceptionRecord): Promise<string | undefined> {
  const ref = record.refs[0];
  if (ref === undefined) return undefined;
  const entries = await inside.audit.list(ref, 50);
  return entries.find(({ action, details }) => action.startsWith('exception.') && isOf(details, record.id))?.actor;
}

function isOf(details: Json, id: string): boolean {
  return typeof details === 'object' && details !== null && 'exception' in details && details['exception'] === id;
}

function notParked(record: ExceptionRecord, action: string): CommerceError {
  return new CommerceError({
    code: 'record.rejected',
    message: `Exception "${record.id}" was not ${action}: its job "${record.job}" is not parked, so something else has it. Look at the job before anything else.`,
    refs: record.refs,
  });
}
