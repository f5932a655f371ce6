import type { CommerceEvent } from '../model/event.ts';

/** Orders facts as everybody who has them does, however they came: the oldest first, those of one moment by their ids. */
export function byAge(one: CommerceEvent, other: CommerceEvent): number {
  const later = Date.parse(one.occurredAt) - Date.parse(other.occurredAt);
  if (later !== 0) return later;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
