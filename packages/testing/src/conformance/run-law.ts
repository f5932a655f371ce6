import type { ConnectorBase } from '@crossdock/core';
import type { LawId } from './all-laws.ts';
import { outcomeOf } from './holds.ts';
import type { Law, OpenTrial } from './law.ts';
import type { Ground, Scenery } from './scenery.ts';

/** A law that cannot hold here: the platform's fact that says why, and where it is written. */
export interface Exemption {
  readonly because: string;
  readonly source: string;
}

/** What a connector is checked on: its platform, how to set scenes there, and what cannot hold. */
export interface ConformanceOptions<C extends ConnectorBase, S> {
  /** A fresh platform, for every law. Takes nothing, so both types are inferred. */
  readonly setup: () => Ground<C, S>;
  /** How to set up and look at the platform, for every offered operation that needs it. */
  readonly scenery: { readonly [K in C['operations'][number] & keyof Scenery<S>]: Scenery<S>[K] };
  /** Laws that cannot hold here. One that holds after all fails the suite. */
  readonly exempt?: { readonly [K in LawId]?: Exemption };
  /** Longest time for one law, in milliseconds. Default 60 000: plenty where time is simulated, little on a real server. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Whether a connector offers what the law is about, has the traits that it speaks of, and works on a platform that knows
 * such records.
 */
export function appliesTo(law: Law, connector: ConnectorBase, scenery: object): boolean {
  const offered = law.operations.every((operation) => connector.can(operation));
  return offered && (law.applies?.(connector.traits, scenery) ?? true);
}

/** Checks one law on a fresh platform. Throws when it is broken. */
export async function runLaw<C extends ConnectorBase, S>(law: Law, options: ConformanceOptions<C, S>): Promise<void> {
  const { platform, connect, secrets } = options.setup();
  const trial = {
    platform,
    clock: platform.clock,
    connector: connect(),
    connect,
    scenery: options.scenery,
    secrets,
    // A platform's state goes from the scenery to the scenery: no law looks at it, so its type does not matter here.
  } as unknown as OpenTrial;
  await law.check(trial);
}

/** Checks that an exempt law does not hold. One that holds after all needs no exemption, and hides the day it breaks. */
export async function runExempt<C extends ConnectorBase, S>(
  law: Law,
  options: ConformanceOptions<C, S>,
  exemption: Exemption,
): Promise<void> {
  const ended = await outcomeOf(() => runLaw(law, options));
  if (!ended.ok) return;
  throw new Error(
    `"${law.id}" holds, and is exempt because "${exemption.because}" (${exemption.source}). Take the exemption away.`,
  );
}
