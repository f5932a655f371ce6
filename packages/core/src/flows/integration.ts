import type { EventEmitter } from 'eventemitter3';
import type { ConnectorBase } from '../connector/connector.ts';
import type { CommerceError } from '../errors/commerce-error.ts';
import type { ExceptionDesk } from '../exceptions/exception-desk.ts';
import type { ReplayPlanner } from '../exceptions/replay-plan.ts';
import type { EventType } from '../model/event.ts';
import type { Offers, OperationName } from '../ports/catalogue.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { ExceptionRecord, Stores } from '../ports/stores.ts';
import type { QueueMessage } from '../ports/webhook.ts';
import type { Ownership } from '../rules/ownership.ts';
import type { Needs } from './flow.ts';
import type { StrayCheck } from './strays.ts';
import type { DeliveryHealth } from './delivery-health.ts';
import type { SweepOptions, SweepReport } from './sweep-options.ts';

/** A flow of any event and any needs, as `compose` takes it into its list. */
export type AnyFlow = {
  readonly name: string;
  readonly version: number;
  readonly on: EventType;
  readonly from?: string | undefined;
  readonly needs: Needs;
  readonly lane?: 'urgent' | 'normal' | 'bulk' | undefined;
  readonly holds?: 'key' | 'run' | undefined;
  readonly stale?: 'run' | 'drop' | undefined;
  key(event: never): string;
  run(context: never): Promise<void>;
};
type Unmet<S, N extends Needs> = {
  [R in keyof N & string]: R extends keyof S
    ? S[R] extends Offers<N[R][number]>
      ? never
      : `system '${R}' does not offer all of: ${N[R][number]}`
    : `no system is named '${R}'`;
}[keyof N & string];
/** Flows whose needs are met by these systems; a flow whose needs are not becomes the sentence that says why. */
export type Fits<S, F extends readonly AnyFlow[]> = {
  readonly [I in keyof F]: [Unmet<S, F[I]['needs']>] extends [never] ? F[I] : Unmet<S, F[I]['needs']>;
};

/** What the integration tells whoever listens. Losing one loses nothing: everything here is in the stores too. */
export interface Signals {
  /** The error has its cause, which is not in the stored record. */
  'exception.opened': [ExceptionRecord, CommerceError];
  'run.finished': [{ readonly run: string; readonly flow: string; readonly attempts: number }];
  'run.retried': [
    {
      readonly run: string;
      readonly flow: string;
      readonly attempt: number;
      readonly dueAt: string;
      readonly error: CommerceError;
    },
  ];
  /** An older state of a record that came after a newer one: its run was ended without doing anything. */
  'event.stale': [{ readonly run: string; readonly flow: string; readonly system: string; readonly event: string }];
  /**
   * This worker lost its job to another one, as when its process stood still for longer than its lease. Nothing of the
   * attempt lands after that; the error is `lease.lost`.
   */
  'run.lost': [
    { readonly run: string; readonly flow: string; readonly attempt: number; readonly error: CommerceError },
  ];
  /** The error says why a delivery that was good could not be stored. */
  'delivery.refused': [
    { readonly system: string; readonly reason: string; readonly error?: CommerceError | undefined },
  ];
  /** A sweep found facts that the system had not told by webhook or message: look at what is subscribed there. */
  'webhooks.missed': [DeliveryHealth];
  /** The system has delivered nothing for longer than `silentAfterMs`. */
  'webhooks.silent': [DeliveryHealth];
  /** It delivers again: after it was silent, or as a sweep saw, which missed nothing and found a later fact told. */
  'webhooks.recovered': [DeliveryHealth];
  'delivery.repeated': [{ readonly system: string; readonly deliveryId: string }];
}

/** How the jobs ended that a call of `work` ran. */
export type WorkReport = {
  readonly done: number;
  readonly retried: number;
  readonly parked: number;
  /** Milliseconds until something else becomes due; `undefined` when nothing waits. */
  readonly nextInMs: number | undefined;
};

/**
 * A composed integration: what comes in, what is pulled, the work on both, and the desk for what waits for a person.
 */
export interface Integration<S> {
  /** Verify, drop duplicates, store, answer. The work happens in `work`. */
  receive(system: keyof S & string, request: Request): Promise<Response>;
  /**
   * Takes one message of the queue into which a platform writes: read, drop duplicates, store. Delete it from the queue
   * when this has answered, and leave it there when this throws; one that always throws belongs in the dead letters.
   */
  take(system: keyof S & string, message: QueueMessage): Promise<'stored' | 'already'>;
  /**
   * Pulls from the saved cursor, or for a first time from `updatedAfter`, a moment that has come; turns records into events,
   * and saves the cursor with them.
   */
  poll(
    system: keyof S & string,
    operation: Extract<OperationName, `${string}.pull`>,
    options?: { readonly updatedAfter?: string; readonly signal?: AbortSignal },
  ): Promise<{ readonly pages: number; readonly records: number; readonly started: number }>;
  /**
   * Restores what webhooks and messages lost, and what became visible too late for a poll: reads what changed lately once
   * more and begins the runs that are missing. Call it every hour or so, beside `poll` or instead of it.
   */
  sweep(
    system: keyof S & string,
    operation: Extract<OperationName, `${string}.pull`>,
    options?: SweepOptions,
  ): Promise<SweepReport>;
  /**
   * Whether each system that tells by webhook or message still does: platforms end subscriptions without a word. Tells a
   * signal where that changed since it was asked last; a sweep asks at its end.
   */
  health(): Promise<readonly DeliveryHealth[]>;
  /** Runs what is due and returns. Call it from your own worker, cron or queue. */
  work(options?: {
    readonly limit?: number;
    readonly concurrency?: number;
    readonly signal?: AbortSignal;
  }): Promise<WorkReport>;
  readonly exceptions: ExceptionDesk & ReplayPlanner & StrayCheck;
  readonly signals: EventEmitter<Signals>;
}

/** What `compose` makes an integration of. The compiler refuses a flow that needs what no system offers. */
export interface ComposeOptions<S extends Readonly<Record<string, ConnectorBase>>, F extends readonly AnyFlow[]> {
  readonly systems: S;
  readonly flows: F & Fits<S, F>;
  readonly ownership: Ownership<keyof S & string>;
  readonly stores: Stores;
  /**
   * The name of this integration, the same in every process that shares the stores. Default `integration`. Stores belong to
   * the first that uses them: under another name every call is refused as `wiring.invalid`.
   */
  readonly name?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** How long a worker may hold a run without a sign of life. Default 60 000; renewed while it works. */
  readonly leaseMs?: number | undefined;
  /**
   * How long one attempt of a job may take before a person is asked, in milliseconds. Default 21 600 000, six hours: longer
   * than any batch that waits for a platform's allowance. Without it a few jobs that wait for nothing would stop a worker.
   */
  readonly attemptMs?: number | undefined;
  /**
   * Attempts for a technical error before a person is asked. Default 8. Attempts that ended because a system could not be
   * reached or because the worker was told to stop are not counted.
   */
  readonly maxAttempts?: number | undefined;
  /** First delay of a run's retry, doubled each time and spread by chance. Default 5 000. At most an hour, also when a platform asks for more. */
  readonly retryDelayMs?: number | undefined;
  /** Wait before an uncertain write is looked up again, longer than a platform may take to finish it. Default 60 000. */
  readonly settleMs?: number | undefined;
  /**
   * How long a run waits for a system that cannot be reached before a person is asked, in milliseconds. Default
   * 86 400 000, a day: an outage of some hours parks nothing. It is tried at least every ten minutes.
   */
  readonly outageMs?: number | undefined;
  /**
   * How long a system may deliver nothing before `health` calls it silent, in milliseconds. Default 86 400 000, a day: the
   * busier the shop, the shorter.
   */
  readonly silentAfterMs?: { readonly [N in keyof S]?: number | undefined } | undefined;
  /** Values that must never appear in an exception or in the audit, besides what redaction finds by itself. */
  readonly secrets?: readonly string[] | undefined;
}
