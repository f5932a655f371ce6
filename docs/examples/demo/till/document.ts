import * as z from 'zod';

/** One line of a document, as the till wrote it. `quantity` is negative where goods come back or are written off. */
export const tillLineSchema = z.object({
  id: z.string(),
  code: z.string(),
  description: z.string(),
  quantity: z.number().int(),
  unitPrice: z.string(),
});
export type TillLine = z.infer<typeof tillLineSchema>;

/**
 * One invoice number of the till. A `sale` is what the shop takes in as an order. A `cancellation` gives something back.
 * A `correction` has no customer and no price: somebody counted, lost or wrote off stock and used the till to say so.
 */
export const tillDocumentSchema = z.object({
  number: z.string(),
  kind: z.enum(['sale', 'cancellation', 'correction']),
  account: z.string().optional(),
  country: z.string(),
  writtenAt: z.string(),
  lines: z.array(tillLineSchema).min(1),
});
export type TillDocument = z.infer<typeof tillDocumentSchema>;

// The team's own facts, beside the ones that Crossdock knows.
declare module '@crossdock/core' {
  interface EventCatalogue {
    'till.cancellation': TillDocument;
    'till.correction': TillDocument;
  }
}
