import type { ConnectorBase, Offers, OperationName, TraitCatalogue } from '@crossdock/core';
import type { TestClock } from '../fake/clock.ts';
import type { FakePlatform } from '../fake/platform.ts';
import type { Given, Scenery } from './scenery.ts';

/** What a law gets. The platform's state is nobody's business here: the scenery knows it. */
export interface Trial<O extends OperationName> {
  readonly platform: FakePlatform<unknown>;
  readonly clock: TestClock;
  readonly connector: ConnectorBase & Offers<O>;
  /** Another connector on the same platform, as another process would have it; on what all of them share, if given. */
  connect(given?: Given): ConnectorBase & Offers<O>;
  readonly scenery: Pick<Scenery<unknown>, O & keyof Scenery<unknown>>;
  readonly secrets: readonly string[];
}

/** A law about every connector, whatever it offers. What it needs it finds out by `can`. */
export interface OpenTrial extends Omit<Trial<never>, 'connector' | 'connect' | 'scenery'> {
  readonly connector: ConnectorBase;
  connect(given?: Given): ConnectorBase;
  readonly scenery: Partial<Scenery<unknown>>;
}

type Applies = (traits: Partial<TraitCatalogue>, scenery: Partial<Scenery<unknown>>) => boolean;

/** A promise that every connector keeps which offers the operations it is about. */
export interface Law<Id extends string = string> {
  /** `operation/what-holds`. */
  readonly id: Id;
  /** The law is for connectors that offer all of these. */
  readonly operations: readonly OperationName[];
  /** The law is for connectors with these traits, on platforms whose scenery has these parts. Left out, for all. */
  readonly applies?: Applies | undefined;
  /** Throws when the law is broken. */
  check(trial: OpenTrial): Promise<void>;
}

/** A law about some operations; its trial has them, typed. */
export function law<const Id extends string, const O extends OperationName>(definition: {
  readonly id: Id;
  readonly operations: readonly O[];
  readonly applies?: Applies | undefined;
  readonly check: (trial: Trial<O>) => Promise<void>;
}): Law<Id> {
  const { id, operations, applies, check } = definition;
  // A law is checked only where all of its operations are offered, so the trial is one of these operations.
  return { id, operations, applies, check: (trial) => check(trial as unknown as Trial<O>) };
}
