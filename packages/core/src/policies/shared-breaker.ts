import * as z from 'zod';
import type { Json } from '../model/json.ts';
import type { SharedStore } from '../ports/stores.ts';
import type { BreakerEntry, BreakerSettings } from './breaker.ts';
import { closedCircuit, enter, report, type CircuitSettings, type Health, type Pass } from './circuit.ts';
import {
  circuitEarlier,
  closedSharedCircuit,
  enterShared,
  latelyMs,
  reportShared,
  sharedCircuitSchema,
  type Refusal,
  type SharedCircuit,
} from './shared-circuit.ts';
import { stopwatch, type Stopwatch } from './stopwatch.ts';

const version = 1;
/** For so long a process takes for true what it saw, before it looks again. */
const freshMs = 1_000;
/** Under which a process goes by itself that the store has not given a number yet. */
const nameless = -1;
/** What is a probe of the circuit of all tells as much of this process's own. It is none of those that the latter counts. */
const probeOfAll = -1;

const stateSchema = z.object({
  version: z.literal(version),
  /** When it was written, by the store's clock, as all moments in it. */
  at: z.number(),
  /** When it was begun. A state that was lost and begun again gives the numbers of processes again. */
  begunAt: z.number(),
  ...sharedCircuitSchema.shape,
});
const anyVersion = z.object({ version: z.number() });

/** What is told of a call is known to all when the promise resolves; `undefined`: it is no news to them. */
type SharedEntry = BreakerEntry<Promise<void> | undefined>;

export interface SharedBreaker {
  /** At once where this process knows, else after a look at what all of them know. */
  enter(): SharedEntry | Promise<SharedEntry>;
}

/** A call that was let through by the circuit of all, and by that of this process. */
type BothPasses = { readonly all: Pass; readonly own: Pass };
type Entered = BothPasses | Refusal;

interface Seen {
  readonly circuit: SharedCircuit;
  /** When this process looked, by the store's clock. */
  readonly at: number;
  /** The same moment by its own, to measure from. When that is set back it looks again, because the store's may be too. */
  readonly lookedAt: number;
  /** It was the turn of another process to probe. */
  yields?: boolean | undefined;
}

/**
 * A breaker for all processes that name the same state. Failures in a row of one process open its own circuit; they open
 * it for all when they are in a row over all of them, which they are not while the calls of another process go well. The
 * budget of probes is one for all, and goes round: a process whose probe failed leaves the next one to those that ask and
 * wait for longer. A closed circuit costs a look a second, one update for each failure, and a word three times in a cool
 * down that all is well (once a second while calls fail somewhere); the others learn within a second that it opened.
 * While the store cannot be asked, or a newer version wrote the state, a process goes on with what it knows itself. A
 * state that cannot be read counts as open with its cool down over: the first probes decide.
 */
export function sharedBreaker({
  shared,
  name,
  clock,
  ...settings
}: BreakerSettings & { readonly shared: SharedStore; readonly name: string }): SharedBreaker {
  let known: { readonly begunAt: number; readonly id: number } | undefined;
  let seen: Seen | undefined;
  let looking: Promise<unknown> | undefined;
  /** The generation in which it last asked to be let through. Before it did, no turn to probe is kept for it. */
  let askedIn: number | undefined;
  /** Its own. What closes the circuit for all closes this one too, unless a probe of this process failed. */
  let own = closedCircuit();
  let isProbeFailed = false;
  let sinceWell: Stopwatch | undefined;
  let toldWellAt: number | undefined;
  let isToldUnwell = false;

  /** Acts on what all processes know, or on what this one knows where they cannot be asked. */
  async function together<T>(act: (circuit: SharedCircuit, id: number, now: number) => T): Promise<T> {
    const before = known;
    try {
      const { result, as, ...saw } = await shared.update(name, (kept, at) => {
        const { circuit, begunAt, isMended } = readCircuit(kept, at, settings);
        const read = JSON.stringify(circuit);
        const id = before?.begunAt === begunAt ? before.id : circuit.nextProcess++;
        const acted = act(circuit, id, at);
        const isChanged = isMended || JSON.stringify(circuit) !== read;
        const next = isChanged ? { version, at, begunAt, ...circuit } : undefined;
        return { next, result: { result: acted, as: { begunAt, id }, circuit, at, lookedAt: clock.now() } };
      });
      known = as;
      see(saw);
      return result;
    } catch {
      // Whoever needs the store finds that out without us. This process's own failures still open its circuit.
      const lookedAt = clock.now();
      const at = seen ? seen.at + Math.max(0, lookedAt - seen.lookedAt) : lookedAt;
      seen = { circuit: closedSharedCircuit(at), ...seen, at, lookedAt };
      return act(seen.circuit, known?.id ?? nameless, at);
    }
  }

  function see(saw: Seen): void {
    const isClosedSince =
      seen && seen.circuit.generation !== saw.circuit.generation && saw.circuit.openedAt === undefined;
    seen = saw;
    if (!isClosedSince) return;
    if (!isProbeFailed) own = { ...closedCircuit(), generation: own.generation + 1 };
    isProbeFailed = false;
  }

  /** What needs no look: a circuit that was closed just now, or one that no process can have closed yet. */
  function withoutLook(): Entered | undefined {
    if (seen === undefined) return undefined;
    const wallAt = clock.now();
    const { circuit, at, lookedAt, yields } = seen;
    const sinceMs = wallAt - lookedAt;
    const isFresh = sinceMs >= 0 && sinceMs < freshMs;
    if (circuit.openedAt === undefined) {
      const isOwnOpen = own.openedAt !== undefined && own.openedAt + settings.coolDownMs > wallAt;
      return isFresh || isOwnOpen ? enterOwn({ generation: circuit.generation }) : undefined;
    }
    if (askedIn !== circuit.generation) return undefined;
    const restMs = circuit.openedAt + settings.coolDownMs - (at + sinceMs);
    if (yields && isFresh) return { retryAfterMs: Math.max(1, restMs + settings.coolDownMs) };
    return restMs > 0 && restMs <= settings.coolDownMs ? { retryAfterMs: restMs } : undefined;
  }

  function enterOwn(all: Pass): Entered {
    if (all.probe !== undefined) return { all, own: { generation: own.generation, probe: probeOfAll } };
    const entered = enter(own, clock.now(), settings);
    return 'retryAfterMs' in entered ? entered : { all, own: entered };
  }

  function entryOf(entered: Entered): SharedEntry {
    if ('retryAfterMs' in entered) return { open: true, retryAfterMs: entered.retryAfterMs };
    let isReported = false;
    return {
      open: false,
      report(health) {
        if (isReported) return undefined;
        isReported = true;
        return tell(entered, health);
      },
    };
  }

  function tell({ all, own: pass }: BothPasses, health: Health): Promise<void> | undefined {
    const wallAt = clock.now();
    const isProbe = all.probe !== undefined;
    if (all.generation === seen?.circuit.generation) {
      report(own, pass, health, wallAt, settings);
      if (health === 'well') sinceWell = stopwatch(clock);
      if (isProbe && health !== 'unknown') isProbeFailed = health === 'unwell';
    }
    if (!isProbe && (health === 'unknown' || (health === 'well' && !isNews(wallAt)))) return undefined;
    if (health === 'well') toldWellAt = wallAt;
    if (health !== 'unknown') isToldUnwell = health === 'unwell';
    return together((circuit, as, now) => {
      const wellBefore = sinceWell && now - Math.max(0, sinceWell());
      reportShared(circuit, as, { pass: all, health, wellBefore }, now, settings);
    });
  }

  /** Whether others have to know that calls go well here. While some fail, they want to know it sooner. */
  function isNews(wallAt: number): boolean {
    if (isToldUnwell || toldWellAt === undefined || wallAt < toldWellAt) return true;
    const isTrouble = (seen?.circuit.inARow ?? 0) > 0;
    return wallAt - toldWellAt >= (isTrouble ? freshMs : latelyMs(settings) / 3);
  }

  /** Of calls that come together one looks for all, as long as nothing is wrong. */
  async function look(): Promise<SharedEntry> {
    if (looking) {
      await looking;
      const entered = withoutLook();
      if (entered) return entryOf(entered);
    }
    const asking = together((circuit, as, now) => enterShared(circuit, as, now, settings));
    looking = asking;
    const entered = await asking;
    if (looking === asking) looking = undefined;
    if (!('retryAfterMs' in entered)) return entryOf(enterOwn(entered));
    askedIn = seen?.circuit.generation;
    if (seen) seen.yields = entered.yields;
    return entryOf(entered);
  }

  return {
    enter() {
      const entered = withoutLook();
      return entered ? entryOf(entered) : look();
    },
  };
}

type ReadCircuit = {
  readonly circuit: SharedCircuit;
  readonly begunAt: number;
  /** It has to be written, whatever becomes of it. */
  readonly isMended?: boolean;
};

function readCircuit(kept: Json, now: number, { coolDownMs }: CircuitSettings): ReadCircuit {
  const fresh = closedSharedCircuit(now);
  if (kept === undefined) return { circuit: fresh, begunAt: now };
  const { data } = stateSchema.safeParse(kept);
  if (data) {
    const { version: _, at, begunAt, ...circuit } = data;
    // A clock that was set back: everything stays as long ago as it was.
    return now < at ? { circuit: circuitEarlier(circuit, at - now), begunAt, isMended: true } : { circuit, begunAt };
  }
  const other = anyVersion.safeParse(kept);
  if (other.success && other.data.version > version) {
    throw new Error(`The state of the circuit is of version ${other.data.version}.`);
  }
  // Of a generation that nobody can have from a state that is lost.
  return { circuit: { ...fresh, generation: now, openedAt: now - coolDownMs }, begunAt: now, isMended: true };
}
