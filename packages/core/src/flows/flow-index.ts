import { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { AnyFlow } from './integration.ts';

/** The flows of one integration, by what they listen to and by the version that a run began with. */
export interface FlowIndex {
  /** The newest version of every flow that wants this event. */
  listening(event: CommerceEvent): readonly AnyFlow[];
  version(name: string, version: number): AnyFlow | undefined;
  /** The versions that there are of a flow, for saying what is missing. */
  versions(name: string): readonly number[];
}

export function flowIndex(flows: readonly AnyFlow[]): FlowIndex {
  const newest = new Map<string, AnyFlow>();
  for (const flow of flows) {
    if (flow.version > (newest.get(flow.name)?.version ?? Number.NEGATIVE_INFINITY)) newest.set(flow.name, flow);
  }
  return {
    listening: ({ type, system }) =>
      [...newest.values()].filter(({ on, from }) => on === type && (from === undefined || from === system)),
    version: (name, version) => flows.find((flow) => flow.name === name && flow.version === version),
    versions: (name) => flows.filter((flow) => flow.name === name).map(({ version }) => version),
  };
}

/** The key of the flow for an event that it listens to. Throws what the flow throws, and when it gives no text. */
export function flowKey(flow: AnyFlow, event: CommerceEvent): string {
  // A flow is looked up by the type of the event, so its key function takes this one.
  const key: unknown = flow.key(event as never);
  if (typeof key === 'string') return key;
  throw new CommerceError({
    code: 'flow.defect',
    message: `Flow "${flow.name}" has no key for event "${event.id}": its key function gave ${key === null ? 'null' : `a value of type "${typeof key}"`} where a text is needed. Give every event a key, then replay.`,
  });
}
