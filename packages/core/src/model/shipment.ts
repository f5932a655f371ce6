import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { lotQuantitySchema, quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** Where a shipment is. `returning` and `returned` are on the way back to the sender; `voided` never left. */
export const shipmentStatuses = [
  'created',
  'label-created',
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'exception',
  'returning',
  'returned',
  'voided',
] as const;
/** One of `shipmentStatuses`. */
export type ShipmentStatus = (typeof shipmentStatuses)[number];

/** What of one SKU is in a parcel. `orderLineId` is the id of the order's line where the warehouse repeats it. */
export const parcelLineSchema = z
  .object({
    sku: z.string().min(1),
    quantity: quantitySchema,
    orderLineId: z.string().optional(),
    lots: z.array(lotQuantitySchema).readonly().optional(),
    serials: z.array(z.string().min(1)).readonly().optional(),
  })
  .readonly();
export type ParcelLine = z.infer<typeof parcelLineSchema>;

/** One box, pallet or envelope. `sscc` is GS1's 18 digits. Carriers re-use tracking numbers, so one alone is no identity. */
export const parcelSchema = z
  .object({
    id: z.string().min(1),
    carrier: z.string().min(1),
    service: z.string().optional(),
    trackingNumber: z.string().optional(),
    trackingUrl: z.string().optional(),
    sscc: z
      .string()
      .regex(/^\d{18}$/)
      .optional(),
    weightGrams: z.number().nonnegative().optional(),
    lines: z.array(parcelLineSchema).readonly(),
  })
  .readonly();
export type Parcel = z.infer<typeof parcelSchema>;

/** Goods that leave together, with their parcels. `number` is our reference on the fulfillment order. */
export const shipmentSchema = z
  .object({
    ref: refSchema('shipment'),
    number: z.string().min(1),
    fulfillment: refSchema('fulfillment').optional(),
    order: refSchema('order').optional(),
    status: z.enum(shipmentStatuses),
    wireStatus: z.string(),
    location: refSchema('location').optional(),
    parcels: z.array(parcelSchema).readonly(),
    shippedAt: momentSchema.optional(),
    deliveredAt: momentSchema.optional(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Shipment = z.infer<typeof shipmentSchema>;

/** The numbers under which a shipment travels from now on; they replace those that are there. */
export const trackingChangeSchema = z
  .object({
    parcels: z
      .array(parcelSchema.unwrap().pick({ carrier: true, trackingNumber: true, trackingUrl: true }).readonly())
      .min(1)
      .readonly(),
  })
  .readonly();
export type TrackingChange = z.infer<typeof trackingChangeSchema>;

/** What a carrier reported of a shipment, once. Two with the same status and moment are the same report. */
export const trackingReportSchema = z
  .object({
    status: z.enum(shipmentStatuses),
    at: momentSchema,
    message: z.string().optional(),
    city: z.string().optional(),
    /** ISO 3166-1 alpha-2. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  })
  .readonly();
export type TrackingReport = z.infer<typeof trackingReportSchema>;
