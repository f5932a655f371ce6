import * as z from 'zod';

const statusDetailSchema = z.object({
  id: z.number().nullish(),
  name: z.string().nullish(),
  inventory_id: z.number().nullish(),
});
export type WireStatusDetail = z.infer<typeof statusDetailSchema>;

const inventoryItemSchema = z.object({
  id: z.number().nullish(),
  quantity: z.number().nullish(),
  lot: z.string().nullish(),
  expiration_date: z.string().nullish(),
  serial_numbers: z.array(z.string()).nullish(),
});
export type WireInventoryItem = z.infer<typeof inventoryItemSchema>;

const shipmentProductSchema = z.object({
  id: z.number().nullish(),
  reference_id: z.string().nullish(),
  sku: z.string().nullish(),
  quantity: z.number().nullish(),
  external_line_id: z.number().nullish(),
  inventory_items: z.array(inventoryItemSchema).nullish(),
});
export type WireShipmentProduct = z.infer<typeof shipmentProductSchema>;

const trackingSchema = z.object({
  carrier: z.string().nullish(),
  carrier_service: z.string().nullish(),
  tracking_number: z.string().nullish(),
  tracking_url: z.string().nullish(),
  scac: z.string().nullish(),
});

const cartonSchema = z.object({ barcode: z.string().nullish() });
const parentCartonSchema = z.object({ cartons: z.array(cartonSchema).nullish() });

/** A part of an order that leaves together. */
export const shipmentSchema = z.object({
  id: z.number().int(),
  status: z.string(),
  status_details: z.array(statusDetailSchema).nullish(),
  location: z.object({ id: z.number().nullish() }).nullish(),
  tracking: trackingSchema.nullish(),
  measurements: z.object({ total_weight_oz: z.number().nullish() }).nullish(),
  products: z.array(shipmentProductSchema).nullish(),
  parent_cartons: z.array(parentCartonSchema).nullish(),
  ship_option: z.string().nullish(),
  created_date: z.string().nullish(),
  last_update_at: z.string().nullish(),
  last_tracking_update_at: z.string().nullish(),
  actual_fulfillment_date: z.string().nullish(),
  delivery_date: z.string().nullish(),
});
export type WireShipment = z.infer<typeof shipmentSchema>;
