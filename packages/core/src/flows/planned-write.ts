import type { PlannedKey, PlannedWrite } from '../exceptions/replay-plan.ts';
import type { Redact } from '../exceptions/redaction.ts';
import { isForgotten } from '../policies/key-validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore, KeyState } from '../ports/stores.ts';
import { storedForm } from '../rules/json-text.ts';
import type { SendOnce, Write } from './guarded-systems.ts';
import { sendOnce } from './send-once.ts';
import type { Standstill } from './standstill.ts';

/**
 * Takes each write of a flow the way that a replay takes it, up to the moment at which it would be sent: there it is noted,
 * and what it gives stays unknown. A write that was done gives its stored result.
 */
export function plannedWrites({
  store,
  clock,
  redact,
  still,
  stepOf,
  note,
}: {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly still: Standstill;
  readonly stepOf: (key: string) => string;
  readonly note: (write: PlannedWrite) => void;
}): SendOnce {
  return (write) => {
    const { system, operation, options } = write;
    const known = new Map<string, PlannedKey>();
    const noted = (key: string, request: readonly unknown[]) => {
      const summary = storedForm(request.length === 1 ? request[0] : request, `The request of write "${key}"`);
      const step = stepOf(options.idempotencyKey);
      note({
        kind: 'write',
        step,
        system,
        operation,
        key,
        request: redact(summary),
        known: known.get(key) ?? { state: 'new' },
      });
    };
    const looking: IdempotencyStore = {
      ...changesNothing,
      peek: (key, fingerprint) => store.peek(key, fingerprint),
      async begin(key, fingerprint) {
        const state = await still.during(store.peek(key, fingerprint));
        known.set(key, knownOf(state, write));
        switch (state?.state) {
          case undefined:
          case 'free':
            return { state: 'started', lease: '', since: new Date(clock.now()).toISOString() };
          case 'uncertain':
            if (known.get(key)?.state === 'expired') noted(key, write.request);
            return { ...state, lease: '' };
          case 'running':
            noted(key, write.request);
            return still.unknown();
          case 'done':
          case 'conflict':
            noted(key, write.request);
            return state;
        }
      },
    };
    const planned: Write = {
      ...write,
      send({ request, idempotencyKey }) {
        noted(idempotencyKey, request);
        return still.unknown();
      },
    };
    // Nothing is held, so no lease has to be renewed either.
    return sendOnce(looking, standing(clock), Number.MAX_SAFE_INTEGER)(planned);
  };
}

function knownOf(state: KeyState | undefined, { keyValidMs }: Write): PlannedKey {
  switch (state?.state) {
    case undefined:
    case 'free':
      return { state: 'new' };
    case 'uncertain':
      return isForgotten(state.ageMs, keyValidMs)
        ? { state: 'expired', since: state.since }
        : { state: 'uncertain', since: state.since };
    case 'running':
      return { state: 'running', until: state.until };
    case 'done':
    case 'conflict':
      return { state: state.state };
  }
}

const changesNothing = {
  renew: async () => 'renewed',
  finish: async () => 'finished',
  release: async () => 'released',
  doubt: async () => 'doubted',
} as const satisfies Partial<IdempotencyStore>;

/** A clock on which nothing becomes due. */
function standing(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    sleep: () => new Promise<never>(() => {}),
    deadline: () => ({ signal: new AbortController().signal, clear: () => {} }),
  };
}
