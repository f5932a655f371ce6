import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import { lanes, type Lane } from '../ports/options.ts';
import { bucketStateSchema, emptyBucket, fullBucket, keptBucket, type BucketOptions } from './allowance.ts';
import type { BucketState } from './allowance.ts';
import type { KeptBucket } from './bucket.ts';
import type { PassedOver } from './lane-order.ts';

const version = 1;
const count = z.number().nonnegative();
/** How many wait in a lane, what the first of them costs, and since when it waits. */
const wishSchema = z.tuple([count, count, z.number()]);
const memberSchema = z.object({
  /** Until when it is believed to be alive. After that what it holds is spent. */
  until: z.number(),
  /** What its calls that are away may cost. */
  held: count,
  /** Until when it comes back for those who wait. After that nobody waits for it. */
  back: z.number(),
  waits: z.partialRecord(z.enum(lanes), wishSchema),
});
const stateSchema = z.object({
  version: z.literal(version),
  /** When it was written, by the store's clock. All other moments in it are as long ago, or as far ahead, as it is. */
  at: z.number(),
  /** When it was begun. A state that was lost and begun again has forgotten who was there. */
  begunAt: z.number(),
  bucket: bucketStateSchema,
  /** What calls have cost that were answered since the beginning. */
  settled: count,
  nextMember: z.number(),
  passedOver: z.object({ urgent: count, normal: count, bulk: count }),
  members: z.record(z.string(), memberSchema),
});
const anyVersion = z.object({ version: z.number() });

/** A process that draws from an allowance. */
export type Member = z.infer<typeof memberSchema>;

/** What processes know together of one allowance, while one of them looks at it. */
export interface SharedAllowance {
  readonly bucket: KeptBucket<BucketState>;
  readonly begunAt: number;
  readonly passedOver: PassedOver;
  readonly members: Map<string, Member>;
  settled: number;
  nextMember: number;
}

/**
 * Reads what is kept of an allowance. Nothing kept is a full one. What cannot be read is an empty one: it fills up again
 * as the platform's does, and nothing is sent that may not fit. What a newer version wrote is refused, because it may
 * know of use that we would not see. Where the store's clock was set back, everything stays as long ago as it was.
 */
export function readAllowance(name: string, kept: Json, options: BucketOptions, now: number): SharedAllowance {
  const fresh = { begunAt: now, passedOver: { urgent: 0, normal: 0, bulk: 0 }, settled: 0, nextMember: now };
  if (kept === undefined) return { ...fresh, bucket: fullBucket(options), members: new Map() };
  const other = anyVersion.safeParse(kept);
  if (other.success && other.data.version > version) throw newerVersion(name, other.data.version);
  const { data } = stateSchema.safeParse(kept);
  const bucket = data && keptBucket(options, data.bucket, data.at);
  if (!data || !bucket) return { ...fresh, bucket: emptyBucket(options, now), members: new Map() };
  const { begunAt, passedOver, settled, nextMember } = data;
  const back = Math.max(0, data.at - now);
  const members = new Map(Object.entries(data.members).map(([key, member]) => [key, earlier(member, back)]));
  return { bucket, begunAt, passedOver, settled, nextMember, members };
}

function earlier({ until, held, back, waits }: Member, byMs: number): Member {
  const moved: Member = { until: until - byMs, held, back: back - byMs, waits: {} };
  for (const lane of lanes) {
    const wish = waits[lane];
    if (wish) moved.waits[lane] = [wish[0], wish[1], wish[2] - byMs];
  }
  return moved;
}

/** What is kept of it from this moment on. */
export function writtenAllowance(allowance: SharedAllowance, at: number): Json {
  const { bucket, begunAt, settled, nextMember, passedOver, members } = allowance;
  const state: z.infer<typeof stateSchema> = {
    version,
    at,
    begunAt,
    bucket: bucket.state(),
    settled,
    nextMember,
    passedOver,
    members: Object.fromEntries(members),
  };
  return state;
}

/** What calls that are away may cost, of all processes. */
export function heldBy(members: ReadonlyMap<string, Member>): number {
  let held = 0;
  for (const member of members.values()) held += member.held;
  return held;
}

/** The lanes in which a process waits, with what it said of them. */
export function wishesOf({ waits }: Member): readonly { lane: Lane; calls: number; cost: number; since: number }[] {
  return lanes.flatMap((lane) => {
    const wish = waits[lane];
    return wish ? [{ lane, calls: wish[0], cost: wish[1], since: wish[2] }] : [];
  });
}

function newerVersion(name: string, found: number): CommerceError {
  return new CommerceError({
    code: 'allowance.unknown',
    message: `The shared state "${name}" is of version ${found}, and this process reads version ${version}. Update this process; until then those that are newer make the calls.`,
  });
}
