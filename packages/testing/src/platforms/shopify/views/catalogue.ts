import type { GraphQLResolveInfo } from 'graphql';
import { apiError, invalidId } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { isSold, levelsOf } from '../life/stock.ts';
import { moneyOf } from '../money.ts';
import { page, type PageArgs } from '../paging.ts';
import { levelFields } from '../queries/catalogue-search.ts';
import { filtered, type Query } from '../queries/filtered.ts';
import {
  quantityNames,
  type LevelRecord,
  type LocationRecord,
  type ProductRecord,
  type VariantRecord,
} from '../records.ts';
import { isoOf, levelKey } from '../store.ts';
import { required, single, type View, type Views } from './views.ts';

/** Something the shop sells. */
export function productView(views: Views, record: ProductRecord): View {
  const { store } = views;
  const variants = () => [...store.variants.values()].filter(({ productId }) => productId === record.id);
  return {
    __typename: 'Product',
    id: gid('Product', record.id),
    legacyResourceId: String(record.id),
    title: record.title,
    handle: record.handle,
    vendor: record.vendor,
    productType: '',
    descriptionHtml: '',
    status: record.status,
    tags: record.tags,
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    publishedAt: record.status === 'ACTIVE' ? isoOf(record.createdAt) : null,
    hasOnlyDefaultVariant: () => variants().length === 1,
    tracksInventory: () => variants().some(({ tracked }) => tracked),
    totalInventory: () => variants().reduce((total, variant) => total + availableOf(views, variant), 0),
    variantsCount: () => ({ count: variants().length, precision: 'EXACT' }),
    variants: (args: PageArgs) =>
      page(variants(), args, {
        id: ({ id }) => id,
        sort: { kind: 'number', value: ({ position }) => BigInt(position) },
        view: views.variant,
      }),
  };
}

/** One size or colour of a product. */
export function variantView(views: Views, record: VariantRecord): View {
  const product = required(views.store.products.get(record.productId), `product ${record.productId}`);
  const available = () => availableOf(views, record);
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', record.id),
    legacyResourceId: String(record.id),
    title: record.title,
    displayName: `${product.title} - ${record.title}`,
    sku: record.sku ?? null,
    barcode: record.barcode ?? null,
    price: moneyOf(record.price, views.store.currency),
    compareAtPrice: record.compareAtPrice === undefined ? null : moneyOf(record.compareAtPrice, views.store.currency),
    taxable: record.taxable,
    position: record.position,
    requiresComponents: false,
    inventoryPolicy: record.inventoryPolicy,
    inventoryQuantity: available,
    sellableOnlineQuantity: available,
    availableForSale: () => isSold(record, 1, available()),
    selectedOptions: [{ name: 'Title', value: record.title }],
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    product: () => views.product(product),
    inventoryItem: () => views.item(record),
  };
}

/** What lies on a shelf for a variant. It carries the SKU and is counted per location. */
export function itemView(views: Views, record: VariantRecord): View {
  const { store } = views;
  const levels = () => levelsOf(store, record.itemId);
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', record.itemId),
    legacyResourceId: String(record.itemId),
    sku: record.sku ?? null,
    tracked: record.tracked,
    requiresShipping: record.requiresShipping,
    unitCost: record.cost === undefined ? null : single(record.cost, store.currency),
    countryCodeOfOrigin: null,
    harmonizedSystemCode: null,
    provinceCodeOfOrigin: null,
    duplicateSkuCount: () => [...store.variants.values()].filter(({ sku }) => sku && sku === record.sku).length - 1,
    measurement: {
      id: gid('InventoryItemMeasurement', record.itemId),
      weight: { unit: 'GRAMS', value: record.grams },
    },
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    locationsCount: () => ({ count: levels().length, precision: 'EXACT' }),
    variant: () => views.variant(record),
    variants: (args: PageArgs) => page([record], args, { id: ({ id }) => id, view: views.variant }),
    inventoryLevel: ({ locationId }: { locationId: string }) => {
      const id = idIn(locationId, 'Location');
      if (id === undefined) throw invalidId(locationId);
      const level = store.levels.get(levelKey(record.itemId, id));
      return level ? views.level(level) : null;
    },
    inventoryLevels: levelPage(views, levels),
  };
}

/** What an item counts at a location. */
export function levelView(views: Views, record: LevelRecord): View {
  const { store } = views;
  return {
    __typename: 'InventoryLevel',
    id: `${gid('InventoryLevel', record.id)}?inventory_item_id=${record.itemId}`,
    isActive: true,
    canDeactivate: false,
    deactivationAlert: null,
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    item: () => views.item(required(store.byItem.get(record.itemId), `item ${record.itemId}`)),
    location: () => views.location(required(store.locations.get(record.locationId), `location ${record.locationId}`)),
    quantities: ({ names }: { names: readonly string[] }) =>
      names.map((name) => {
        const known = quantityNames.find((each) => each === name);
        if (!known) {
          throw apiError(
            'INVALID_FIELD_ARGUMENTS',
            `The quantity name "${name}" is not one of ${quantityNames.join(', ')}.`,
          );
        }
        return {
          __typename: 'InventoryQuantity',
          id: `${gid('InventoryQuantity', record.id)}?inventory_item_id=${record.itemId}&name=${name}`,
          name,
          quantity: record.quantities[known],
          updatedAt: isoOf(record.updatedAt),
        };
      }),
  };
}

/** A place with stock. */
export function locationView(views: Views, record: LocationRecord): View {
  const { store } = views;
  const { address } = record;
  const levels = () => [...store.levels.values()].filter(({ locationId }) => locationId === record.id);
  return {
    __typename: 'Location',
    id: gid('Location', record.id),
    legacyResourceId: String(record.id),
    name: record.name,
    isActive: record.active,
    activatable: true,
    deactivatable: false,
    deactivatedAt: null,
    deletable: false,
    addressVerified: false,
    isPrimary: store.locations.values().next().value === record,
    isFulfillmentService: false,
    fulfillmentService: null,
    fulfillsOnlineOrders: true,
    shipsInventory: true,
    hasActiveInventory: () => levels().length > 0,
    hasUnfulfilledOrders: () =>
      [...store.fulfillmentOrders.values()].some(
        ({ locationId, status }) => locationId === record.id && (status === 'OPEN' || status === 'IN_PROGRESS'),
      ),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    address: {
      ...address,
      latitude: null,
      longitude: null,
      formatted: [address.address1, address.city, address.country].filter(Boolean),
    },
    inventoryLevel: ({ inventoryItemId }: { inventoryItemId: string }) => {
      const id = idIn(inventoryItemId, 'InventoryItem');
      if (id === undefined) throw invalidId(inventoryItemId);
      const level = store.levels.get(levelKey(id, record.id));
      return level ? views.level(level) : null;
    },
    inventoryLevels: levelPage(views, levels),
  };
}

/** A page of levels, narrowed by their own search fields. */
function levelPage(views: Views, levels: () => readonly LevelRecord[]) {
  return (args: PageArgs & Query, context: Context, info: GraphQLResolveInfo) =>
    page(
      filtered(levels(), args, levelFields, () => [], context, info),
      args,
      { id: ({ id }) => id, view: views.level },
    );
}

function availableOf({ store }: Views, { itemId }: VariantRecord): number {
  return levelsOf(store, itemId).reduce((total, { quantities }) => total + quantities.available, 0);
}
