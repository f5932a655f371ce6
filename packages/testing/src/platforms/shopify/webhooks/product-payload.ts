import { gid } from '../gid.ts';
import { levelsOf } from '../life/stock.ts';
import { titleOf, variantsOf } from '../life/variants.ts';
import { moneyOf } from '../money.ts';
import type { LevelRecord, ProductRecord, VariantRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { offsetOf } from './moment.ts';

type Payload = Readonly<Record<string, unknown>>;

// Full data for the first 100 variants only, the ids of all, latest change first. Webhook reference of API 2026-07, read
// 2026-11-26.
const variantsInFull = 100;

/** A product with its variants. */
export function productPayload(store: Store, product: ProductRecord): Payload {
  const variants = variantsOf(store, product.id);
  return {
    admin_graphql_api_id: gid('Product', product.id),
    body_html: product.descriptionHtml,
    category: null,
    created_at: offsetOf(product.createdAt),
    handle: product.handle,
    has_variants_that_requires_components: false,
    id: product.id,
    image: null,
    images: [],
    media: [],
    options: product.options.map(({ id, name, values }, at) => ({
      id,
      name,
      position: at + 1,
      product_id: product.id,
      values: values.map((value) => value.name),
    })),
    product_type: product.productType,
    published_at: product.publishedAt === undefined ? null : offsetOf(product.publishedAt),
    published_scope: 'web',
    status: product.status.toLowerCase(),
    tags: product.tags.join(', '),
    template_suffix: product.templateSuffix ?? null,
    title: product.title,
    updated_at: offsetOf(product.updatedAt),
    vendor: product.vendor,
    variants: variants.slice(0, variantsInFull).map((variant) => variantPayload(store, product, variant)),
    variant_gids: variants
      .toSorted((a, b) => b.updatedAt - a.updatedAt)
      .map((variant) => ({
        admin_graphql_api_id: gid('ProductVariant', variant.id),
        updated_at: new Date(variant.updatedAt).toISOString(),
      })),
  };
}

/** A level tells `available` and no other quantity, and null where the item is not counted. */
export function levelPayload(store: Store, level: LevelRecord): Payload {
  return {
    inventory_item_id: level.itemId,
    location_id: level.locationId,
    available: store.byItem.get(level.itemId)?.tracked ? level.quantities.available : null,
    updated_at: offsetOf(level.updatedAt),
    admin_graphql_api_id: `${gid('InventoryLevel', level.id)}?inventory_item_id=${level.itemId}`,
  };
}

function variantPayload(store: Store, product: ProductRecord, variant: VariantRecord): Payload {
  const available = levelsOf(store, variant.itemId).reduce((total, { quantities }) => total + quantities.available, 0);
  const { compareAtPrice } = variant;
  return {
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: variant.barcode ?? null,
    compare_at_price: compareAtPrice === undefined ? null : moneyOf(compareAtPrice, store.currency),
    created_at: offsetOf(variant.createdAt),
    id: variant.id,
    image_id: null,
    inventory_item_id: variant.itemId,
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    inventory_quantity: available,
    old_inventory_quantity: available,
    option1: optionOf(product, variant, 0),
    option2: optionOf(product, variant, 1),
    option3: optionOf(product, variant, 2),
    position: variant.position,
    price: moneyOf(variant.price, store.currency),
    product_id: variant.productId,
    sku: variant.sku ?? null,
    taxable: variant.taxable,
    title: variant.title,
    updated_at: offsetOf(variant.updatedAt),
  };
}

function optionOf(product: ProductRecord, { choice }: VariantRecord, at: number): string | null {
  return titleOf({ ...product, options: product.options.slice(at, at + 1) }, choice) || null;
}
