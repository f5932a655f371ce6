import * as z from 'zod';

/** Of a webhook what its list shows: never its secret. recorded on WooCommerce 10.0.2, 2026-11-23 */
const webhookSchema = z.object({
  id: z.int().positive(),
  name: z.string().catch(''),
  /** `active`, `paused` or `disabled`. */
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});
export type WireWebhook = z.infer<typeof webhookSchema>;

export const webhooksSchema = z.array(webhookSchema);

/** Of one that was made or ended only its number is used: the list is read again. */
export const webhookDoneSchema = z.object({ id: z.int().positive() });
