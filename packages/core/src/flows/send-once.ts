import * as z from 'zod';
import { errorRules, type ErrorCode } from '../errors/codes.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import { refSchema, anyRefSchema } from '../model/ref.ts';
import { idempotentWrite } from '../policies/idempotent-write.ts';
import type { WriteOperation } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemOutcome } from '../ports/outcome.ts';
import type { IdempotencyStore } from '../ports/stores.ts';
import { storedForm } from '../rules/json-text.ts';
import type { SendOnce } from './guarded-systems.ts';

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
const keptErrorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(errorRules, code)),
  message: z.string(),
  system: z.string().optional(),
  operation: z.string().optional(),
  refs: z.array(anyRefSchema),
  retryAfterMs: z.number().optional(),
  details: z.json().optional(),
});
const itemOutcomesSchema = z.array(
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), item: z.json() }),
    z.object({ ok: z.literal(false), item: z.json(), error: keptErrorSchema }),
  ]),
);

/** What each write gives back, as the store keeps it. */
const results = {
  'orders.create': refSchema('order'),
  'orders.cancel': cancelOutcomeSchema,
  'inventory.push': itemOutcomesSchema,
  'customers.create': refSchema('customer'),
  'fulfillments.request': fulfillmentOutcomeSchema,
  'fulfillments.cancel': cancelOutcomeSchema,
  'shipments.confirm': refSchema('shipment'),
} satisfies Record<WriteOperation, z.ZodType>;

/**
 * Sends each write of a flow through what the store knows of its key. A connector's write may be called again with its
 * key at any time, so an attempt in doubt is sent again and the connector finds what it has made.
 */
export function sendOnce(store: IdempotencyStore, clock: Clock, leaseMs: number): SendOnce {
  return async ({ system, operation, request, options, send }) => {
    const result = await idempotentWrite<Json>({
      store,
      clock,
      key: options.idempotencyKey,
      request: storedForm([system, operation, ...request], `The request of write "${options.idempotencyKey}"`),
      leaseMs,
      // Each schema reads what `kept` writes, which is Json.
      result: results[operation] as z.ZodType<Json>,
      send: async (signal) => kept(operation, await send(signal)),
      afterDoubt: 'send',
      system,
      operation,
    });
    return operation === 'inventory.push' ? revived(result) : result;
  };
}

/** A batch's answer holds errors, which are kept as what they say. Everything else that a write gives back is Json. */
function kept(operation: WriteOperation, result: unknown): Json {
  if (operation !== 'inventory.push') return storedForm(result, `The result of "${operation}"`);
  // The port says that a batch answers per item.
  const outcomes = result as readonly ItemOutcome<Json>[];
  return outcomes.map((outcome) => {
    const item = storedForm(outcome.item, 'An item of "inventory.push"');
    if (outcome.ok) return { ok: true, item };
    const { code, message, refs, retryAfterMs, details, system, operation: at } = outcome.error;
    return {
      ok: false,
      item,
      error: storedForm({ code, message, refs, retryAfterMs, details, system, operation: at }, 'An error'),
    };
  });
}

function revived(result: Json): readonly ItemOutcome<Json>[] {
  return itemOutcomesSchema
    .parse(result)
    .map((outcome) => (outcome.ok ? outcome : { ...outcome, error: new CommerceError(outcome.error) }));
}
