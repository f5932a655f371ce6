import type { Clock, Json, Random, Stores } from '@crossdock/core';
import type { Integration } from '@crossdock/core/flows';
import type { TestClock } from '../fake/clock.ts';
import type { FakePlatform } from '../fake/platform.ts';

/**
 * A system outside, which no crash of ours touches: a fake, or anything that answers requests to an origin. What it has in
 * `state` is compared, and what it posts to `webhooks` is delivered to the integration.
 */
export type CrashPlatform = Pick<FakePlatform<unknown>, 'fetch' | 'origin'> &
  Partial<Pick<FakePlatform<unknown>, 'state' | 'webhooks'>> & {
    /** Other origins that it answers for, such as the one that gives out tokens. */
    readonly otherOrigins?: readonly string[] | undefined;
  };
/** The systems outside, by the names under which the integration knows them. */
export type CrashPlatforms = Readonly<Record<string, CrashPlatform>>;

/** What a program runs on here. Hand all of it on: what goes past it cannot be crashed, and is not seen. */
export interface CrashRuntime {
  readonly stores: Stores;
  /** Sends to the platforms, by their origins. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** Stores that live and die with the process: a killing throws away everything but them. */
export interface StoresInProcess {
  readonly live: 'in-process';
  make(clock: Pick<Clock, 'now'>): Stores | Promise<Stores>;
}
/** Stores that another process can open when this one is dead. */
export interface StoresAtPlace {
  readonly live: 'at-place';
  /**
   * Opens the stores of that name, a plain word: fresh ones for a new name or after `remove`, else what is there.
   */
  open(place: string, clock: Pick<Clock, 'now'>): Stores | Promise<Stores>;
  /** Takes away everything of that name. It is called when nobody has it open, also where there is nothing yet. */
  remove(place: string): void | Promise<void>;
}
/** How the stores of one kind are made. */
export type CrashStores = StoresInProcess | StoresAtPlace;

/** What somebody outside may do besides changing the platforms. */
export interface Outside {
  /** A webhook for this system, sent until it is acknowledged. Made anew for each attempt. */
  deliver(system: string, request: () => Request | Promise<Request>): void;
  /** A message in the queue that this system writes to, handed over until it is taken. */
  enqueue(system: string, body: string): void;
}
/** One thing that happens outside, after which the integration works until nothing is left to do. */
export interface Happening<P extends CrashPlatforms> {
  /** "an order is placed". */
  readonly what: string;
  /** Time that passes first, with all that becomes due in it. Default 0. */
  readonly afterMs?: number | undefined;
  readonly happens?: ((platforms: P, outside: Outside) => void | Promise<void>) | undefined;
}
/** What your scheduler pulls. */
export type CrashPoll = {
  readonly system: string;
  readonly operation: Parameters<Integration<unknown>['poll']>[1];
  readonly updatedAfter?: string | undefined;
};
/** Records as they stand outside, by a name for what they are: "odoo sales orders". Without what may differ between runs. */
export type WorldState = Readonly<Record<string, readonly Json[]>>;

/** A program, the world around it, and what happens there: everything needed to crash it anywhere and look what became of it. */
export interface CrashWorld<P extends CrashPlatforms = CrashPlatforms> {
  /**
   * `import.meta.url` of the module that exports this world as its default. With it, processes are really killed and the
   * work is spread over several; without it everything happens in this process.
   */
  readonly module?: string | undefined;
  /** Fresh systems, set up as they stand before the story begins. The same each time. */
  readonly platforms: (clock: TestClock) => P | Promise<P>;
  /** The program: composes on these stores and systems, as yours does when it starts. Called again after each crash. */
  readonly integration: (runtime: CrashRuntime) => CrashIntegration | Promise<CrashIntegration>;
  /** By name: `memory`, `sqlite`, `postgres`. */
  readonly stores: Readonly<Record<string, CrashStores>>;
  readonly story: readonly Happening<P>[];
  /** Pulled after every happening, after every restart, and every five minutes while something is left to do. */
  readonly polls?: readonly CrashPoll[] | undefined;
  /** Systems that write into a queue: what they post goes to `take` in place of `receive`. */
  readonly queues?: readonly string[] | undefined;
  /**
   * Whether a request, by its label ("POST odoo /json/2/sale.order/search_read"), changes nothing: killed after it a process
   * leaves the world as it was before, so it need not be killed twice. Known without this: GET, HEAD and queries in GraphQL.
   */
  readonly isRead?: ((request: string) => boolean) | undefined;
  /**
   * What is compared. Default `recordsOf`: every list in the `state` of every platform. Left out of it is what differs between clean
   * runs, one of which is played a week later; records are called by their place in place of their id. Asked before the story, too.
   */
  readonly state?: ((platforms: P) => WorldState) | undefined;
  /**
   * How many writes may end before a person because nobody can know whether they happened, in all runs together. Default 0,
   * which is right where every connector can look up what it wrote or the platform knows its keys.
   */
  readonly uncertain?: number | undefined;
  /** What has to be true in every end, besides: `undefined` when it is, else what was seen. */
  readonly invariants?: Readonly<Record<string, (platforms: P) => string | undefined>> | undefined;
}

/** The part of an integration that a world makes use of. */
export type CrashIntegration = Pick<Integration<unknown>, 'receive' | 'take' | 'poll' | 'work'>;

/** Declares a world, so that its story knows its platforms. */
export function crashWorld<P extends CrashPlatforms>(world: CrashWorld<P>): CrashWorld<P> {
  return world;
}
