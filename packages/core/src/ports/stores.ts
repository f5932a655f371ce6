import type { ExceptionCategory, ErrorCode, ErrorKind } from '../errors/codes.ts';
import type { Json } from '../model/json.ts';
import type { EntityKind, Ref } from '../model/ref.ts';
import type { Lane } from './options.ts';

// ── writes to other systems ───────────────────────────────────────────────────

/**
 * Since when a key may be known to the platform: the moment of the oldest attempt that may have been carried out, and how
 * many milliseconds ago that was. Both by the store's time, which all processes have in common. Below zero where that time
 * was set back since, so that the age cannot be told.
 */
export type KeyAge = { readonly since: string; readonly ageMs: number };
/**
 * What is known of a key. `started`: nobody used it, it is ours now, since `since`. `running`: somebody holds it.
 * `uncertain`: an attempt was sent and nobody knows how it ended; it is ours now, and has to be looked up before it is sent
 * again: a platform that honours a key for a day knows nothing of an attempt that is older. `done`: it happened, here is
 * the result. `conflict`: the key belongs to another request that was sent.
 */
export type Begun =
  | { readonly state: 'started'; readonly lease: string; readonly since: string }
  | ({ readonly state: 'uncertain'; readonly lease: string } & KeyAge)
  | { readonly state: 'running'; readonly until: string }
  | { readonly state: 'done'; readonly result: Json }
  | { readonly state: 'conflict' };
/**
 * The same, for who only looks and takes nothing over. `free`: an attempt did nothing, and nobody holds the key now.
 * `conflict` only where a fingerprint is asked about.
 */
export type KeyState =
  | { readonly state: 'free' }
  | { readonly state: 'running'; readonly until: string }
  | ({ readonly state: 'uncertain' } & KeyAge)
  | { readonly state: 'done'; readonly result: Json }
  | { readonly state: 'conflict' };
/** What is known of each write that was begun, so that no key changes another system twice. */
export interface IdempotencyStore {
  /** Durable before it answers. `fingerprint` is of the request. A lease that ran out answers `uncertain`. */
  begin(key: string, fingerprint: string, leaseMs: number): Promise<Begun>;
  /** Prolongs a lease from now. `lost`: somebody else took over, or the key came to an end. */
  renew(key: string, lease: string, leaseMs: number): Promise<'renewed' | 'lost'>;
  /** `lost`: the lease is no longer ours, somebody else took over. */
  finish(key: string, lease: string, result: Json): Promise<'finished' | 'lost'>;
  /** The platform clearly did nothing: the key is free again, also for a request that was corrected. */
  release(key: string, lease: string): Promise<'released' | 'lost'>;
  /** Nobody knows how it ended: the next `begin` answers `uncertain` at once. */
  doubt(key: string, lease: string): Promise<'doubted' | 'lost'>;
  /**
   * What is known of a key, changing nothing. `undefined`: nobody used it. With a `fingerprint` it answers as `begin` would:
   * `conflict` where the key belongs to another request.
   */
  peek(key: string, fingerprint?: string): Promise<KeyState | undefined>;
}

// ── what belongs together ─────────────────────────────────────────────────────

/** Which records of different systems are the same thing, or belong together. */
export interface LinkStore {
  /**
   * Two records that are the same thing. `conflict`: one of the two is already linked to another record of that kind and
   * system.
   */
  link(one: Ref, other: Ref): Promise<'linked' | 'already' | 'conflict'>;
  /**
   * `child` belongs to `parent`, which may have many: a fulfillment belongs to its order. `conflict`: the child already
   * belongs to another record of that kind and system.
   */
  attach(child: Ref, parent: Ref): Promise<'linked' | 'already' | 'conflict'>;
  /** The record of that kind in that system that `ref` is linked to from either side, or that it belongs to. */
  find<K extends EntityKind>(ref: Ref, system: string, kind: K): Promise<Ref<K> | undefined>;
  /** What belongs to `parent`, of that kind in that system, oldest first. */
  children<K extends EntityKind>(parent: Ref, system: string, kind: K): Promise<readonly Ref<K>[]>;
}
/** Which state of a record came last, so that an older one that arrives late changes nothing back. */
export interface SequenceStore {
  /**
   * Notes a state of `name` from moment `at`, unless a later one was noted before. States of one moment follow each other
   * by their `mark`, so that every order of arrival ends with the same one. `same`: exactly this one was noted last.
   */
  advance(name: string, state: { readonly at: string; readonly mark: string }): Promise<'newer' | 'same' | 'older'>;
}
/** How far each pull has come. */
export interface CursorStore {
  read(name: string): Promise<string | undefined>;
  /** Writes only if the stored cursor is still `expected`. */
  advance(name: string, expected: string | undefined, next: string): Promise<boolean>;
}

// ── what came in ──────────────────────────────────────────────────────────────

/** A verified delivery as it came, kept until its work is done and for whoever asks later. */
export type InboxEntry = {
  readonly system: string;
  readonly deliveryId: string;
  readonly topic: string;
  readonly body: string;
  readonly receivedAt: string;
};
/** What was delivered, each delivery once. */
export interface InboxStore {
  /** `already`: this delivery was stored before, whatever became of it. */
  put(entry: InboxEntry): Promise<'stored' | 'already'>;
  get(system: string, deliveryId: string): Promise<InboxEntry | undefined>;
  /** When this system delivered last. `undefined`: never. */
  latest(system: string): Promise<string | undefined>;
}

// ── work ──────────────────────────────────────────────────────────────────────

/** Work to add to a queue. */
export type NewJob = {
  /** The same id is added once, for ever. */
  readonly id: string;
  readonly queue: string;
  /** Jobs with one key are handed out one after another, in the order in which they were added. */
  readonly key: string;
  readonly lane: Lane;
  readonly dueAt: string;
  readonly payload: Json;
  /**
   * Waits for a person from the beginning: it runs only after `release`. Default false. Its key has to be its own: while
   * another job of the key is not over, `add` throws `flow.defect`.
   */
  readonly parked?: boolean | undefined;
};
/** A job that was handed out. `attempt` counts from 1; `lease` is what proves that it is still ours. */
export type ClaimedJob = NewJob & { readonly attempt: number; readonly lease: string };
/**
 * A job that is not over. `queued`: it waits, or is due. `running`: under a lease, which may have run out. `parked`: until
 * a person decides.
 */
export type StoredJob = Omit<NewJob, 'parked'> & { readonly state: 'queued' | 'running' | 'parked' };
/**
 * `ready`: what `claim` would hand out now. `waiting`: not due yet, or behind an older job of its key. `running`: under a
 * lease that holds. `parked`: until a person decides.
 */
export type JobCounts = {
  readonly ready: number;
  readonly waiting: number;
  readonly running: number;
  readonly parked: number;
};
/** The work that waits, runs or is parked, handed out under leases. */
export interface JobStore {
  add(job: NewJob): Promise<'added' | 'already'>;
  /**
   * Hands out what is due, most urgent lane first, oldest first in a lane, at most one job a key: a key with a running,
   * waiting or parked job gives nothing else out. A lease that ran out makes its job due again. `attempt` counts from 1.
   */
  claim(queue: string, options: { readonly leaseMs: number; readonly limit: number }): Promise<readonly ClaimedJob[]>;
  /** Prolongs a lease from now. `lost`: somebody else has the job. */
  renew(id: string, lease: string, leaseMs: number): Promise<'renewed' | 'lost'>;
  finish(id: string, lease: string): Promise<'finished' | 'lost'>;
  retry(id: string, lease: string, dueAt: string): Promise<'waiting' | 'lost'>;
  /** Stops the job and its key until a person releases or drops it. */
  park(id: string, lease: string): Promise<'parked' | 'lost'>;
  /**
   * Makes a parked job due now, or at `dueAt`, with its attempts counted from zero again. `false`: it is not parked.
   */
  release(id: string, dueAt?: string): Promise<boolean>;
  /** Ends a parked job without running it, so that its key goes on. `false`: it is not parked. */
  drop(id: string): Promise<boolean>;
  counts(queue: string): Promise<JobCounts>;
  /** A job that is not over, as it was added, and where it is. `undefined`: there is none, or it is over. Changes nothing. */
  peek(id: string): Promise<StoredJob | undefined>;
  /**
   * The parked jobs of a queue, by id, at most `limit`; `after` is the last id of the page before, whatever became of that
   * job.
   */
  parked(
    queue: string,
    options: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly StoredJob[]>;
  /**
   * The earliest moment at which `claim` could hand out something that it cannot now; `undefined` when nothing waits. The
   * end of a running job's lease counts, because its worker may be dead.
   */
  nextDueAt(queue: string): Promise<string | undefined>;
}

/** Whether a run goes on, came to its end, or was given up by a person. */
export type RunState = 'open' | 'done' | 'dropped';
/** One flow at work on one event. */
export type RunRecord = {
  readonly id: string;
  readonly flow: string;
  /** The version of the flow that the run began with, and finishes on. */
  readonly version: number;
  readonly key: string;
  readonly event: Json;
  readonly state: RunState;
  readonly startedAt: string;
};
/** Which flows were started on which events, and what their steps gave. */
export interface RunStore {
  /** `already`: this flow has seen this event. */
  start(run: RunRecord): Promise<'started' | 'already'>;
  get(id: string): Promise<RunRecord | undefined>;
  end(id: string, state: 'done' | 'dropped'): Promise<void>;
  /**
   * Runs of a flow that came to no end yet: at work, waiting or held by an exception. Oldest first, at most `limit`;
   * `after` is the last id of the page before, and after one that is not there nothing is listed.
   */
  unfinished(
    flow: string,
    options: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly RunRecord[]>;
  /** The results of the steps that finished, by step name. */
  steps(id: string): Promise<ReadonlyMap<string, Json>>;
  /**
   * `already`: the step has a result, which stays. With `held` it is written only while that job is under that lease, which
   * is prolonged by it; `lost`: it is not, and nothing was written.
   */
  writeStep(id: string, step: string, result: Json, held?: HeldJob): Promise<'written' | 'already' | 'lost'>;
}
/** A job that somebody holds, and for how long from now. */
export type HeldJob = { readonly job: string; readonly lease: string; readonly leaseMs: number };

// ── what a person decides ─────────────────────────────────────────────────────

/** Where an exception is: waiting for a person, running again, or settled one way or the other. */
export type ExceptionState = 'open' | 'replaying' | 'resolved' | 'dismissed';
/** What keeps a run from going on, in words for the person who decides. Redacted. */
export type ExceptionRecord = {
  readonly id: string;
  readonly flow: string;
  readonly run: string;
  readonly job: string;
  readonly step: string;
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly category: ExceptionCategory;
  readonly message: string;
  readonly refs: readonly Ref[];
  readonly details: Json;
  readonly state: ExceptionState;
  readonly openedAt: string;
  readonly changedAt: string;
  /** How often it came to this, counting from 1. */
  readonly occurrences: number;
  readonly assignee: string | undefined;
  readonly note: string | undefined;
};
/** Which exceptions to list; what is left out does not matter. At most `limit` of them. */
export type ExceptionFilter = {
  readonly state?: ExceptionState | undefined;
  readonly category?: ExceptionCategory | undefined;
  readonly kind?: ErrorKind | undefined;
  readonly assignee?: string | undefined;
  readonly code?: ErrorCode | undefined;
  readonly flow?: string | undefined;
  /** Only exceptions about this record. */
  readonly ref?: Ref | undefined;
  /** Only exceptions that were opened before this moment. */
  readonly openedBefore?: string | undefined;
  /** The id of the last record of the page before. After one that is not there nothing is listed. */
  readonly after?: string | undefined;
  readonly limit: number;
};
/** What waits for a person, one record a run. */
export interface ExceptionStore {
  /** One record a run: opening again counts an occurrence, and brings a replaying record back to `open`. */
  open(
    record: Omit<ExceptionRecord, 'state' | 'occurrences' | 'changedAt' | 'assignee' | 'note'>,
  ): Promise<'opened' | 'reopened'>;
  get(id: string): Promise<ExceptionRecord | undefined>;
  ofRun(run: string): Promise<ExceptionRecord | undefined>;
  /** Oldest first. */
  list(filter: ExceptionFilter): Promise<readonly ExceptionRecord[]>;
  /** Open records by category. */
  counts(): Promise<Readonly<Partial<Record<ExceptionCategory, number>>>>;
  /** Changes state only from `from`. `false`: somebody was faster. */
  move(id: string, from: ExceptionState, to: ExceptionState, note?: string): Promise<boolean>;
  assign(id: string, assignee: string | undefined): Promise<boolean>;
}

/** Who did what to which records, and when. */
export type AuditEntry = {
  readonly at: string;
  /** A flow, a person or a system. */
  readonly actor: string;
  readonly action: string;
  readonly refs: readonly Ref[];
  readonly details: Json;
};
/** What was done, kept for whoever asks why. Nothing in it is changed later. */
export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  /** What happened to one record, newest first. */
  list(ref: Ref, limit: number): Promise<readonly AuditEntry[]>;
}

/** Small states that several processes change: how much of an allowance is left, whether a circuit is open. */
export interface SharedStore {
  /**
   * Changes the state of that name with nobody in between, and gives the result. `change` gets what is there, `undefined`
   * for the first; it must do nothing else, because it may be called again. Without `next` the state stays as it is.
   *
   * `now` is the moment of the change in milliseconds since 1970, by the store's own clock: the same for all processes,
   * whatever their machines' clocks say, and read when nobody can come in between any more. It is never before that of an
   * earlier change, unless that clock was set back.
   */
  update<T>(
    name: string,
    change: (state: Json | undefined, now: number) => { readonly next?: Json | undefined; readonly result: T },
  ): Promise<T>;
}

/** Everything that has to survive a crash. */
export interface StoreSet {
  readonly idempotency: IdempotencyStore;
  readonly links: LinkStore;
  readonly sequences: SequenceStore;
  readonly cursors: CursorStore;
  readonly inbox: InboxStore;
  readonly jobs: JobStore;
  readonly runs: RunStore;
  readonly exceptions: ExceptionStore;
  readonly audit: AuditStore;
}
/** All stores together, with the unit of work that keeps them in step. */
export interface Stores extends StoreSet {
  /**
   * All writes made through `stores` in `work` land together or not at all; when `work` throws, none lands. `work` must
   * only use `stores`, and wait for nothing else: other units of work may have to wait for it. It may be run again after
   * everything of it was taken back, because another unit was in its way, so it must change nothing besides.
   */
  atomically<T>(work: (stores: StoreSet) => Promise<T>): Promise<T>;
  /** What processes share besides the work: hand it to the connectors of every process. Not part of a unit of work. */
  readonly shared: SharedStore;
  /** Gives the name of the integration that these stores belong to: of the first that asked. */
  belongTo(integration: string): Promise<string>;
  close(): Promise<void>;
}
