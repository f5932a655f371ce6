/** When a circuit opens and closes. */
export interface CircuitSettings {
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** How long it stays open before calls may try. */
  readonly coolDownMs: number;
  /** So many calls may try at a time then, and so many have to go well before it closes. */
  readonly probes: number;
}

/** What became of a call that was let through. `unknown` says nothing of the platform: the call never got there. */
export type Health = 'well' | 'unwell' | 'unknown';

/** What is known of a platform's health at one moment. Plain data, so that it can be kept anywhere. */
export type Circuit = {
  /** Failures in a row. */
  inARow: number;
  /** `undefined`: it is closed. */
  openedAt?: number | undefined;
  /** Changes whenever it opens or closes: calls that left before say nothing of the platform's health since then. */
  generation: number;
  /** Probes that went well since it opened. */
  wentWell: number;
  nextProbe: number;
  /** Those that are out, and since when. */
  probes: { readonly id: number; since: number }[];
};

/** A call that was let through: when, and as which probe. */
export type Pass = { readonly generation: number; readonly probe?: number };

/** A platform of which nothing bad is known. */
export function closedCircuit(): Circuit {
  return { inARow: 0, generation: 0, wentWell: 0, nextProbe: 0, probes: [] };
}

/** Lets a call through, or says how long none is let through. Changes the circuit. */
export function enter(
  circuit: Circuit,
  now: number,
  { coolDownMs, probes }: CircuitSettings,
): Pass | { readonly retryAfterMs: number } {
  const { generation } = circuit;
  if (circuit.openedAt === undefined) return { generation };
  // At most the cool down, also when the clock was set back.
  circuit.openedAt = Math.min(circuit.openedAt, now);
  const restMs = circuit.openedAt + coolDownMs - now;
  if (restMs > 0) return { retryAfterMs: restMs };
  for (const probe of circuit.probes) probe.since = Math.min(probe.since, now);
  // While probes are out nobody knows. One that is not heard of for a whole cool down may never be.
  circuit.probes = circuit.probes.filter(({ since }) => since + coolDownMs > now);
  if (circuit.probes.length >= probes) {
    return { retryAfterMs: Math.min(...circuit.probes.map(({ since }) => since + coolDownMs - now)) };
  }
  const probe = circuit.nextProbe++;
  circuit.probes.push({ id: probe, since: now });
  return { generation, probe };
}

/** Takes in what became of a call. Changes the circuit. */
export function report(circuit: Circuit, pass: Pass, health: Health, now: number, settings: CircuitSettings): void {
  if (pass.generation !== circuit.generation) return;
  // One that comes back late must not take the place of the probe that went after it.
  circuit.probes = circuit.probes.filter(({ id }) => id !== pass.probe);
  if (health === 'unknown') return;
  if (health === 'unwell') {
    circuit.inARow++;
    if (pass.probe !== undefined || circuit.inARow >= settings.failures) turn(circuit, now);
    return;
  }
  circuit.inARow = 0;
  if (pass.probe === undefined) return;
  circuit.wentWell++;
  if (circuit.wentWell >= settings.probes) turn(circuit, undefined);
}

function turn(circuit: Circuit, openedAt: number | undefined): void {
  circuit.openedAt = openedAt;
  circuit.inARow = 0;
  circuit.wentWell = 0;
  circuit.probes = [];
  circuit.generation++;
}
