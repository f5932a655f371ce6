import type { ErrorCode } from '../errors/codes.ts';
import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';
import type { OperationName, WriteOperation } from '../ports/catalogue.ts';
import type { ExceptionFilter } from '../ports/stores.ts';

/**
 * What is known of a write's key. `new`: it would be sent for the first time. `done`: it was made, its stored result is used
 * and nothing is sent. `uncertain`: it may have been made; it is sent again under the same key, and the connector finds what
 * it made. `expired`: the same, and so old that the platform may have forgotten the key, so that a replay stops there.
 * `running`: another process makes it now. `conflict`: another request was sent under the key, so that a replay stops there.
 */
export type PlannedKey =
  | { readonly state: 'new' | 'done' | 'conflict' }
  | { readonly state: 'uncertain' | 'expired'; readonly since: string }
  | { readonly state: 'running'; readonly until: string };

/** A write that a replay would make, with its request redacted. */
export type PlannedWrite = {
  readonly kind: 'write';
  readonly step: string;
  readonly system: string;
  readonly operation: WriteOperation;
  readonly key: string;
  readonly request: Json;
  readonly known: PlannedKey;
};

/**
 * Something that a replay would change. `link` and `attach` are in our own stores, `outside` is a step that says of itself
 * that it changes something besides the systems.
 */
export type PlannedEffect =
  | PlannedWrite
  | { readonly kind: 'link' | 'attach'; readonly one: Ref; readonly other: Ref }
  | { readonly kind: 'outside'; readonly step: string };

/** A fact that a delivery or a record states, and the runs that it would start. Runs that there are already start nothing. */
export type PlannedEvent = { readonly id: string; readonly type: string; readonly starts: readonly string[] };

/**
 * How far a plan could look. `done`: to the end. `unknown`: the results of these steps are not known before a replay, nor
 * what depends on them; `unread` are reads that were not made. `stops`: a replay would come before a person again.
 * `stale`: a newer state of the record was begun on, so that a replay ends the run without doing anything.
 */
export type PlanEnd =
  | { readonly how: 'done' | 'stale' }
  | { readonly how: 'unknown'; readonly steps: readonly string[]; readonly unread: readonly PlannedRead[] }
  | { readonly how: 'stops'; readonly step: string; readonly code: ErrorCode; readonly message: string };

/** A read of a system: it changes nothing there. */
export type PlannedRead = { readonly system: string; readonly operation: OperationName };

/** What a replay would do, as far as it can be known without doing it. `describePlan` gives it in words. */
export type ReplayPlan = {
  readonly exception: string;
  readonly flow: string;
  readonly run: string;
  readonly refs: readonly Ref[];
  /** Steps that have their results. They are not run again. */
  readonly done: readonly string[];
  /** The first step that would be run. `undefined`: none would. */
  readonly resumesAt: string | undefined;
  /** In the order in which they would be asked for. Writes whose key is `done` are among them, and not sent. */
  readonly effects: readonly PlannedEffect[];
  /** For a delivery and for a record of a page, which are read again: what they state now. */
  readonly events: readonly PlannedEvent[];
  /** The reads that were made for this plan. */
  readonly reads: readonly PlannedRead[];
  readonly end: PlanEnd;
};

/** How a plan is made. */
export interface PlanOptions {
  /** Whether to ask the systems. Default true. Without, the plan ends at the first read. */
  readonly reads?: boolean | undefined;
}

/** Which exceptions to go through, oldest first: as in `list`, `state` defaults to `open` and `limit` to all. */
export type BulkFilter = Omit<ExceptionFilter, 'limit'> & { readonly limit?: number | undefined };

/** What was not done with an exception, and why. */
export type Skipped = { readonly id: string; readonly reason: string };

/**
 * Looks before a replay. A plan runs the code of the flow itself: finished steps give their results, reads ask the systems,
 * which changes nothing, and a write is noted and not sent. No store is changed. A step that changes anything besides the
 * systems of its flow has to say so (`outside`), or a plan does that, too.
 */
export interface ReplayPlanner {
  /** Throws `record.missing` when there is no such exception, and `record.rejected` when it neither is open nor waits for its replay. */
  plan(id: string, options?: PlanOptions): Promise<ReplayPlan>;
  /** The plans of all that `exceptions.replayAll` would replay with this filter. */
  planAll(
    filter: BulkFilter,
    options?: PlanOptions,
  ): Promise<{ readonly plans: readonly ReplayPlan[]; readonly skipped: readonly Skipped[] }>;
}
