import * as z from 'zod';

/** The parts of a GraphQL answer that say how it went, whatever was asked. All optional: refusals leave out most. */
export const envelopeSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string().optional(), requiredAccess: z.string().optional() }).optional(),
      }),
    )
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number(),
          actualQueryCost: z.number().nullable().optional(),
          throttleStatus: z
            .object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() })
            .optional(),
        })
        .optional(),
      search: z
        .array(
          z.object({
            warnings: z.array(z.object({ field: z.string().optional(), message: z.string() })).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** An error body outside GraphQL: text or an object, never a list. shopify.dev, Admin API status codes. */
export const plainErrorsSchema = z.object({ errors: z.union([z.string(), z.record(z.string(), z.unknown())]) });
