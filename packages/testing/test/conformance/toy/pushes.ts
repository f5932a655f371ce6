import {
  CommerceError,
  inBatches,
  outcomesInOrder,
  type ErrorCode,
  type ItemOutcome,
  type PortCatalogue,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { currency } from './platform.ts';

export const maxBatch = 4;

type Write = <T>(
  operation: string,
  path: string,
  json: unknown,
  answer: z.ZodType<T>,
  options: WriteOptions,
) => Promise<T>;

const refusals = { unknown: 'sku.unknown', stale: 'stock.stale', nowhere: 'record.missing' } as const satisfies Record<
  string,
  ErrorCode
>;
const pushedSchema = z.object({
  items: z.array(z.object({ sku: z.string(), said: z.enum(['ok', 'unknown', 'stale', 'nowhere']) })),
});

const isWhole = ({ available }: { readonly available: number }) => Number.isInteger(available) && available >= 0;

export function stockPush(write: Write): PortCatalogue['inventory']['push'] {
  return (updates, options) => push('inventory.push', updates, isWhole, (items) => ({ items }), { write, options });
}

export function pricePush(write: Write): PortCatalogue['prices']['push'] {
  return (prices, options) =>
    push(
      'prices.push',
      prices,
      ({ amount }) => amount.currency === currency && /^\d+(\.\d\d)?$/.test(amount.amount),
      (items) => ({ items: items.map(({ sku, amount }) => ({ sku, amount: amount.amount })) }),
      { write, options },
    );
}

export function productPush(write: Write): PortCatalogue['products']['push'] {
  return async (drafts, options) => {
    const outcomes = await push(
      'products.push',
      drafts.map((draft) => ({ sku: draft.variants[0]?.sku ?? '', draft })),
      ({ draft: { variants } }) =>
        variants.length > 0 &&
        new Set(variants.map(({ sku }) => sku)).size === variants.length &&
        variants.every(({ sku }) => sku.trim() !== ''),
      (items) => ({
        products: items.map(({ sku, draft: { title, description, categories } }) => ({
          sku,
          title,
          description,
          categories,
        })),
      }),
      { write, options },
    );
    return outcomes.map((outcome) => ({ ...outcome, item: outcome.item.draft }));
  };
}

const paths = { 'inventory.push': 'stock', 'prices.push': 'prices', 'products.push': 'products' } as const;

/** Sends what can be written and is there once; the rest is refused here. */
async function push<T extends { readonly sku: string }>(
  operation: keyof typeof paths,
  items: readonly T[],
  isWritable: (item: T) => boolean,
  bodyOf: (batch: readonly T[]) => unknown,
  { write, options }: { readonly write: Write; readonly options: WriteOptions },
): Promise<readonly ItemOutcome<T>[]> {
  const refused = new Map<T, CommerceError>();
  for (const item of items) {
    if (items.some((other) => other !== item && other.sku === item.sku))
      refused.set(item, refusal('record.duplicate', item));
    else if (!isWritable(item)) refused.set(item, refusal('record.invalid', item));
  }
  const path = paths[operation];
  let number = 0;
  const sent = await inBatches(
    items.filter((item) => !refused.has(item)),
    maxBatch,
    async (batch) => {
      const idempotencyKey = `${options.idempotencyKey}/${++number}`;
      const answer = await write(operation, path, bodyOf(batch), pushedSchema, { ...options, idempotencyKey });
      return outcomesInOrder(
        batch,
        (item, index) => {
          const said = answer.items[index]?.said;
          return said === undefined || said === 'ok' ? said : refusal(refusals[said], item);
        },
        { system: 'toy', operation },
      );
    },
  );
  const answers = new Map(sent.map((outcome) => [outcome.item, outcome]));
  return items.flatMap((item): ItemOutcome<T>[] => {
    const error = refused.get(item);
    if (error) return [{ item, ok: false, error }];
    const outcome = answers.get(item);
    return outcome ? [outcome] : [];
  });
}

function refusal(code: ErrorCode, { sku }: { readonly sku: string }): CommerceError {
  return new CommerceError({ code, system: 'toy', message: `"${sku}" was not written: "${code}". Correct it.` });
}
