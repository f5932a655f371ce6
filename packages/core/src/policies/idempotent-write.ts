import type * as z from 'zod';
import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { mayHaveWritten } from '../errors/may-have-written.ts';
import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore } from '../ports/stores.ts';
import { fingerprint } from '../rules/fingerprint.ts';
import { withFence } from './signal-fence.ts';
import { renewLease } from './lease-renewal.ts';

/** The write to make once, and how to find out what became of an earlier attempt. */
export interface IdempotentWriteOptions<R extends Json> {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  /** The same key and request: the other system is changed once. */
  readonly key: string;
  /** What is asked of the other system; its fingerprint tells a repeat from another request with the same key. */
  readonly request: Json;
  /** How long nobody else may try without a sign of life from us. Renewed while `send` or a look-up runs. */
  readonly leaseMs: number;
  /** What the write gives back, also when it is read from the store. */
  readonly result: z.ZodType<R>;
  /**
   * Makes the write. Whatever it throws after the write went out has to be `write.uncertain`. The signal is aborted when
   * the lease is lost, after which somebody else may make it.
   */
  readonly send: (signal: AbortSignal) => Promise<R>;
  /**
   * Whether a result is the end of the write. After one that is not, such as a refusal that changed nothing, the key is
   * free again. Default: every result is.
   */
  readonly isEnd?: ((result: R) => boolean) | undefined;
  /**
   * What to do when an earlier attempt may have been carried out. `stop`, the default: throw `write.uncertain` for a
   * person. `send`: send again, because the platform honours the key. A function looks the record up: its result ends
   * the write, `undefined` means that it is certainly not there.
   */
  readonly afterDoubt?: 'stop' | 'send' | ((signal: AbortSignal) => Promise<R | undefined>) | undefined;
  /** For errors. */
  readonly system?: string | undefined;
  readonly operation?: string | undefined;
}

/**
 * Makes a write once for its key, whoever asks and however often, and gives every asker the same result. Key and
 * fingerprint are stored before the send, so an attempt that was lost in between is looked up instead of repeated.
 * Throws `write.in-flight` while somebody else is at it, `key.reused` when the key belongs to another request that was
 * sent and not refused, `write.uncertain` when nobody knows, and `lease.lost` when the lease ran out before the end was
 * stored.
 */
export async function idempotentWrite<R extends Json>(options: IdempotentWriteOptions<R>): Promise<R> {
  const { store, key, leaseMs } = options;
  const begun = await store.begin(key, await fingerprint(options.request), leaseMs);
  switch (begun.state) {
    case 'done':
      return storedResult(begun.result, options);
    case 'running':
      throw inFlight(begun.until, options);
    case 'conflict':
      throw reused(options);
    case 'started':
      return alive(begun.lease, options, (signal) => attempt(begun.lease, false, signal, options));
    case 'uncertain':
      return alive(begun.lease, options, (signal) => resume(begun.lease, signal, options));
  }
}

/** Holds the key for as long as `work` takes. */
async function alive<R extends Json>(
  lease: string,
  options: IdempotentWriteOptions<R>,
  work: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const { store, key, leaseMs, clock } = options;
  const controller = new AbortController();
  const renewal = renewLease({
    renew: () => store.renew(key, lease, leaseMs),
    onLost: () => controller.abort(leaseLost('it was under way', undefined, options)),
    clock,
    leaseMs,
  });
  const check = () => {
    if (!renewal.holds()) controller.abort(leaseLost('it was not sent yet', undefined, options));
  };
  try {
    return await work(withFence(controller.signal, check));
  } finally {
    renewal.stop();
  }
}

/** An earlier attempt may have been carried out: find that out first, or stop. */
async function resume<R extends Json>(
  lease: string,
  signal: AbortSignal,
  options: IdempotentWriteOptions<R>,
): Promise<R> {
  const { afterDoubt = 'stop' } = options;
  if (afterDoubt === 'send') return attempt(lease, true, signal, options);
  if (afterDoubt === 'stop') {
    const error = doubted(options);
    await stored('doubt', lease, error, options);
    throw error;
  }
  let found: R | undefined;
  try {
    found = await afterDoubt(signal);
  } catch (error) {
    await stored('doubt', lease, error, options);
    throw error;
  }
  return found === undefined ? attempt(lease, false, signal, options) : finished(lease, found, options);
}

/** `inDoubt`: an earlier attempt may still have been carried out, so no failure of this one frees the key. */
async function attempt<R extends Json>(
  lease: string,
  inDoubt: boolean,
  signal: AbortSignal,
  options: IdempotentWriteOptions<R>,
): Promise<R> {
  let result: R;
  try {
    result = await options.send(signal);
  } catch (error) {
    await stored(inDoubt || mayHaveWritten(error) ? 'doubt' : 'release', lease, error, options);
    throw error;
  }
  if (options.isEnd?.(result) === false) {
    await stored(inDoubt ? 'doubt' : 'release', lease, undefined, options);
    return result;
  }
  return finished(lease, result, options);
}

async function finished<R extends Json>(lease: string, result: R, options: IdempotentWriteOptions<R>): Promise<R> {
  if ((await options.store.finish(options.key, lease, result)) === 'finished') return result;
  throw leaseLost('it was carried out', undefined, options);
}

/** Stores how a failed attempt ended. Its failure goes on to the caller, unless storing fails too: then both do. */
async function stored(
  end: 'doubt' | 'release',
  lease: string,
  failure: unknown,
  options: Pick<IdempotentWriteOptions<Json>, 'store'> & Told,
): Promise<void> {
  let answer: string;
  try {
    answer = await options.store[end](options.key, lease);
  } catch (error) {
    throw new CommerceError({
      code: 'store.unavailable',
      message: `Write "${options.key}" ended as "${codeOf(failure)}", and that could not be stored. When its lease has run out it counts as uncertain; repeat it then.`,
      system: options.system,
      operation: options.operation,
      cause: new AggregateError([failure, error]),
    });
  }
  if (answer === 'lost') throw leaseLost(`it ended as "${codeOf(failure)}"`, failure, options);
}

type Told = { readonly key: string; readonly system?: string | undefined; readonly operation?: string | undefined };

function storedResult<R extends Json>(result: Json, options: IdempotentWriteOptions<R>): R {
  const parsed = options.result.safeParse(result);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => `"${path.join('.')}"`).join(', ');
  throw new CommerceError({
    code: 'store.corrupt',
    message: `Write "${options.key}" was carried out, but its stored result does not fit at ${places}. Look the record up; compare the version that stored it.`,
    system: options.system,
    operation: options.operation,
  });
}

function inFlight(until: string, options: Told & { readonly clock: Clock }): CommerceError {
  return new CommerceError({
    code: 'write.in-flight',
    message: `Write "${options.key}" was not made: another process is making it until "${until}" at the latest. Repeat it then, its result will be there.`,
    system: options.system,
    operation: options.operation,
    retryAfterMs: Math.max(0, Date.parse(until) - options.clock.now()),
  });
}

function reused({ key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'key.reused',
    message: `Write "${key}" was not made: its key belongs to another request. Give this request its own key.`,
    system,
    operation,
  });
}

function doubted({ key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'write.uncertain',
    message: `Write "${key}" was not repeated: an earlier attempt was sent and its answer is not known. Look the record up there, then resolve or replay.`,
    system,
    operation,
  });
}

function leaseLost(what: string, cause: unknown, { key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'lease.lost',
    message: `Write "${key}" is not stored as ended: ${what}, but its lease had run out and another process has taken over. Repeat it to see how that ended; if this recurs, look for what stops this process for so long.`,
    system,
    operation,
    cause,
  });
}

function codeOf(error: unknown): string {
  if (error === undefined) return 'refused';
  return isCommerceError(error) ? error.code : error instanceof Error ? error.name : typeof error;
}
