import * as z from 'zod';
import { closedCircuit, enter, report, type Circuit, type CircuitSettings, type Health, type Pass } from './circuit.ts';

const count = z.number().nonnegative();
const processSchema = z.object({
  /** It is made of a moment of the store's clock, which may be any. */
  id: z.number(),
  /** When it last had something to say. */
  heardAt: z.number(),
  /** When a call of it last went well, as far as it told. Gone when the circuit opens. */
  wellAt: z.number().optional(),
  /** Its own failures in a row. */
  inARow: count,
  /** The generation of the open circuit in which it last asked to be let through. */
  askedIn: z.number().optional(),
  /** Since when it waits for its next turn to probe: its last probe failed then, or it came while the circuit was open. */
  turnSince: z.number().optional(),
});
type CallingProcess = z.infer<typeof processSchema>;

/** What is kept of the health that all processes see, and of each that called lately. */
export const sharedCircuitSchema = z.object({
  inARow: count,
  /** When the first of the failures in a row happened. */
  rowSince: z.number(),
  openedAt: z.number().optional(),
  /** Made of a moment where a state was begun again. */
  generation: z.number(),
  wentWell: count,
  nextProbe: count,
  probes: z.array(z.object({ id: count, since: z.number() })),
  nextProcess: z.number(),
  processes: z.array(processSchema),
});

/** A circuit for all processes, with what each of them saw. Plain data. */
export type SharedCircuit = Circuit &
  Pick<z.infer<typeof sharedCircuitSchema>, 'rowSince' | 'nextProcess' | 'processes'>;

/** No call is let through for so long. `yields`: it could be, but it is the turn of a process that waits for longer. */
export type Refusal = { readonly retryAfterMs: number; readonly yields?: boolean };

/** So many processes are kept at most, so that the state stays small where each lives for one call. */
const mostKept = 64;
/** Processes tell that their calls go well three times in that time, and at most once a second. */
const leastLatelyMs = 3_000;

/** For so long the word of a process that its calls go well holds against the failures of others. */
export function latelyMs({ coolDownMs }: CircuitSettings): number {
  return Math.max(coolDownMs, leastLatelyMs);
}

/** A platform of which nothing bad is known, and nobody who calls it. */
export function closedSharedCircuit(nextProcess: number): SharedCircuit {
  return { ...closedCircuit(), rowSince: 0, nextProcess, processes: [] };
}

/** The same a while earlier: all that happened in it is as long ago by a clock that is so much behind. */
export function circuitEarlier(circuit: SharedCircuit, byMs: number): SharedCircuit {
  const moved = (at: number | undefined) => (at === undefined ? undefined : at - byMs);
  return {
    ...circuit,
    rowSince: circuit.rowSince - byMs,
    openedAt: moved(circuit.openedAt),
    probes: circuit.probes.map((probe) => ({ ...probe, since: probe.since - byMs })),
    processes: circuit.processes.map((process) => ({
      ...process,
      heardAt: process.heardAt - byMs,
      wellAt: moved(process.wellAt),
      turnSince: moved(process.turnSince),
    })),
  };
}

/**
 * Lets a call of this process through, or says how long none is let through. While the circuit is open, one whose probe
 * failed leaves the next probe to those who ask and wait for longer, for a whole cool down. Changes the circuit.
 */
export function enterShared(
  circuit: SharedCircuit,
  id: number,
  now: number,
  settings: CircuitSettings,
): Pass | Refusal {
  const { generation, openedAt } = circuit;
  const known = circuit.processes.find((process) => process.id === id);
  if (openedAt === undefined) {
    if (!known) hear(circuit, id, now, settings);
    return { generation };
  }
  if (known?.askedIn !== generation) {
    const own = hear(circuit, id, now, settings);
    own.askedIn = generation;
    if (!known) own.turnSince = now;
  }
  const coolMs = now - openedAt;
  const yields = coolMs >= settings.coolDownMs && coolMs < 2 * settings.coolDownMs && isOthersTurn(circuit, id);
  if (yields) return { retryAfterMs: 2 * settings.coolDownMs - coolMs, yields };
  return enter(circuit, now, settings);
}

/**
 * Takes in what became of a call of this process, and when one of its calls went well before. Failures in a row open the
 * circuit for all unless a call of another process went well lately, and none of that one's failed since. Changes the
 * circuit.
 */
export function reportShared(
  circuit: SharedCircuit,
  id: number,
  {
    pass,
    health,
    wellBefore,
  }: { readonly pass: Pass; readonly health: Health; readonly wellBefore: number | undefined },
  now: number,
  settings: CircuitSettings,
): void {
  const { generation } = circuit;
  if (pass.generation !== generation) return;
  const own = hear(circuit, id, now, settings);
  const wellAt = health === 'well' ? now : wellBefore;
  if (wellAt !== undefined) {
    own.wellAt = Math.max(wellAt, own.wellAt ?? wellAt);
    if (health === 'well' || wellAt > circuit.rowSince) circuit.inARow = 0;
  }
  if (health === 'well') own.inARow = 0;
  if (health === 'unwell') {
    if (circuit.inARow === 0) circuit.rowSince = now;
    own.inARow++;
    if (pass.probe !== undefined) own.turnSince = now;
  }
  const opensForAll = !circuit.processes.some((other) => other.id !== id && goesWell(other, now, settings));
  report(circuit, pass, health, now, opensForAll ? settings : { ...settings, failures: Number.POSITIVE_INFINITY });
  if (circuit.generation === generation) return;
  for (const process of circuit.processes) {
    process.inARow = 0;
    // What went well before it opened says nothing of the platform any more.
    if (circuit.openedAt !== undefined) delete process.wellAt;
    else delete process.turnSince;
  }
}

function goesWell({ inARow, wellAt }: CallingProcess, now: number, settings: CircuitSettings): boolean {
  return inARow === 0 && wellAt !== undefined && now - wellAt < latelyMs(settings);
}

function isOthersTurn({ processes, generation }: SharedCircuit, id: number): boolean {
  const since = processes.find((process) => process.id === id)?.turnSince;
  if (since === undefined) return false;
  return processes.some((other) => other.askedIn === generation && (other.turnSince ?? since - 1) < since);
}

/** Notes that a process is there, and forgets those of which nothing was heard for long. */
function hear(circuit: SharedCircuit, id: number, now: number, settings: CircuitSettings): CallingProcess {
  const own = circuit.processes.find((process) => process.id === id) ?? { id, heardAt: now, inARow: 0 };
  own.heardAt = now;
  const others = circuit.processes
    .filter((other) => other.id !== id && other.heardAt + 2 * latelyMs(settings) > now)
    // Those whose calls go well are the last that may be forgotten.
    .toSorted(
      (a, b) =>
        (b.wellAt ?? Number.NEGATIVE_INFINITY) - (a.wellAt ?? Number.NEGATIVE_INFINITY) || b.heardAt - a.heardAt,
    );
  circuit.processes = [own, ...others.slice(0, mostKept - 1)];
  return own;
}
