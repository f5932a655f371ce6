import * as z from 'zod';
import type { Json } from '../model/json.ts';
import { refSchema } from '../model/ref.ts';
import { idempotentWrite } from '../policies/idempotent-write.ts';
import type { WriteOperation } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore } from '../ports/stores.ts';
import { storedForm } from '../rules/json-text.ts';
import type { SendOnce } from './guarded-systems.ts';
import { itemOutcomesSchema, pushOnce, type Once } from './push-once.ts';

const cancelOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('canceled') }),
  z.object({ outcome: z.literal('requested') }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
  z.object({ outcome: z.literal('partial'), remaining: z.array(z.string()), reason: z.string() }),
]);
const fulfillmentOutcomeSchema = z.looseObject({
  ref: refSchema('fulfillment'),
  state: z.enum(['accepted', 'action-required']),
  issues: z.array(z.json()),
});

const subscriptionsSchema = z.array(
  z.object({
    ref: refSchema('subscription'),
    topic: z.string(),
    address: z.string(),
    state: z.enum(['active', 'disabled']),
  }),
);

/** What each write gives back, as the store keeps it. */
const results = {
  'orders.create': refSchema('order'),
  'orders.confirm': refSchema('order'),
  'orders.cancel': cancelOutcomeSchema,
  'orders.update': refSchema('order'),
  'inventory.push': itemOutcomesSchema,
  'prices.push': itemOutcomesSchema,
  'products.push': itemOutcomesSchema,
  'customers.create': refSchema('customer'),
  'fulfillments.request': fulfillmentOutcomeSchema,
  'fulfillments.cancel': cancelOutcomeSchema,
  'fulfillments.hold': refSchema('fulfillment'),
  'fulfillments.release': refSchema('fulfillment'),
  'fulfillments.answer': refSchema('fulfillment'),
  'shipments.confirm': refSchema('shipment'),
  'shipments.update': refSchema('shipment'),
  'shipments.report': refSchema('shipment'),
  'returns.create': refSchema('return'),
  'returns.confirm': refSchema('return'),
  'refunds.create': refSchema('refund'),
  'invoices.create': refSchema('invoice'),
  'invoices.confirm': refSchema('invoice'),
  'payments.create': refSchema('payment'),
  'payments.capture': refSchema('payment'),
  'purchases.create': refSchema('purchase'),
  'purchases.cancel': cancelOutcomeSchema,
  'receipts.confirm': refSchema('receipt'),
  'webhooks.subscribe': subscriptionsSchema,
} satisfies Record<WriteOperation, z.ZodType>;

/**
 * Sends each write of a flow through what the store knows of its key. A connector's write may be called again with its
 * key at any time, so an attempt in doubt is sent again and the connector finds what it has made. A cancelation that was
 * refused changed nothing, so its key stays free.
 */
export function sendOnce(store: IdempotencyStore, clock: Clock, leaseMs: number): SendOnce {
  const once: Once = ({ system, operation, keyValidMs, signal, onEnding }, request, key, send, isInDoubt) =>
    idempotentWrite<Json>({
      store,
      clock,
      key,
      request: storedForm([system, operation, ...request], `The request of write "${key}"`),
      leaseMs,
      // Each schema reads what `send` writes, which is Json.
      result: results[operation] as z.ZodType<Json>,
      send,
      isInDoubt,
      isEnd: (result) => !isRefusal(result),
      afterDoubt: 'send',
      validForMs: keyValidMs,
      signal,
      onEnding,
      system,
      operation,
    });
  return (write) => {
    if (results[write.operation] === itemOutcomesSchema) return pushOnce(once, write);
    const { operation, request, options } = write;
    return once(write, request, options.idempotencyKey, async (taken) =>
      storedForm(
        await write.send({ request, idempotencyKey: options.idempotencyKey, taken }),
        `The result of "${operation}"`,
      ),
    );
  };
}

function isRefusal(result: Json): boolean {
  return cancelOutcomeSchema.safeParse(result).data?.outcome === 'refused';
}
