import * as z from 'zod';

const metaSchema = z.object({ key: z.string(), value: z.unknown() });

/** Fulfillments of the core, from WooCommerce 10.1 on. WooCommerce source at 11.2-dev, read 2026-11-23; not recorded. */
const fulfillmentSchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  is_fulfilled: z.boolean().nullish(),
  date_deleted: z.string().nullish(),
  meta_data: z.array(metaSchema),
});
export type WireFulfillment = z.infer<typeof fulfillmentSchema>;
export const fulfillmentsSchema = z
  .union([z.array(fulfillmentSchema), z.object({ fulfillments: z.array(fulfillmentSchema) })])
  .transform((answer) => (Array.isArray(answer) ? answer : answer.fulfillments));
export const fulfillmentMadeSchema = z
  .union([z.object({ fulfillment: fulfillmentSchema }), fulfillmentSchema])
  .transform((answer) => ('fulfillment' in answer ? answer.fulfillment : answer));

/** Of the extension "Shipment Tracking". woocommerce.com, Shipment Tracking, REST API, read 2026-11-23 */
export const trackingsSchema = z.array(z.object({ tracking_id: z.string(), tracking_number: z.string() }));
export const trackingMadeSchema = z.object({ tracking_number: z.string() });

/** Carriers that the extension makes links for, by country. */
export const providersSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Notes of an order. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const notesSchema = z.array(z.object({ id: z.int().positive(), note: z.string() }));
export const noteMadeSchema = z.object({ id: z.int().positive() });
