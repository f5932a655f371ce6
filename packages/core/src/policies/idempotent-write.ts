import type * as z from 'zod';
import { mayHaveWritten } from '../errors/may-have-written.ts';
import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore, KeyAge } from '../ports/stores.ts';
import { fingerprint } from '../rules/fingerprint.ts';
import { beginWrite } from './begin-write.ts';
import { isForgotten } from './key-validity.ts';
import { renewLease } from './lease-renewal.ts';
import { withFence } from './signal-fence.ts';
import { stopwatch, type Stopwatch } from './stopwatch.ts';
import { codeOf, corruptResult, doubted, inFlight, leaseLost, outlived, reused, unstored } from './write-errors.ts';

/** What a send may know of the attempt that it is. */
export interface WriteAttempt {
  /** Whether an earlier attempt may have been carried out. */
  readonly isRepeat: boolean;
  /** When the oldest attempt began that may have been carried out; of the first one its own beginning. */
  readonly since: string;
  /** When this is, by the same clock: the store's, which all processes have in common. */
  readonly at: string;
}

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
   * the lease is lost, after which somebody else may make it. Hand it to the HTTP client, or call `throwIfGone` with it
   * just before a request goes out.
   */
  readonly send: (signal: AbortSignal, attempt: WriteAttempt) => Promise<R>;
  /**
   * Whether a result is the end of the write. After one that is not, such as a refusal that changed nothing, the key is
   * free again. Default: every result is.
   */
  readonly isEnd?: ((result: R) => boolean) | undefined;
  /**
   * Whether a result says that nobody knows, as the answer to a batch of which each item is in doubt. After one the key is in
   * doubt, and is sent again under the rules for that. Default: no result does.
   */
  readonly isInDoubt?: ((result: R) => boolean) | undefined;
  /**
   * What to do when an earlier attempt may have been carried out. `stop`, the default: throw `write.uncertain` for a
   * person. `send`: send again, because the platform honours the key. A function looks the record up: its result ends
   * the write, `undefined` means that it is certainly not there.
   */
  readonly afterDoubt?: 'stop' | 'send' | ((signal: AbortSignal) => Promise<R | undefined>) | undefined;
  /**
   * How long the platform honours a key, in milliseconds from the first request with it. A key in doubt that is older, less
   * a margin for clocks that differ, is not sent again: it ends as `write.uncertain` for a person. Default: for ever.
   */
  readonly validForMs?: number | undefined;
  /**
   * What to do while somebody else makes this write. `refuse`, the default: throw `write.in-flight`. `wait`: give the
   * result when it is there, or make the write when the other could not.
   */
  readonly whileRunning?: 'refuse' | 'wait' | undefined;
  /** Longest wait for somebody else, in milliseconds; then `write.in-flight`. Default 60 000. */
  readonly longestWaitMs?: number | undefined;
  /**
   * Aborted: waits for nobody any more. What was sent is not stopped by it; give it to the request for that. The key is
   * renewed no more: what has come to no end when its lease runs out is in doubt.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Takes over the storing of the end, so that the result is there a moment sooner: nothing else may be changed on the
   * strength of it before `ending` has resolved. It rejects with what this call would throw. Left out, it is waited for.
   */
  readonly onEnding?: ((ending: Promise<void>) => void) | undefined;
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
  const { clock } = options;
  const { begun, asked } = await beginWrite(options, await fingerprint(options.request));
  switch (begun.state) {
    case 'done':
      return storedResult(begun.result, options);
    case 'running':
      throw inFlight(options, begun.until, clock.now());
    case 'conflict':
      throw reused(options);
    case 'started':
      return alive({ ...begun, ageMs: 0, asked, isDoubted: false }, options, (held) => attempt(held, options));
    case 'uncertain':
      return alive({ ...begun, asked, isDoubted: true }, options, (held) => resume(held, options));
  }
}

/** What the store said of a key that it gave us, and what has passed since it was asked. */
interface Taken extends KeyAge {
  readonly lease: string;
  readonly asked: Stopwatch;
  /** Whether an attempt before this one may have been carried out. */
  readonly isDoubted: boolean;
}

/** A key that is ours. */
interface Held extends Taken {
  /** For look-ups, which may be made at any age of the key. */
  readonly signal: AbortSignal;
  /** For sends: gone as well when the platform may have forgotten the key. */
  readonly sendSignal: AbortSignal;
  /** Since when the platform knows the key, once it may have forgotten it. */
  forgotten(): string | undefined;
}

/** Holds the key for as long as `work` takes. */
async function alive<R extends Json>(
  taken: Taken,
  options: IdempotentWriteOptions<R>,
  work: (held: Held) => Promise<R>,
): Promise<R> {
  const { store, key, leaseMs, clock, validForMs, signal } = options;
  const { lease } = taken;
  const gone = new AbortController();
  const tooOld = new AbortController();
  const renewal = renewLease({
    renew: () => store.renew(key, lease, leaseMs),
    onLost: () => gone.abort(leaseLost(options, 'it was under way')),
    clock,
    leaseMs,
    asked: taken.asked,
  });
  const checkLease = () => {
    if (!renewal.holds()) gone.abort(leaseLost(options, 'it was not sent yet'));
  };
  // A send that takes no notice of its end would keep the key from everybody. What is left of the lease is its time to end.
  const letGo = () => renewal.stop();
  if (signal?.aborted) letGo();
  else signal?.addEventListener('abort', letGo, { once: true });
  // A request of this very attempt may be one that the platform forgets, as when the next had to wait for so long.
  let known =
    taken.isDoubted && options.afterDoubt === 'send' ? { since: taken.since, ageMs: () => ageOf(taken) } : undefined;
  const checkAge = () => {
    known ??= { since: storeMoment(taken), ageMs: stopwatch(clock) };
    if (validForMs === undefined || !isForgotten(known.ageMs(), validForMs)) return;
    tooOld.abort(outlived(options, known.since, validForMs));
  };
  try {
    return await work({
      ...taken,
      signal: withFence(gone.signal, checkLease, () => renewal.assure()),
      sendSignal: withFence(
        AbortSignal.any([gone.signal, tooOld.signal]),
        () => {
          checkLease();
          checkAge();
        },
        () => renewal.assure(),
      ),
      forgotten: () => (tooOld.signal.aborted ? known?.since : undefined),
    });
  } finally {
    renewal.stop();
    signal?.removeEventListener('abort', letGo);
  }
}

/** An earlier attempt may have been carried out: find that out first, or stop. */
async function resume<R extends Json>(held: Held, options: IdempotentWriteOptions<R>): Promise<R> {
  const { afterDoubt = 'stop', validForMs } = options;
  const { lease, signal, since } = held;
  if (afterDoubt === 'send' && validForMs !== undefined && isForgotten(ageOf(held), validForMs)) {
    return stop(lease, outlived(options, since, validForMs), options);
  }
  if (afterDoubt === 'send') return attempt(held, options);
  if (afterDoubt === 'stop') return stop(lease, doubted(options), options);
  let found: R | undefined;
  try {
    found = await afterDoubt(signal);
  } catch (error) {
    return stop(lease, error, options);
  }
  if (found !== undefined) return finished(lease, found, options);
  return attempt({ ...held, isDoubted: false, since: storeMoment(held) }, options);
}

async function stop<R extends Json>(lease: string, error: unknown, options: IdempotentWriteOptions<R>): Promise<never> {
  await stored('doubt', lease, error, options);
  throw error;
}

/** While an earlier attempt may still have been carried out, no failure of this one frees the key. */
async function attempt<R extends Json>(held: Held, options: IdempotentWriteOptions<R>): Promise<R> {
  const { lease, since, isDoubted: isRepeat, sendSignal } = held;
  let result: R;
  try {
    result = await options.send(sendSignal, { isRepeat, since, at: storeMoment(held) });
  } catch (error) {
    const isOpen = isRepeat || mayHaveWritten(error);
    const knownSince = held.forgotten();
    const isOutlived = isOpen && knownSince !== undefined && options.validForMs !== undefined;
    const failure = isOutlived ? outlived(options, knownSince, options.validForMs) : error;
    await stored(isOpen ? 'doubt' : 'release', lease, failure, options);
    throw failure;
  }
  if (options.isInDoubt?.(result) === true) {
    await stored('doubt', lease, undefined, options);
    return result;
  }
  if (options.isEnd?.(result) === false) {
    await stored(isRepeat ? 'doubt' : 'release', lease, undefined, options);
    return result;
  }
  return finished(lease, result, options);
}

async function finished<R extends Json>(lease: string, result: R, options: IdempotentWriteOptions<R>): Promise<R> {
  const ending = storeEnd(lease, result, options);
  if (options.onEnding) options.onEnding(ending);
  else await ending;
  return result;
}

async function storeEnd<R extends Json>(lease: string, result: R, options: IdempotentWriteOptions<R>): Promise<void> {
  if ((await options.store.finish(options.key, lease, result)) === 'finished') return;
  throw leaseLost(options, 'it was carried out');
}

/** Stores how a failed attempt ended. Its failure goes on to the caller, unless storing fails too: then both do. */
async function stored<R extends Json>(
  end: 'doubt' | 'release',
  lease: string,
  failure: unknown,
  options: IdempotentWriteOptions<R>,
): Promise<void> {
  let answer: string;
  try {
    answer = await options.store[end](options.key, lease);
  } catch (error) {
    throw unstored(options, failure, error);
  }
  if (answer === 'lost') throw leaseLost(options, `it ended as "${codeOf(failure)}"`, failure);
}

function storedResult<R extends Json>(result: Json, options: IdempotentWriteOptions<R>): R {
  const parsed = options.result.safeParse(result);
  if (parsed.success) return parsed.data;
  throw corruptResult(options, parsed.error.issues.map(({ path }) => `"${path.join('.')}"`).join(', '));
}

/** How long ago the oldest attempt began. */
function ageOf({ ageMs, asked }: Taken): number {
  return ageMs + asked();
}

/** What the store's clock shows now, or a little less. */
function storeMoment(taken: Taken): string {
  return new Date(Date.parse(taken.since) + ageOf(taken)).toISOString();
}
