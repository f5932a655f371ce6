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
import type { SendOnce, Write } from './guarded-systems.ts';

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
  'prices.push': itemOutcomesSchema,
  'customers.create': refSchema('customer'),
  'fulfillments.request': fulfillmentOutcomeSchema,
  'fulfillments.cancel': cancelOutcomeSchema,
  'shipments.confirm': refSchema('shipment'),
} satisfies Record<WriteOperation, z.ZodType>;

/**
 * Sends each write of a flow through what the store knows of its key. A connector's write may be called again with its
 * key at any time, so an attempt in doubt is sent again and the connector finds what it has made. A cancelation that was
 * refused changed nothing, so its key stays free.
 */
export function sendOnce(store: IdempotencyStore, clock: Clock, leaseMs: number): SendOnce {
  const once: Once = ({ system, operation }, request, key, send) =>
    idempotentWrite<Json>({
      store,
      clock,
      key,
      request: storedForm([system, operation, ...request], `The request of write "${key}"`),
      leaseMs,
      // Each schema reads what `send` writes, which is Json.
      result: results[operation] as z.ZodType<Json>,
      send,
      isEnd: (result) => !isRefusal(result),
      afterDoubt: 'send',
      system,
      operation,
    });
  return (write) => {
    if (write.operation === 'inventory.push' || write.operation === 'prices.push') return pushOnce(once, write);
    const { operation, request, options } = write;
    return once(write, request, options.idempotencyKey, async (taken) =>
      storedForm(
        await write.send({ request, idempotencyKey: options.idempotencyKey, taken }),
        `The result of "${operation}"`,
      ),
    );
  };
}

type Once = (
  write: Write,
  request: readonly unknown[],
  key: string,
  send: (taken: AbortSignal) => Promise<Json>,
) => Promise<Json>;

/**
 * Sends a batch of which a part may fail. What was written stays so; each further call sends only the items that failed
 * before, under a key of their own, because to the platform they are another request.
 */
async function pushOnce(once: Once, write: Write): Promise<readonly ItemOutcome<Json>[]> {
  const [items, ...more] = write.request;
  // The port says that a batch is a list.
  const wanted = items as readonly Json[];
  const outcomes = new Map<number, ItemOutcome<Json>>();
  let open = [...wanted.keys()];
  for (let round = 1; ; round++) {
    const request = [open.map((place) => wanted[place]), ...more];
    const base = write.options.idempotencyKey;
    const idempotencyKey = round === 1 ? base : `${base}/rest-${round}`;
    let isSent = false;
    const result = await once(write, request, idempotencyKey, async (taken) => {
      isSent = true;
      return keptOutcomes(write, open.length, await write.send({ request, idempotencyKey, taken }));
    });
    for (const [index, outcome] of revived(result).entries()) outcomes.set(open[index] ?? index, outcome);
    open = open.filter((place) => outcomes.get(place)?.ok !== true);
    if (isSent || open.length === 0) return [...wanted.keys()].flatMap((place) => outcomes.get(place) ?? []);
  }
}

/** A batch's answer holds errors, which are kept as what they say. */
function keptOutcomes({ system, operation }: Write, count: number, result: unknown): Json {
  // The port says that a batch answers per item.
  const outcomes = result as readonly ItemOutcome<Json>[];
  if (outcomes.length !== count) {
    throw new CommerceError({
      code: 'response.unexpected',
      message: `"${operation}" at "${system}" sent ${count} items and answered for ${outcomes.length}, so nobody knows which of them were written. Correct the connector, then replay.`,
      system,
      operation,
    });
  }
  return outcomes.map((outcome) => {
    const item = storedForm(outcome.item, `An item of "${operation}"`);
    if (outcome.ok) return { ok: true, item };
    const { code, message, refs, retryAfterMs, details, system: from, operation: at } = outcome.error;
    return {
      ok: false,
      item,
      error: storedForm({ code, message, refs, retryAfterMs, details, system: from, operation: at }, 'An error'),
    };
  });
}

function revived(result: Json): readonly ItemOutcome<Json>[] {
  return itemOutcomesSchema
    .parse(result)
    .map((outcome) => (outcome.ok ? outcome : { ...outcome, error: new CommerceError(outcome.error) }));
}

function isRefusal(result: Json): boolean {
  return cancelOutcomeSchema.safeParse(result).data?.outcome === 'refused';
}
