import { anyRefSchema, type Ref } from '../model/ref.ts';

/** A record as it could be read, and when it changed last, where it says so. */
export interface ReadableState {
  readonly ref: Ref;
  readonly updatedAt: string | undefined;
}

/** The state that a record or the data of an event is; `undefined` for what carries no reference. */
export function stateOf(record: unknown): ReadableState | undefined {
  if (typeof record !== 'object' || record === null || !('ref' in record)) return undefined;
  const ref = anyRefSchema.safeParse(record.ref).data;
  const updatedAt = 'updatedAt' in record && typeof record.updatedAt === 'string' ? record.updatedAt : undefined;
  return ref && { ref, updatedAt };
}

/**
 * Whether a state was there before the version that a problem names: a copy that lags behind shows such. Versions that are
 * no moments say nothing of that.
 */
export function isBefore({ updatedAt }: Pick<ReadableState, 'updatedAt'>, version: string | undefined): boolean {
  return msOf(updatedAt) < msOf(version);
}

const momentPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?$/;

/** NaN for what is no moment. A moment without a zone is one of UTC. */
function msOf(text: string | undefined): number {
  const [, day, time, zone = 'Z'] = momentPattern.exec(text ?? '') ?? [];
  return Date.parse(`${day}T${time}${zone}`);
}
