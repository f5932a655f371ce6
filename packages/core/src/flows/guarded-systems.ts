import type { ConnectorBase } from '../connector/connector.ts';
import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { writeOperations, type OperationName, type WriteOperation } from '../ports/catalogue.ts';
import type { Lane, WriteOptions } from '../ports/options.ts';
import type { Needs } from './flow.ts';
import { anySignal, assureRight, isGone, throwIfGone } from '../policies/signal-fence.ts';
import type { JobLease } from './job-lease.ts';
import type { Steps } from './steps.ts';

type Method = (...args: readonly unknown[]) => unknown;
/** A write that a flow asks for. */
export interface Write {
  readonly system: string;
  readonly operation: WriteOperation;
  readonly request: readonly unknown[];
  readonly options: WriteOptions;
  /** How long the platform honours the key. `undefined`: the connector sees to it that a repeat is harmless at any time. */
  readonly keyValidMs?: number | undefined;
  /** Aborted: the attempt that it belongs to is over, and nothing may hold its key any longer. */
  readonly signal?: AbortSignal | undefined;
  /** Takes over the storing of its end, see `idempotentWrite`. */
  readonly onEnding?: ((ending: Promise<void>) => void) | undefined;
  /**
   * Sends this request or a part of it, under the write's key or one that begins with it. The signal is aborted when
   * somebody else has taken the write over.
   */
  readonly send: (part: {
    readonly request: readonly unknown[];
    readonly idempotencyKey: string;
    readonly taken: AbortSignal;
  }) => Promise<unknown>;
}
/** Stands between a flow and its reads. */
export type Reading = (
  read: () => unknown,
  at: { readonly system: string; readonly operation: OperationName },
) => unknown;
/** Sends one write under its key, however often it is asked. */
export type SendOnce = (write: Write) => Promise<unknown>;

/**
 * The systems as a flow sees them: what it needs and nothing else. A write is refused outside of a step and under a key
 * that is not the step's, because nobody could tell on a replay whether it happened.
 */
export function guardedSystems(
  systems: Readonly<Record<string, ConnectorBase>>,
  needs: Needs,
  {
    steps,
    lane,
    lease,
    sendOnce,
    onWrite,
    onDoubt,
    reading = (read) => read(),
  }: {
    readonly steps: Pick<Steps, 'underWay' | 'keys' | 'hold'> & Partial<Pick<Steps, 'land' | 'landed'>>;
    readonly lane: Lane;
    readonly lease: Pick<JobLease, 'signal' | 'writeSignal' | 'lost' | 'lose'>;
    readonly sendOnce: SendOnce;
    /** Told of the key of every write before it is begun. */
    readonly onWrite?: ((key: string) => void) | undefined;
    /** Told of every write that may have happened without anybody knowing. */
    readonly onDoubt: () => void;
    /** Makes a read, or does something else in its place. Default: makes it. */
    readonly reading?: Reading | undefined;
  },
): Readonly<Record<string, unknown>> {
  const guarded: Record<string, Record<string, Record<string, Method>>> = {};
  for (const [system, operations] of Object.entries(needs)) {
    const ports: Record<string, Record<string, Method>> = {};
    for (const operation of operations) {
      const [port = '', verb = ''] = operation.split('.');
      const method = methodOf(systems[system], port, verb);
      (ports[port] ??= {})[verb] = isWrite(operation)
        ? (...args) => write(system, operation, args, method)
        : (...args) => {
            const about = aboutNothing.has(operation) ? [] : [args[0]];
            const given = args[about.length] as object | undefined;
            return reading(() => method(...about, { lane, signal: lease.signal, ...given }), { system, operation });
          };
    }
    guarded[system] = ports;
  }
  return guarded;

  // Async, so that a refusal is a rejection like every other end of a write.
  async function write(system: string, operation: WriteOperation, args: readonly unknown[], method: Method) {
    const request = args.slice(0, -1);
    // Every write takes its options last; where no compiler looked, the key is missing and refused below.
    const given = args.at(-1) as Partial<WriteOptions> | undefined;
    const idempotencyKey = given?.idempotencyKey ?? '';
    if (!steps.underWay(idempotencyKey)) throw outsideOfStep(system, operation, idempotencyKey, steps.keys);
    // An attempt that has ended, lost its lease or was told to stop sends nothing more, and begins no key.
    await assureRight(lease.writeSignal);
    throwIfGone(lease.writeSignal);
    lease.signal.throwIfAborted();
    // A write may build on what one before it gave, so that one's end is stored first.
    await steps.landed?.();
    // The step's own signal says that nothing more may begin. What was sent may come to its end, and is cut off later.
    const own = given?.signal === undefined || given.signal === lease.signal ? [] : [given.signal];
    const options = { lane, ...given, idempotencyKey };
    const send: Write['send'] = async (part) => {
      const signal = anySignal([lease.writeSignal, part.taken, ...own]);
      // Storing the key took its time, and a connector may send by a client that makes no check.
      await assureRight(lease.writeSignal);
      if (isGone(lease.writeSignal)) throw unsent(system, operation, lease.writeSignal);
      return method(...part.request, { ...options, idempotencyKey: part.idempotencyKey, signal });
    };
    const keyValidMs = systems[system]?.traits[operation]?.keyValidMs;
    const failed = (error: unknown): never => {
      if (!isCommerceError(error) || error.code === 'write.uncertain') onDoubt();
      // A write that was stopped says that it was stopped; why is what the flow has to hear.
      if (lease.lost && !isCommerceError(error, 'lease.lost')) throw lease.lose(error);
      throw error;
    };
    const { land } = steps;
    const onEnding = land && ((ending: Promise<void>) => land(ending.catch(failed)));
    onWrite?.(idempotencyKey);
    const { writeSignal: over } = lease;
    const ask: Write = { system, operation, request, options, keyValidMs, signal: over, onEnding, send };
    return steps.hold(sendOnce(ask).catch(failed));
  }
}

/** Reads that are asked for everything there is: their options come first. */
const aboutNothing: ReadonlySet<OperationName> = new Set(['webhooks.subscriptions']);

function isWrite(operation: OperationName): operation is WriteOperation {
  return (writeOperations as readonly OperationName[]).includes(operation);
}

/** `compose` has seen that the method is there. */
function methodOf(connector: ConnectorBase | undefined, port: string, verb: string): Method {
  const ports = connector as unknown as Readonly<Record<string, Readonly<Record<string, Method>>>>;
  return (...args) => ports[port]?.[verb]?.(...args);
}

function unsent(system: string, operation: string, { reason }: AbortSignal): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `"${operation}" was not sent to "${system}": its attempt was over before its key was stored. Nothing was changed; the next attempt sends it.`,
    system,
    operation,
    cause: reason,
  });
}

function outsideOfStep(system: string, operation: string, key: string, keys: readonly string[]): CommerceError {
  const expected = keys.map((held) => `"${held}"`).join(' or ');
  return new CommerceError({
    code: 'flow.defect',
    message:
      keys.length === 0
        ? `"${operation}" was not sent to "${system}": it was called outside of a step, so a replay could not tell that it happened. Call it inside step(name, ({ key }) => …) with that key.`
        : `"${operation}" was not sent to "${system}": its idempotency key is "${key}", and the step at work has ${expected}. Hand the step's key to the write; for a second write in one step append "/" and a word.`,
    system,
    operation,
  });
}
