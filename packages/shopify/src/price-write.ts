import { CommerceError, money, type Price, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { productVariantsBulkUpdate } from './documents/prices.ts';
import { raiseUserErrors } from './errors.ts';
import type { ItemRefusals } from './item-refusal.ts';
import { rowOf, rowRefusal } from './row-refusal.ts';
import type { WireVariant } from './wire/price.ts';

/** A price with its place in the caller's list and its variant. */
export interface PriceRow {
  readonly index: number;
  readonly price: Price;
  readonly variant: WireVariant;
}

/**
 * Writes prices of one product and answers for each by its index. Shopify changes all variants of a call or none: those
 * that it names are refused, and the rest is sent again without them. It compares nothing, so `look` says what is there
 * before a call is sent again whose answer was lost.
 */
export function priceWrite(
  client: ShopifyClient,
  about: { readonly system: string; readonly operation: string },
  refusal: ItemRefusals,
  look: (skus: readonly string[], options: ReadOptions) => Promise<ReadonlyMap<string | null, readonly WireVariant[]>>,
) {
  /** Throws where somebody else wrote another price meanwhile: it may be newer than ours. */
  async function lookFirst(rows: readonly PriceRow[], options: ReadOptions): Promise<void> {
    const found = await look(
      rows.map(({ price }) => price.sku),
      options,
    );
    for (const { price, variant } of rows) {
      const shown = found.get(price.sku)?.find(({ id }) => id === variant.id);
      const { currency } = price.amount;
      const same = (amount: string) => shown && money(shown.price, currency).amount === money(amount, currency).amount;
      if (same(variant.price) || same(price.amount.amount)) continue;
      throw new CommerceError({
        code: 'write.uncertain',
        ...about,
        message: `Whether "${price.sku}" was priced in "${about.system}" is not known: the answer was lost, and it shows "${shown?.price ?? 'nothing'}" now, which is neither the price before nor the one that was sent. Nothing was sent again. Reckon the price anew and push that.`,
      });
    }
  }

  return async function write(
    rows: readonly PriceRow[],
    { lane, signal }: ReadOptions,
  ): Promise<ReadonlyMap<number, 'ok' | CommerceError>> {
    const answers = new Map<number, 'ok' | CommerceError>();
    let open = rows;
    for (;;) {
      const [first] = open;
      if (!first) return answers;
      const sent = open;
      const { productVariantsBulkUpdate: payload } = await client.run(productVariantsBulkUpdate, {
        operation: about.operation,
        safety: 'repeatable',
        lane,
        signal,
        variables: { product: first.variant.product.id, variants: sent.map(priceInputOf) },
        beforeRepeat: () => lookFirst(sent, { lane, signal }),
      });
      if (payload.userErrors.length === 0) for (const { index } of open) answers.set(index, 'ok');
      for (const error of payload.userErrors) {
        const row = open[rowOf(error.field, open.length) ?? -1];
        const what = `${open.length} prices of product "${first.variant.product.id}" were not set in "${about.system}"`;
        if (!row) raiseUserErrors([error], { ...about, what, refs: [] });
        else answers.set(row.index, rowRefusal(refusal, row.price.sku, error));
      }
      open = open.filter(({ index }) => !answers.has(index));
    }
  };
}

/** What is left out stays as it is, so a price that says nothing of a former one does not wipe it. */
function priceInputOf({ variant, price: { amount, compareAt } }: PriceRow) {
  return {
    id: variant.id,
    price: money(amount.amount, amount.currency).amount,
    ...(compareAt && { compareAtPrice: money(compareAt.amount, compareAt.currency).amount }),
  };
}
