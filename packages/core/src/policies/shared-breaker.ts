import * as z from 'zod';
import type { Json } from '../model/json.ts';
import type { SharedStore } from '../ports/stores.ts';
import type { BreakerEntry, BreakerSettings } from './breaker.ts';
import { closedCircuit, enter, report, type Circuit, type CircuitSettings, type Pass } from './circuit.ts';
import { sharedMomentSchema, sharedNow, type SharedMoment } from './shared-time.ts';

const version = 1;
/** For so long a process takes for true what it saw, before it looks again. */
const freshMs = 1_000;

const count = z.number().nonnegative();
const stateSchema = z.object({
  version: z.literal(version),
  ...sharedMomentSchema.shape,
  inARow: count,
  openedAt: z.number().optional(),
  generation: count,
  wentWell: count,
  nextProbe: count,
  probes: z.array(z.object({ id: count, since: z.number() })),
});
const anyVersion = z.object({ version: z.number() });

/** What is told of a call is known to all when the promise resolves; `undefined`: it is no news to them. */
type SharedEntry = BreakerEntry<Promise<void> | undefined>;

export interface SharedBreaker {
  /** At once where this process knows, else after a look at what all of them know. */
  enter(): SharedEntry | Promise<SharedEntry>;
}

/**
 * A breaker for all processes that name the same state: failures in a row count whichever process they happen in, and
 * the budget of probes is one for all. A closed circuit costs no more than one look a second and one update for each
 * failure, so the others learn within a second that it opened. While the store cannot be asked, or a newer version wrote
 * the state, a process goes on with what it knows itself. A state that cannot be read counts as open with its cool down
 * over: the first probes decide.
 */
export function sharedBreaker({
  shared,
  name,
  clock,
  ...settings
}: BreakerSettings & { readonly shared: SharedStore; readonly name: string }): SharedBreaker {
  let seen: { circuit: Circuit; now: SharedMoment; ahead: number; lookedAt: number } | undefined;
  let looking: Promise<unknown> | undefined;

  /** Acts on what all processes know, or on what this one knows where they cannot be asked. */
  async function together<T>(act: (circuit: Circuit, now: number) => T): Promise<T> {
    const ahead = seen?.ahead;
    try {
      const { result, ...saw } = await shared.update(name, (kept) => {
        const wallAt = clock.now();
        const read = readCircuit(kept, wallAt, settings);
        const { ahead: nowAhead, ...now } = sharedNow(read.last, wallAt, ahead);
        const before = JSON.stringify(read.circuit);
        const acted = act(read.circuit, now.at);
        const isChanged = read.isRebuilt || JSON.stringify(read.circuit) !== before;
        const next = isChanged ? { version, ...now, ...read.circuit } : undefined;
        return { next, result: { result: acted, circuit: read.circuit, now, ahead: nowAhead, lookedAt: wallAt } };
      });
      seen = saw;
      return result;
    } catch {
      // Whoever needs the store finds that out without us. This process's own failures still open its circuit.
      const wallAt = clock.now();
      seen ??= { circuit: closedCircuit(), now: { at: wallAt, wallAt }, ahead: 0, lookedAt: wallAt };
      seen.lookedAt = wallAt;
      return act(seen.circuit, wallAt + seen.ahead);
    }
  }

  /** What needs no look: a circuit that was closed just now, or one that no process can have closed yet. */
  function withoutLook(): Pass | { readonly retryAfterMs: number } | undefined {
    if (seen === undefined) return undefined;
    const wallAt = clock.now();
    const { circuit, ahead, lookedAt } = seen;
    const isFresh = wallAt >= lookedAt && wallAt - lookedAt < freshMs;
    if (circuit.openedAt === undefined) return isFresh ? { generation: circuit.generation } : undefined;
    const restMs = circuit.openedAt + settings.coolDownMs - (wallAt + ahead);
    return restMs > 0 && restMs <= settings.coolDownMs ? { retryAfterMs: restMs } : undefined;
  }

  function entryOf(entered: Pass | { readonly retryAfterMs: number }): SharedEntry {
    if ('retryAfterMs' in entered) return { open: true, retryAfterMs: entered.retryAfterMs };
    let isReported = false;
    return {
      open: false,
      report(health) {
        if (isReported) return undefined;
        isReported = true;
        const isNews = health === 'unwell' || entered.probe !== undefined || (seen?.circuit.inARow ?? 0) > 0;
        if (!isNews) return undefined;
        return together((circuit, now) => report(circuit, entered, health, now, settings));
      },
    };
  }

  /** Of calls that come together one looks for all, as long as nothing is wrong. */
  async function look(): Promise<SharedEntry> {
    if (looking) {
      await looking;
      const known = withoutLook();
      if (known) return entryOf(known);
    }
    const own = together((circuit, now) => enter(circuit, now, settings));
    looking = own;
    const entered = await own;
    if (looking === own) looking = undefined;
    return entryOf(entered);
  }

  return {
    enter() {
      const known = withoutLook();
      return known ? entryOf(known) : look();
    },
  };
}

type ReadCircuit = {
  readonly circuit: Circuit;
  readonly last: SharedMoment | undefined;
  readonly isRebuilt?: boolean;
};

function readCircuit(kept: Json, wallAt: number, { coolDownMs }: CircuitSettings): ReadCircuit {
  if (kept === undefined) return { circuit: closedCircuit(), last: undefined };
  const { data } = stateSchema.safeParse(kept);
  if (data) {
    const { version: _, at, wallAt: lastWallAt, ...circuit } = data;
    return { circuit, last: { at, wallAt: lastWallAt } };
  }
  const other = anyVersion.safeParse(kept);
  if (other.success && other.data.version > version) {
    throw new Error(`The state of the circuit is of version ${other.data.version}.`);
  }
  // A generation that no call can have left in.
  const circuit = { ...closedCircuit(), generation: wallAt, openedAt: wallAt - coolDownMs };
  return { circuit, last: undefined, isRebuilt: true };
}
