import * as z from 'zod';

// Listings Items API 2021-08-01, model of 2026-08-05.

const submittedSchema = z.array(z.record(z.string(), z.unknown())).nullish();

/** A listing with what buyers see of its stock, and what was last submitted of its stock and offers. */
export const listingSchema = z.object({
  sku: z.string(),
  fulfillmentAvailability: z
    .array(z.object({ fulfillmentChannelCode: z.string(), quantity: z.int().nullish() }))
    .nullish(),
  attributes: z.object({ fulfillment_availability: submittedSchema, purchasable_offer: submittedSchema }).nullish(),
});
export type WireListing = z.infer<typeof listingSchema>;

export const listingPageSchema = z.object({
  items: z.array(listingSchema),
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
});

const issueSchema = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  severity: z.string().nullish(),
});
export type WireIssue = z.infer<typeof issueSchema>;

/** What became of a patch. `INVALID` comes with status 200. */
export const submissionSchema = z.object({
  status: z.enum(['ACCEPTED', 'INVALID']),
  issues: z.array(issueSchema).nullish(),
});
