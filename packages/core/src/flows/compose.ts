import { EventEmitter } from 'eventemitter3';
import type { ConnectorBase } from '../connector/connector.ts';
import { exceptionDesk } from '../exceptions/exception-desk.ts';
import { redaction } from '../exceptions/redaction.ts';
import { systemClock } from '../policies/clock.ts';
import { systemRandom } from '../policies/random.ts';
import { askedFirst, belonging } from './belonging.ts';
import { flowIndex } from './flow-index.ts';
import { health } from './health.ts';
import type { AnyFlow, ComposeOptions, Integration, Signals } from './integration.ts';
import type { Parts } from './parts.ts';
import { poll } from './poll.ts';
import { receive } from './receive.ts';
import { replayPlanner } from './replay-planner.ts';
import { findStrays } from './strays.ts';
import { sweep } from './sweep.ts';
import { take } from './take.ts';
import { checkWiring } from './wiring.ts';
import { work } from './work.ts';

/**
 * Puts connectors, flows and stores together. Throws `wiring.invalid` for what could not work, all of it at once and
 * before anything runs. Nothing happens until `receive`, `poll` or `work` is called.
 */
export function compose<const S extends Readonly<Record<string, ConnectorBase>>, const F extends readonly AnyFlow[]>(
  options: ComposeOptions<S, F>,
): Integration<S> {
  const { systems, flows, ownership, stores, clock = systemClock, random = systemRandom } = options;
  checkWiring({ systems, flows, owners: ownership.owners });
  const parts: Parts = {
    systems,
    flows: flowIndex(flows),
    stores,
    clock,
    random,
    signals: new EventEmitter<Signals>(),
    leaseMs: options.leaseMs ?? 60_000,
    attemptMs: options.attemptMs ?? 21_600_000,
    maxAttempts: options.maxAttempts ?? 8,
    retryDelayMs: options.retryDelayMs ?? 5_000,
    settleMs: options.settleMs ?? 60_000,
    outageMs: options.outageMs ?? 86_400_000,
    silentAfterMs: silentAfter(options.silentAfterMs),
    redact: redaction(options.secrets),
  };
  const own = belonging(stores, options.name ?? 'integration');
  return {
    receive: (system, request) => receive(parts, system, request, own),
    async take(system, message) {
      await own();
      return take(parts, system, message);
    },
    async poll(system, operation, pollOptions) {
      await own();
      return poll(parts, system, operation, pollOptions);
    },
    async sweep(system, operation, sweepOptions) {
      await own();
      return sweep(parts, system, operation, sweepOptions);
    },
    async health() {
      await own();
      return health(parts);
    },
    async work(workOptions) {
      await own();
      return work(parts, workOptions);
    },
    exceptions: askedFirst(own, {
      ...exceptionDesk({ stores, clock, redact: parts.redact }),
      ...replayPlanner(parts),
      check: () => findStrays(stores),
    }),
    signals: parts.signals,
  };
}

function silentAfter(bySystem: Readonly<Record<string, number | undefined>> = {}) {
  return (system: string) => (Object.hasOwn(bySystem, system) ? bySystem[system] : undefined) ?? 86_400_000;
}
