import type { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent, EventType } from '../model/event.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkStore, RunRecord } from '../ports/stores.ts';
import type { FlowContext, Needs } from './flow.ts';
import { flowKey } from './flow-index.ts';
import type { AnyFlow } from './integration.ts';

/** Runs the code of a flow on its event. */
export async function callFlow(
  flow: AnyFlow,
  event: CommerceEvent,
  {
    systems,
    links,
    clock,
    step,
  }: {
    /** What the flow needs of each system. */
    readonly systems: Readonly<Record<string, unknown>>;
    readonly links: LinkStore;
    readonly clock: Pick<Clock, 'now'>;
    readonly step: FlowContext<EventType, Needs>['step'];
  },
): Promise<void> {
  // A run whose key could not be computed when it began fails here, where a person sees why.
  flowKey(flow, event);
  const context = {
    event,
    systems,
    links,
    clock: { now: () => clock.now() },
    step,
    raise(error: CommerceError): never {
      throw error;
    },
  };
  // The flow is looked up by name and version, listens to this event, and `systems` holds all of its needs.
  await flow.run(context as never);
}

/** The event that a run was started on. */
export function eventOf({ event }: Pick<RunRecord, 'event'>): CommerceEvent {
  // Only `startRuns` writes events into runs, and it writes what connectors gave as events.
  return event as CommerceEvent;
}
