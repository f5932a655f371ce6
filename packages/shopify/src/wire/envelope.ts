import * as z from 'zod';

/** Parts that are not as they should be are as good as left out: how a call went must be readable all the same. */
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const graphqlErrorSchema = z.object({
  message: z.string().catch(''),
  path: lenient(z.array(z.union([z.string(), z.number()]))),
  extensions: lenient(z.object({ code: lenient(z.string()), requiredAccess: lenient(z.string()) })),
});
export type GraphQLError = z.infer<typeof graphqlErrorSchema>;

/** The parts of a GraphQL answer that say how it went, whatever was asked. All optional: refusals leave out most. */
export const envelopeSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(graphqlErrorSchema).optional(),
  extensions: lenient(
    z.object({
      cost: lenient(
        z.object({
          requestedQueryCost: z.number().nonnegative(),
          actualQueryCost: z.number().nonnegative().nullable().optional(),
          throttleStatus: lenient(
            z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() }),
          ),
        }),
      ),
      search: lenient(
        z.array(
          z.object({ warnings: lenient(z.array(z.object({ field: lenient(z.string()), message: z.string() }))) }),
        ),
      ),
    }),
  ),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** An error body outside GraphQL: text or an object, never a list. shopify.dev, Admin API status codes. */
export const plainErrorsSchema = z.object({ errors: z.union([z.string(), z.record(z.string(), z.unknown())]) });
