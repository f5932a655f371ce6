import * as z from 'zod';

/** A delivery about an order holds the order; one about a shipment holds the shipment, with its order's id. */
export const hintSchema = z.object({ id: z.number().int().nullish(), order_id: z.number().int().nullish() });
