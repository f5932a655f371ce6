import type { Random } from '@crossdock/core';
import type { TestClock } from './clock.ts';
import { testClock } from './clock.ts';
import { faultBoard, type Fault, type Faults } from './faults.ts';
import { journal, type Journal } from './journal.ts';
import { seededRandom } from './random.ts';
import type { WebhookFeed } from './webhook-feed.ts';

/** What every fake takes. */
export interface FakeOptions {
  /** Shared by everything in one world. Default a new automatic one. */
  readonly clock?: TestClock | undefined;
  /** Chance of the fake: weather, ids. Default 1; the same seed gives the same world. */
  readonly seed?: number | undefined;
}

/** One handler, two doors: `fetch` in process, `listen` (from `@crossdock/testing/listen`) for a socket. State is kept. */
export interface FakePlatform<S> {
  readonly name: string;
  /** What `fetch` answers for. A client may also use the origin of a listening door. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly state: S;
  readonly clock: TestClock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly webhooks: WebhookFeed;
}

/** The parts that a fake is built on: clock, chance, faults and journal. */
export interface Bench {
  readonly clock: TestClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly journal: Journal;
}

/**
 * The parts of a new fake, with a clock and a seed of its own where none is given. With the names that its calls can have,
 * faults for other names are refused.
 */
export function bench(options: FakeOptions, operations?: ReadonlySet<string>): Bench {
  return {
    clock: options.clock ?? testClock(),
    random: seededRandom(options.seed ?? 1),
    faults: faultBoard(operations),
    journal: journal(),
  };
}

/** How a fake's requests are named and handled. */
export interface DoorOptions {
  readonly origin: string;
  /** The fake's name for what is asked, so that faults and the journal can speak of it. */
  readonly operation: (request: Request, body: string) => string;
  /** The platform itself. `rest` lets simulated time pass while it works on a request: so many milliseconds, or until something is done. */
  readonly handle: (request: Request, rest: Rest) => Promise<Response> | Response;
  /** The platform's own way to say "too many requests". */
  readonly throttled: (retryAfterSeconds: number, body: string) => Response;
  /** How many requests the platform works on at one moment. Default as many as come. */
  readonly capacity?: Capacity | undefined;
}

interface Capacity {
  readonly requests: number;
  /** The answer to one request more; `undefined` where the platform has room for such a request all the same. */
  readonly full: (operation: string, body: string) => Response | undefined;
}

/**
 * Puts faults and the journal in front of a platform's handler. A dropped connection rejects, as `fetch` does. A client
 * that gives up gets nothing, but cancels nothing: what the platform has begun it finishes.
 */
export function door({ clock, faults, journal: log }: Bench, options: DoorOptions): typeof globalThis.fetch {
  let working = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    // A body can be read once: the text is kept for the journal, and the handler gets its own request.
    const body = request.body ? await request.text() : '';
    const headers = Object.fromEntries(request.headers);
    const operation = options.operation(new Request(request, bodyOf(request, body)), body);
    const at = clock.now();
    const handle = (rest: Rest) => options.handle(copyOf(request, headers, body), rest);
    const { pathname, search } = new URL(request.url);
    const write = (status: number) =>
      log.record({
        operation,
        method: request.method,
        path: pathname + search,
        headers,
        requestBody: body,
        status,
        at,
      });
    const refused = working >= capacityOf(options) ? options.capacity?.full(operation, body) : undefined;
    if (refused) {
      write(refused.status);
      return refused;
    }
    working++;
    const answering = work(clock, (rest) =>
      answer(
        faults.take(operation),
        () => handle(rest),
        (retryAfterSeconds) => options.throttled(retryAfterSeconds, body),
        rest,
        (ms) => void late(clock, ms, handle),
      ),
    ).finally(() => void working--);
    try {
      const response = await unlessGivenUp(answering, request.signal);
      write(response.status);
      return response;
    } catch (error) {
      write(0);
      throw error;
    }
  };
}

const capacityOf = ({ capacity }: DoorOptions) => capacity?.requests ?? Number.POSITIVE_INFINITY;

/** Lets simulated time pass while a platform works: so many milliseconds, or until what it waits for is done. */
export type Rest = (until: number | Promise<unknown>) => Promise<void>;

/** Keeps the clock from going on while the platform works, except where it rests. */
export async function work<T>(clock: TestClock, job: (rest: Rest) => Promise<T> | T): Promise<T> {
  let release = clock.hold();
  try {
    return await job(async (until) => {
      release();
      await (typeof until === 'number' ? clock.sleep(until) : until);
      release = clock.hold();
    });
  } finally {
    release();
  }
}

function unlessGivenUp<T>(working: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    void working.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function bodyOf(request: Request, body: string): RequestInit {
  return request.method === 'GET' || request.method === 'HEAD' ? {} : { body };
}

function copyOf(request: Request, headers: Record<string, string>, body: string): Request {
  return new Request(request.url, { method: request.method, headers, ...bodyOf(request, body) });
}

/** Works on a request after whoever sent it is gone. */
async function late(clock: TestClock, ms: number, handle: (rest: Rest) => Promise<Response> | Response): Promise<void> {
  await clock.sleep(ms);
  await work(clock, handle);
}

async function answer(
  fault: Fault | undefined,
  handle: () => Promise<Response> | Response,
  throttled: (retryAfterSeconds: number) => Response,
  rest: Rest,
  workLater: (ms: number) => void,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return handle();
    case 'answer':
      return new Response(fault.body ?? '', { status: fault.status, headers: fault.headers ?? {} });
    case 'throttle':
      return throttled(fault.retryAfterSeconds);
    case 'drop':
      if (fault.when === 'after') await handle();
      throw new TypeError('fetch failed');
    case 'late':
      workLater(fault.ms);
      throw new TypeError('fetch failed');
    case 'fail-after':
      await handle();
      return new Response(fault.body ?? '', { status: fault.status });
    case 'slow': {
      const response = await handle();
      await rest(fault.ms);
      return response;
    }
    case 'malformed': {
      const response = await handle();
      const text = await response.text();
      return new Response(text.slice(0, Math.floor(text.length / 2)), {
        status: response.status,
        headers: response.headers,
      });
    }
  }
}
