import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import { releasePayloadSchema } from '../exceptions/later-release.ts';
import type { Json } from '../model/json.ts';
import { anyRefSchema } from '../model/ref.ts';

/** The one queue of an integration. */
export const queue = 'integration';

/** An error as a job keeps it until the job runs. Redacted before it is stored. */
const keptErrorSchema = z.object({ code: z.string(), message: z.string() });

const deliveryPortSchema = z.enum(['webhooks', 'notifications']);
/** The port by which a delivery came: the same one has to read it. */
export type DeliveryPort = z.infer<typeof deliveryPortSchema>;

const jobPayloadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: z.string() }),
  z.object({
    kind: z.literal('decode'),
    system: z.string(),
    deliveryId: z.string(),
    // Jobs that were stored before this was noted have none.
    via: deliveryPortSchema.optional(),
  }),
  z.object({
    kind: z.literal('reread'),
    system: z.string(),
    operation: z.string(),
    ref: anyRefSchema.optional(),
    /** Of the state that could not be understood. Jobs that were stored before this was noted have none. */
    version: z.string().optional(),
    error: keptErrorSchema,
  }),
  releasePayloadSchema,
]);

/**
 * What a job does. `run`: goes on with a run of a flow. `decode`: turns a stored delivery into events. `reread`: reads a
 * record again that a page had and nobody could understand. `release`: lets a replay begin at its moment.
 */
export type JobPayload = z.infer<typeof jobPayloadSchema>;
/** What a job reads again, and why. */
export type RereadPayload = Extract<JobPayload, { kind: 'reread' }>;

/**
 * The run that a job goes on with, under which its exception and its notes are filed. Any other job is its own. A run whose
 * exception holds up nothing else has another job after each time that it was put before a person or replayed.
 */
export function runOfJob({ id, payload }: { readonly id: string; readonly payload: Json }): string {
  const parsed = jobPayloadSchema.safeParse(payload);
  return parsed.success && parsed.data.kind === 'run' ? parsed.data.run : id;
}

/** What a job reads again; `undefined` for any other job. */
export function rereadOfJob({ payload }: { readonly payload: Json }): RereadPayload | undefined {
  const parsed = jobPayloadSchema.safeParse(payload);
  return parsed.success && parsed.data.kind === 'reread' ? parsed.data : undefined;
}

/** Reads what was stored. Throws `flow.defect` for what another version of this package may have written. */
export function parsePayload(job: string, payload: Json): JobPayload {
  const parsed = jobPayloadSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new CommerceError({
    code: 'flow.defect',
    message: `Job "${job}" was not begun: its payload is of no kind that this version knows. Run it with the version that stored it, then replay.`,
  });
}
