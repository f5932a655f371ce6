import * as z from 'zod';

// Notifications API v1 and the notification schemas of 2026-08-05. Keys are read in small letters: some types of the
// same envelope begin them with a capital, others do not.

export const envelopeSchema = z.object({
  notificationtype: z.string().min(1),
  notificationmetadata: z.object({ notificationid: z.string().min(1) }),
  payload: z.record(z.string(), z.unknown()),
});
export type WireEnvelope = z.infer<typeof envelopeSchema>;

/** What happened to an order. Whose it is, and how it is shipped, never changes; everything else is only a hint. */
export const orderChangeSchema = z.object({
  orderchangenotification: z.object({
    sellerid: z.string(),
    amazonorderid: z.string().min(1),
    summary: z.object({ marketplaceid: z.string().nullish(), fulfillmenttype: z.string().nullish() }).nullish(),
  }),
});
