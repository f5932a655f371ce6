import { moneyOf } from '../money.ts';
import { levelsOf } from '../life/stock.ts';
import { titleOf, variantsOf } from '../life/variants.ts';
import type {
  CollectionRecord,
  LevelRecord,
  LocationRecord,
  ProductRecord,
  SubscriptionRecord,
  VariantRecord,
} from '../records.ts';
import { numberField, textField, timeField, wordField, type SearchFields } from '../search.ts';
import type { Store } from '../store.ts';

// The names of the filters from the schema of API 2026-10, read 2026-11-26. Those that name what the fake does not hold
// are known all the same, so that nobody is warned of them, and match nothing.
const unheld = <T>(names: string): SearchFields<T> =>
  Object.fromEntries(names.split(' ').map((name) => [name, () => () => false]));

/** What variants are searched by. */
export function variantFields(store: Store): SearchFields<VariantRecord> {
  return {
    ...unheld(
      'delivery_profile_id exclude_composite exclude_variants_with_components managed_by product_publication_status ' +
        'publishable_status published_status requires_components',
    ),
    id: numberField(({ id }) => id),
    sku: wordField(({ sku }) => sku),
    barcode: wordField(({ barcode }) => barcode),
    title: wordField(({ title }) => title),
    product_id: numberField(({ productId }) => productId),
    product_ids: numberField(({ productId }) => productId),
    product_status: textField(({ productId }) => store.products.get(productId)?.status),
    vendor: wordField(({ productId }) => store.products.get(productId)?.vendor),
    product_type: wordField(({ productId }) => store.products.get(productId)?.productType),
    collection: (how, value) => {
      const isIn = numberField((id: bigint) => id)(how, value);
      return ({ productId }) => store.products.get(productId)?.collections.some(isIn) ?? false;
    },
    gift_card: (_how, value) => (variant) => String(store.products.get(variant.productId)?.giftCard) === value,
    taxable: (_how, value) => (variant) => String(variant.taxable) === value,
    option1: optionField(store, 0),
    option2: optionField(store, 1),
    option3: optionField(store, 2),
    location_id: (how, value) => {
      const isThere = numberField((level: LevelRecord) => level.locationId)(how, value);
      return ({ itemId }) => levelsOf(store, itemId).some(isThere);
    },
    inventory_quantity: numberField(({ itemId }) =>
      BigInt(levelsOf(store, itemId).reduce((total, { quantities }) => total + quantities.available, 0)),
    ),
    managed: (_how, value) => (variant) => String(variant.tracked) === value,
    updated_at: timeField(({ updatedAt }) => updatedAt),
  };
}

/** What inventory items are searched by. */
export const itemFields: SearchFields<VariantRecord> = {
  id: numberField(({ itemId }) => itemId),
  sku: wordField(({ sku }) => sku),
  created_at: timeField(({ createdAt }) => createdAt),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};

/** What the levels of an item or of a location are searched by. */
export const levelFields: SearchFields<LevelRecord> = {
  ...unheld('inventory_group_id'),
  id: numberField(({ id }) => id),
  inventory_item_id: numberField(({ itemId }) => itemId),
  created_at: timeField(({ createdAt }) => createdAt),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};

/** What products are searched by. */
export function productFields(store: Store): SearchFields<ProductRecord> {
  const variants = ({ id }: ProductRecord) => variantsOf(store, id);
  /** A product is found by any of its variants. */
  const byVariant = (name: string): SearchFields<ProductRecord>[string] => {
    const field = variantFields(store)[name];
    return (how, value) => {
      const matches = field?.(how, value);
      return (product) => matches !== undefined && variants(product).some(matches);
    };
  };
  return {
    ...unheld(
      'bundles combined_listing_role delivery_profile_id error_feedback has_only_composites ' +
        'has_variant_with_components product_configuration_owner product_publication_status publication_ids ' +
        'publishable_status published_status',
    ),
    id: numberField(({ id }) => id),
    title: wordField(({ title }) => title),
    handle: textField(({ handle }) => handle),
    status: textField(({ status }) => status),
    vendor: wordField(({ vendor }) => vendor),
    product_type: wordField(({ productType }) => productType),
    category_id: textField(({ category }) => category),
    collection_id: (how, value) => {
      const isIn = numberField((id: bigint) => id)(how, value);
      return ({ collections }) => collections.some(isIn);
    },
    gift_card: (_how, value) => (product) => String(product.giftCard) === value,
    is_price_reduced: (_how, value) => (product) =>
      String(
        variants(product).some(({ price, compareAtPrice }) => compareAtPrice !== undefined && compareAtPrice > price),
      ) === value,
    out_of_stock_somewhere: (_how, value) => (product) =>
      String(
        variants(product).some(({ itemId }) =>
          levelsOf(store, itemId).some(({ quantities }) => quantities.available <= 0),
        ),
      ) === value,
    tag: textField(({ tags }) => tags),
    tag_not: (_how, value) => (product) => !product.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()),
    sku: byVariant('sku'),
    barcode: byVariant('barcode'),
    variant_id: byVariant('id'),
    variant_title: byVariant('title'),
    price: (_how, value) => (product) =>
      variants(product).some(({ price }) => moneyOf(price, store.currency) === value),
    inventory_total: numberField((product) =>
      BigInt(
        variants(product)
          .flatMap(({ itemId }) => levelsOf(store, itemId))
          .reduce((total, { quantities }) => total + quantities.available, 0),
      ),
    ),
    tracks_inventory: (_how, value) => (product) => String(variants(product).some(({ tracked }) => tracked)) === value,
    has_only_default_variant: (_how, value) => (product) =>
      String(variants(product).length === 1 && variants(product)[0]?.title === 'Default Title') === value,
    created_at: timeField(({ createdAt }) => createdAt),
    updated_at: timeField(({ updatedAt }) => updatedAt),
    published_at: timeField(({ publishedAt }) => publishedAt),
  };
}

/** What collections are searched by. */
export const collectionFields: SearchFields<CollectionRecord> = {
  ...unheld('collection_type metafields product_publication_status publishable_status published_at published_status'),
  id: numberField(({ id }) => id),
  title: wordField(({ title }) => title),
  handle: textField(({ handle }) => handle),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};

function optionField(store: Store, at: number) {
  return wordField(({ productId, choice }: VariantRecord) => {
    const product = store.products.get(productId);
    return product && titleOf({ ...product, options: product.options.slice(at, at + 1) }, choice);
  });
}

/** What locations are searched by. */
export const locationFields: SearchFields<LocationRecord> = {
  ...unheld('geolocated legacy pickup_in_store'),
  id: numberField(({ id }) => id),
  location_id: numberField(({ id }) => id),
  name: wordField(({ name }) => name),
  active: (_how, value) => (row) => String(row.active) === value,
  address1: wordField(({ address }) => address.address1),
  address2: wordField(({ address }) => address.address2),
  city: wordField(({ address }) => address.city),
  country: wordField(({ address }) => address.country),
  province: wordField(({ address }) => address.province),
  zip: wordField(({ address }) => address.zip),
  created_at: timeField(({ createdAt }) => createdAt),
};

/** What subscriptions are searched by. */
export const subscriptionFields: SearchFields<SubscriptionRecord> = {
  id: numberField(({ id }) => id),
  created_at: timeField(({ createdAt }) => createdAt),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};
