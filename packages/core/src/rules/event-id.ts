import type { EventType } from '../model/event.ts';
import type { Ref } from '../model/ref.ts';

/**
 * The id of a fact, the same however it was learnt. Facts that happen once to a record (`order.placed`) have no version;
 * a change has a version that tells it from the change before: the moment, and a mark of the content where two changes may
 * share one.
 */
export function eventId(type: EventType, ref: Ref, version?: string): string {
  const base = `${ref.system}/${ref.kind}/${ref.id}/${type}`;
  return version === undefined ? base : `${base}@${version}`;
}
