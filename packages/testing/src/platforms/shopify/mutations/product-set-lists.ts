import { gid } from '../gid.ts';
import { changeVariant } from '../life/change-variant.ts';
import { optionMeant, valueMeant } from '../life/options.ts';
import type { Shop } from '../life/shop.ts';
import { shift, stocked } from '../life/stock.ts';
import { addVariant, dropVariant, order, titleOf, variantsOf } from '../life/variants.ts';
import { numberOf } from '../queries/lookup.ts';
import type { OptionRecord, ProductRecord, VariantRecord } from '../records.ts';
import { metafieldAsked, writeMetafields } from './metafield-input.ts';
import type { FileInput, ProductSetInput, SetVariantInput } from './product-set-input.ts';
import { variantMeant } from './product-variants.ts';
import { changeOf } from './variant-input.ts';

/** What is to be counted of a variant once it is there. */
type Stocks = readonly { readonly variant: VariantRecord; readonly input: SetVariantInput }[];

/** Replaces the pictures of a product: those with an id that it has stay, the others come. */
export function setFiles({ store }: Shop, product: ProductRecord, files: readonly FileInput[]): void {
  product.media = files.flatMap((file) => {
    const known = product.media.find(
      ({ id, url }) => gid('MediaImage', id) === file.id || (file.id == null && url === file.originalSource),
    );
    if (known) return [{ ...known, alt: file.alt === undefined ? known.alt : (file.alt ?? undefined) }];
    if (file.originalSource == null) return [];
    const now = store.second();
    return [{ id: store.nextId(), url: file.originalSource, alt: file.alt ?? undefined, createdAt: now }];
  });
}

/** Replaces the options: by id or name they stay the same, with the values that are named. */
export function setOptions({ store }: Shop, product: ProductRecord, input: ProductSetInput, isNew: boolean): void {
  const { productOptions } = input;
  if (!productOptions) {
    if (isNew) {
      const values = [{ id: store.nextId(), name: 'Default Title' }];
      product.options = [{ id: store.nextId(), name: 'Title', values }];
    }
    return;
  }
  product.options = productOptions
    .toSorted((a, b) => (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER))
    .map((option): OptionRecord => {
      const known = product.options.find(({ id, name }) =>
        option.id == null ? name === option.name : gid('ProductOption', id) === option.id,
      );
      return {
        id: known?.id ?? store.nextId(),
        name: option.name ?? known?.name ?? '',
        values: (option.values ?? []).map((value) => {
          const same = known?.values.find(({ id, name }) =>
            value.id == null ? name === value.name : gid('ProductOptionValue', id) === value.id,
          );
          return { id: same?.id ?? store.nextId(), name: value.name ?? same?.name ?? '' };
        }),
      };
    });
}

/** Replaces the variants: those with an id stay, the others are new, and what is not named goes with its stock. */
export function setVariants(shop: Shop, product: ProductRecord, input: ProductSetInput, isNew: boolean): Stocks {
  const { store } = shop;
  const { variants } = input;
  if (!variants) {
    if (isNew)
      addVariant(shop, product, { price: 0n, choice: product.options.flatMap(({ values }) => values[0]?.id ?? []) });
    return [];
  }
  const kept = new Set(variants.flatMap(({ id }) => variantMeant(store.variants, product.id, id) ?? []));
  for (const variant of variantsOf(store, product.id)) if (!kept.has(variant)) dropVariant(shop, variant);
  const stocks = variants.map((each) => {
    const choice = product.options.flatMap((option) => {
      const wanted = (each.optionValues ?? []).find((value) => optionMeant(product, value) === option);
      return (wanted && valueMeant(option, wanted)) ?? [];
    });
    const change = changeOf(each, store.currency);
    const known = variantMeant(store.variants, product.id, each.id);
    if (known) changeVariant(shop, known, { ...change, choice, title: titleOf(product, choice) });
    const variant = known ?? addVariant(shop, product, { price: 0n, ...change, choice });
    const ownerId = gid('ProductVariant', variant.id);
    if (each.metafields) {
      store.metafields.delete(ownerId);
      const texts = each.metafields.flatMap((wish) => {
        const asked = metafieldAsked(store, ownerId, wish);
        return asked.problem ? [] : [asked.text];
      });
      writeMetafields(shop, ownerId, texts);
    }
    return { variant, input: each };
  });
  order(
    store,
    product.id,
    stocks
      .toSorted((a, b) => (a.input.position ?? Number.MAX_SAFE_INTEGER) - (b.input.position ?? Number.MAX_SAFE_INTEGER))
      .map(({ variant }) => variant),
  );
  return stocks;
}

/** Counts what was said of stock. */
export function setStock(shop: Shop, stocks: Stocks): void {
  for (const { variant, input } of stocks) {
    for (const { locationId, name, quantity } of input.inventoryQuantities ?? []) {
      const level = stocked(shop, variant.itemId, numberOf(locationId, 'Location'));
      const now = name === 'on_hand' ? level.quantities.on_hand : level.quantities.available;
      shift(shop, [{ level, by: { available: quantity - now } }]);
    }
  }
}
