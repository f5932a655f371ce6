import * as z from 'zod';

/** The answer to a cancellation. It comes with status 200 whether anything was canceled or not. */
export const cancelAnswerSchema = z.object({
  status: z.string(),
  canceled_shipment_results: z
    .array(
      z.object({
        shipment_id: z.number().nullish(),
        is_success: z.boolean().nullish(),
        reason: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type WireCancelAnswer = z.infer<typeof cancelAnswerSchema>;
