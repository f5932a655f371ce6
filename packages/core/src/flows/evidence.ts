import type { CommerceEvent } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { anyRefSchema, type Ref } from '../model/ref.ts';

/** The records that an event is about. A stock level has none of its own, and is about its place. */
export function refsOfEvent({ data }: CommerceEvent): readonly Ref[] {
  return 'ref' in data ? refsIn(data.ref) : 'location' in data ? refsIn(data.location) : [];
}

/** The references that a step gave back, alone or in a list: the records that the run made or found. */
export function refsIn(value: Json | object): readonly Ref[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => refsIn(item));
  const parsed = anyRefSchema.safeParse(value);
  return parsed.success ? [parsed.data] : [];
}
