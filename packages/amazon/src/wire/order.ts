import * as z from 'zod';
import { moneySchema } from './money.ts';

// Orders API 2026-01-01, model of 2026-08-05. Sections that were not asked for, or that the application's roles do not
// show, are left out by Amazon; so is nearly everything that it has nothing to say about.

/** A moment with any offset, in UTC. */
const momentSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const breakdownSchema = z.object({
  type: z.string(),
  subtotal: moneySchema,
  detailedBreakdowns: z.array(z.object({ subtype: z.string(), value: moneySchema })).nullish(),
});

const itemSchema = z.object({
  orderItemId: z.string().min(1),
  quantityOrdered: z.int().nonnegative(),
  product: z.object({
    asin: z.string().nullish(),
    title: z.string().nullish(),
    sellerSku: z.string().nullish(),
    price: z.object({ unitPrice: moneySchema.nullish() }).nullish(),
  }),
  proceeds: z.object({ breakdowns: z.array(breakdownSchema).nullish() }).nullish(),
  cancellation: z
    .object({
      cancellationRequest: z.object({ requester: z.string().nullish(), cancelReason: z.string().nullish() }).nullish(),
      cancellationExecution: z
        .object({ cancelledBy: z.string().nullish(), cancelReason: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
  fulfillment: z
    .object({
      quantityFulfilled: z.int().nonnegative().nullish(),
      quantityUnfulfilled: z.int().nonnegative().nullish(),
    })
    .nullish(),
  tax: z.object({ taxCollections: z.array(z.object({ model: z.string().nullish() })).nullish() }).nullish(),
});
export type WireItem = z.infer<typeof itemSchema>;

const packageSchema = z.object({
  packageReferenceId: z.string(),
  packageStatus: z.object({ status: z.string() }).nullish(),
  carrier: z.string().nullish(),
  trackingNumber: z.string().nullish(),
  packageItems: z.array(z.object({ orderItemId: z.string(), quantity: z.int() })).nullish(),
});
export type WirePackage = z.infer<typeof packageSchema>;

const addressSchema = z.object({
  name: z.string().nullish(),
  companyName: z.string().nullish(),
  addressLine1: z.string().nullish(),
  addressLine2: z.string().nullish(),
  addressLine3: z.string().nullish(),
  city: z.string().nullish(),
  districtOrCounty: z.string().nullish(),
  stateOrRegion: z.string().nullish(),
  municipality: z.string().nullish(),
  postalCode: z.string().nullish(),
  countryCode: z.string().nullish(),
  phone: z.string().nullish(),
});
export type WireAddress = z.infer<typeof addressSchema>;

/** An order with every section that this connector asks for. */
export const orderSchema = z.object({
  orderId: z.string().min(1),
  orderAliases: z.array(z.object({ aliasId: z.string(), aliasType: z.string() })).nullish(),
  createdTime: momentSchema,
  lastUpdatedTime: momentSchema,
  programs: z.array(z.string()).nullish(),
  associatedOrders: z
    .array(z.object({ orderId: z.string().nullish(), associationType: z.string().nullish() }))
    .nullish(),
  salesChannel: z.object({
    channelName: z.string(),
    marketplaceId: z.string().nullish(),
    marketplaceName: z.string().nullish(),
  }),
  buyer: z
    .object({
      buyerName: z.string().nullish(),
      buyerEmail: z.string().nullish(),
      buyerCompanyName: z.string().nullish(),
      buyerPurchaseOrderNumber: z.string().nullish(),
    })
    .nullish(),
  recipient: z.object({ deliveryAddress: addressSchema.nullish() }).nullish(),
  proceeds: z
    .object({
      grandTotal: moneySchema.nullish(),
      breakdowns: z
        .array(z.object({ type: z.string(), status: z.string().nullish(), subtotal: moneySchema }))
        .nullish(),
    })
    .nullish(),
  fulfillment: z
    .object({
      fulfillmentStatus: z.string(),
      fulfilledBy: z.string().nullish(),
      fulfillmentServiceLevel: z.string().nullish(),
      shipByWindow: z.object({ latestDateTime: z.string().nullish() }).nullish(),
    })
    .nullish(),
  orderItems: z.array(itemSchema),
  packages: z.array(packageSchema).nullish(),
});
export type WireOrder = z.infer<typeof orderSchema>;

/** A page of orders. Each order is parsed for itself, so that one that nobody can read holds up no other. */
export const orderPageSchema = z.object({
  orders: z.array(z.unknown()),
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
  lastUpdatedBefore: momentSchema.nullish(),
});
export type WireOrderPage = z.infer<typeof orderPageSchema>;

/** One order, not parsed yet. */
export const orderAnswerSchema = z.object({ order: z.record(z.string(), z.unknown()) });

/** What tells which order it is, and which state of it, where the rest of it cannot be read. */
export const orderIdentitySchema = z.object({
  orderId: z.string().min(1),
  lastUpdatedTime: z.string().optional().catch(undefined),
});
