import type { EventEmitter } from 'eventemitter3';
import type { ConnectorBase } from '../connector/connector.ts';
import type { Redact } from '../exceptions/redaction.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import type { FlowIndex } from './flow-index.ts';
import type { Signals } from './integration.ts';

/** What every part of one integration works with. */
export interface Parts {
  readonly systems: Readonly<Record<string, ConnectorBase>>;
  readonly flows: FlowIndex;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly random: Random;
  readonly signals: EventEmitter<Signals>;
  readonly leaseMs: number;
  readonly attemptMs: number;
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
  readonly settleMs: number;
  readonly outageMs: number;
  /** How long a system may deliver nothing before that is remarkable. */
  readonly silentAfterMs: (system: string) => number;
  /** Takes secrets and personal data out of what will be stored. */
  readonly redact: Redact;
}

/** The clock's moment as it is stored. */
export function moment(clock: Pick<Clock, 'now'>, inMs = 0): string {
  return new Date(clock.now() + inMs).toISOString();
}

/**
 * The store's moment, as it is stored. All machines have it in common, so it alone can be held against what the store
 * itself wrote down. One round trip; not inside a unit of work.
 */
export function storeMoment({ shared }: Pick<Stores, 'shared'>): Promise<string> {
  return shared.update('moment', (_state, now) => ({ result: new Date(now).toISOString() }));
}
