import type { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent, EventType } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { Offers, OperationName } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lane } from '../ports/options.ts';
import type { LinkStore } from '../ports/stores.ts';

/** The operations that a flow needs, by the name of the system that has to offer them. */
export type Needs = Readonly<Record<string, readonly OperationName[]>>;
/** The systems as a flow may use them: each with the operations that the flow needs of it, and no others. */
export type SystemsFor<N extends Needs> = { readonly [R in keyof N]: Offers<N[R][number]> };

/** What a step's work gets. `key` is stable across attempts, processes and replays; hand it to the write. */
export interface StepTools {
  readonly key: string;
  readonly signal: AbortSignal;
  /** 1 on the first attempt of the run. */
  readonly attempt: number;
}

/** How a step differs from the ordinary one. */
export interface StepOptions {
  /**
   * A key of the business instead of the run's own, for what several runs may want done and only one may do: two first
   * orders of account "17850" make one customer under "customer/17850". All of them have to ask for the same thing.
   */
  readonly key?: string | undefined;
  /**
   * Says that the step changes something besides the systems of its flow, such as a mail or a file: a plan of a replay names
   * it and does not run it. Default false.
   */
  readonly outside?: boolean | undefined;
}

/** What a run works with: its event, the systems it needs, what is linked, and its steps. */
export interface FlowContext<E extends EventType, N extends Needs> {
  readonly event: CommerceEvent<E>;
  readonly systems: SystemsFor<N>;
  readonly links: LinkStore;
  readonly clock: Pick<Clock, 'now'>;
  /**
   * Runs `work` once per run and stores its result; a replay gets the stored result. If the process dies after `work`
   * finished and before the result was stored, `work` runs again, so hand `key` to the write.
   */
  readonly step: <T extends Json | void>(
    name: string,
    work: (tools: StepTools) => Promise<T>,
    options?: StepOptions,
  ) => Promise<T>;
  /** Stops here and opens an exception; a replay resumes at this step. */
  readonly raise: (error: CommerceError) => never;
}

/** What is done about one kind of event, in steps that survive a crash. Made with `defineFlow`. */
export interface Flow<E extends EventType = EventType, N extends Needs = Needs> {
  readonly name: string;
  /** Raise it when steps change; a started run finishes on the version it began with. */
  readonly version: number;
  readonly on: E;
  /** Only events of this system; left out, of every system. */
  readonly from?: string | undefined;
  readonly needs: N;
  /** Default `normal`. */
  readonly lane?: Lane | undefined;
  /**
   * What waits while a run is before a person. `key`: every later run with its key, because it may build on this one. `run`:
   * only itself, where each run begins from what is there, as a publication of stock does; replayed, it goes on behind those
   * of its key that came meanwhile. Default `key`, and `run` with `stale: 'drop'`, where a newer state builds on no older.
   */
  readonly holds?: 'key' | 'run' | undefined;
  /**
   * What becomes of a state of a record that is older than one which this flow has begun on: `run`, the default, or
   * `drop`, for a flow that takes the whole record over, as the newer state had all of it. Only for events that end in
   * `.updated`, and all states of a record need the same `key`. A run with a write in doubt keeps its key until a person
   * decides: that write may still arrive, and must not do so after one of a newer state. Of two states of one moment the system is asked which one
   * it has; where a record cannot be read alone, both run as they came.
   */
  readonly stale?: 'run' | (E extends `${string}.updated` ? 'drop' : never) | undefined;
  /** Runs with the same key go one after another, also across flows. */
  key(event: CommerceEvent<E>): string;
  run(context: FlowContext<E, N>): Promise<void>;
}

/** Declares a flow; `needs` decides which systems and operations `run` can reach. */
export function defineFlow<const E extends EventType, const N extends Needs>(flow: Flow<E, N>): Flow<E, N> {
  return flow;
}
