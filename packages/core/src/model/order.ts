import * as z from 'zod';
import { addressSchema } from './address.ts';
import { discountSchema, feeLineSchema, presentedSchema, shippingLineSchema, taxLineSchema } from './charges.ts';
import { momentSchema } from './moment.ts';
import { currencySchema, moneySchema } from './money.ts';
import { partySchema } from './party.ts';
import { paymentStatuses, transactionSchema } from './payment.ts';
import { quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** Where a sales order stands, whatever a platform calls it. `fulfilled` means that everything left the warehouse. */
export const orderStatuses = [
  'pending',
  'confirmed',
  'on-hold',
  'allocated',
  'partially-shipped',
  'fulfilled',
  'delivered',
  'partially-returned',
  'returned',
  'canceled',
] as const;
/** One of `orderStatuses`. */
export type OrderStatus = (typeof orderStatuses)[number];

/**
 * One ordered item. `unitPrice` is before discounts; `total` is quantity × unit price less `discounts`, and holds the tax
 * when the order's `taxesIncluded` is true. A line without a SKU is kept: a person has to say what it is.
 */
export const orderLineSchema = z
  .object({
    id: z.string().min(1),
    sku: z.string().min(1).optional(),
    variant: refSchema('variant').optional(),
    title: z.string(),
    quantity: quantitySchema,
    unitPrice: moneySchema,
    discounts: z.array(discountSchema).readonly(),
    taxes: z.array(taxLineSchema).readonly(),
    total: moneySchema,
    requiresShipping: z.boolean(),
    /** The same in the buyer's currency, where the channel states it and it differs. */
    presented: presentedSchema.optional(),
    /** How many were ordered at first, where units were removed or refunded since and `quantity` is what is left. */
    orderedQuantity: quantitySchema.optional(),
    /** Stands on a line that sells a gift card: money that is owed to its holder, and no goods. */
    giftCard: z.literal(true).optional(),
    /** What the buyer said to this item, by the name the channel gave: an engraving, a size of their own. */
    attributes: z.record(z.string(), z.string()).readonly().optional(),
  })
  .readonly();
export type OrderLine = z.infer<typeof orderLineSchema>;

/**
 * The sums as the channel states them. `goods` is the lines' totals, `discount` all reductions (already inside the line
 * totals, stated for the reader), `tax` all taxes. `total` = goods + shipping + fees, plus tax where prices exclude it.
 */
export const orderTotalsSchema = z
  .object({
    goods: moneySchema,
    discount: moneySchema,
    shipping: moneySchema,
    fees: moneySchema,
    tax: moneySchema,
    total: moneySchema,
  })
  .readonly();
export type OrderTotals = z.infer<typeof orderTotalsSchema>;

/** The same order in the buyer's currency, where it differs from the shop's. */
export const presentmentSchema = z.object({ currency: currencySchema, totals: orderTotalsSchema }).readonly();
export type Presentment = z.infer<typeof presentmentSchema>;

/** How likely it is that whoever pays is not who they say, as one party that looked at the order sees it. */
export const riskAssessmentSchema = z
  .object({
    level: z.enum(['none', 'low', 'medium', 'high', 'pending']),
    /** Who says so; left out for the channel itself. */
    provider: z.string().optional(),
    facts: z.array(z.string()).readonly(),
  })
  .readonly();
export type RiskAssessment = z.infer<typeof riskAssessmentSchema>;

/** What the channel advises about fraud. `advice` is left out where it gives none. */
export const orderRiskSchema = z
  .object({
    advice: z.enum(['accept', 'investigate', 'cancel']).optional(),
    assessments: z.array(riskAssessmentSchema).readonly(),
  })
  .readonly();
export type OrderRisk = z.infer<typeof orderRiskSchema>;

/**
 * A sales order. All amounts are in the shop's `currency`; `wireStatus` keeps the platform's own words, by field.
 * `number` is what people say on the telephone ("#1042"), `ref.id` what the platform's API wants.
 */
export const orderSchema = z
  .object({
    ref: refSchema('order'),
    number: z.string().min(1),
    status: z.enum(orderStatuses),
    paymentStatus: z.enum(paymentStatuses),
    wireStatus: z.record(z.string(), z.string()).readonly(),
    buyer: partySchema.optional(),
    billingAddress: addressSchema.optional(),
    shippingAddress: addressSchema.optional(),
    currency: currencySchema,
    presentment: presentmentSchema.optional(),
    taxesIncluded: z.boolean(),
    lines: z.array(orderLineSchema).readonly(),
    shippingLines: z.array(shippingLineSchema).readonly(),
    feeLines: z.array(feeLineSchema).readonly(),
    /** Every reduction once, with its whole amount; its shares are on the lines and on the carriage. */
    discounts: z.array(discountSchema).readonly(),
    totals: orderTotalsSchema,
    /**
     * Stands on an order whose channel does not say its amounts: not yet, while it is pending, or no longer, where it was
     * canceled. Every amount in it is then a zero that means "not known". Never on an order that may be worked on.
     */
    amounts: z.literal('not-stated').optional(),
    transactions: z.array(transactionSchema).readonly(),
    note: z.string().optional(),
    tags: z.array(z.string()).readonly(),
    /** The buyer's own number for this order, which has to stand on the invoice. */
    purchaseNumber: z.string().min(1).optional(),
    /** Stands on an order that somebody made to try the channel: no money moved, and nothing of it may be shipped. */
    test: z.literal(true).optional(),
    risk: orderRiskSchema.optional(),
    /** What else the channel noted on the order, by the name it gave: a checkout's own fields. Absent when there is none. */
    attributes: z.record(z.string(), z.string()).readonly().optional(),
    placedAt: momentSchema,
    updatedAt: momentSchema,
    canceledAt: momentSchema.optional(),
    cancelReason: z.string().optional(),
  })
  .readonly();
export type Order = z.infer<typeof orderSchema>;

/** What is written on an order beside its goods and money. What is left out stays as it is; `note` replaces the one there. */
export const orderChangeSchema = z
  .object({
    note: z.string().optional(),
    addTags: z.array(z.string().min(1)).readonly().optional(),
    removeTags: z.array(z.string().min(1)).readonly().optional(),
  })
  .readonly();
export type OrderChange = z.infer<typeof orderChangeSchema>;

/**
 * A sales order that is to be made in another system. `source` is the order it comes from, `customer` the buyer's record
 * in the system that will hold it, `location` the place there that is to ship it, where that was decided: a system without
 * such a choice goes on as without it. One whose `amounts` are not stated is refused there as `money.invalid`, one that
 * still says `test` as `payment.test`: for a system that is there for trying, too, leave the word out.
 */
export const orderDraftSchema = orderSchema
  .unwrap()
  .omit({ ref: true, wireStatus: true, updatedAt: true, status: true, canceledAt: true, cancelReason: true })
  .extend({ source: refSchema('order'), customer: refSchema('customer'), location: refSchema('location').optional() })
  .readonly();
export type OrderDraft = z.infer<typeof orderDraftSchema>;
