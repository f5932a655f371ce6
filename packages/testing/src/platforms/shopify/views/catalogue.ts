import type { GraphQLResolveInfo } from 'graphql';
import { apiError, invalidId } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { isSearchable } from '../life/searchable.ts';
import { levelsOf } from '../life/stock.ts';
import { serviceOf } from '../life/services.ts';
import { page, type PageArgs } from '../paging.ts';
import { levelFields } from '../queries/catalogue-search.ts';
import { filtered, type Query } from '../queries/filtered.ts';
import { quantityNames, type LevelRecord, type LocationRecord, type VariantRecord } from '../records.ts';
import { isoOf, levelKey } from '../store.ts';
import { required, single, type View, type Views } from './views.ts';
import { serviceView } from './service.ts';

/** What lies on a shelf for a variant. It carries the SKU and is counted per location. */
export function itemView(views: Views, record: VariantRecord): View {
  const { store } = views;
  const levels = () => levelsOf(store, record.itemId).filter(isSearchable(store));
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', record.itemId),
    legacyResourceId: String(record.itemId),
    sku: record.sku ?? null,
    tracked: record.tracked,
    requiresShipping: record.requiresShipping,
    unitCost: record.cost === undefined ? null : single(record.cost, store.currency),
    countryCodeOfOrigin: record.countryCodeOfOrigin ?? null,
    harmonizedSystemCode: record.harmonizedSystemCode ?? null,
    provinceCodeOfOrigin: record.provinceCodeOfOrigin ?? null,
    duplicateSkuCount: () => [...store.variants.values()].filter(({ sku }) => sku && sku === record.sku).length - 1,
    measurement: {
      id: gid('InventoryItemMeasurement', record.itemId),
      weight: { ...record.weight },
    },
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    locationsCount: () => ({ count: levels().filter(({ active }) => active).length, precision: 'EXACT' }),
    variant: () => views.variant(record),
    variants: (args: PageArgs) => page([record], args, { id: ({ id }) => id, view: views.variant }),
    inventoryLevel: ({ locationId, includeInactive }: { locationId: string; includeInactive?: boolean }) => {
      const id = idIn(locationId, 'Location');
      if (id === undefined) throw invalidId(locationId);
      const level = store.levels.get(levelKey(record.itemId, id));
      return level && (level.active || includeInactive) ? views.level(level) : null;
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
    isActive: record.active,
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
  const levels = () =>
    [...store.levels.values()].filter(({ locationId }) => locationId === record.id).filter(isSearchable(store));
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
    isFulfillmentService: () => serviceOf(store, { locationId: record.id }) !== undefined,
    fulfillmentService: () => {
      const service = serviceOf(store, { locationId: record.id });
      return service ? serviceView(views, service) : null;
    },
    fulfillsOnlineOrders: true,
    shipsInventory: true,
    hasActiveInventory: () => levels().some(({ active }) => active),
    hasUnfulfilledOrders: () =>
      [...store.fulfillmentOrders.values()].some(
        ({ locationId, status }) => locationId === record.id && (status === 'OPEN' || status === 'IN_PROGRESS'),
      ),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    address: {
      ...blankAddress,
      ...address,
      latitude: null,
      longitude: null,
      formatted: [address.address1, address.city, address.country].filter(Boolean),
    },
    inventoryLevel: ({ inventoryItemId, includeInactive }: { inventoryItemId: string; includeInactive?: boolean }) => {
      const id = idIn(inventoryItemId, 'InventoryItem');
      if (id === undefined) throw invalidId(inventoryItemId);
      const level = store.levels.get(levelKey(id, record.id));
      return level && (level.active || includeInactive) ? views.level(level) : null;
    },
    inventoryLevels: levelPage(views, levels),
  };
}

/** A page of levels, narrowed by their own search fields. */
function levelPage(views: Views, levels: () => readonly LevelRecord[]) {
  return (args: PageArgs & Query & { includeInactive?: boolean }, context: Context, info: GraphQLResolveInfo) =>
    page(
      filtered(
        levels().filter(({ active }) => active || args.includeInactive),
        args,
        levelFields,
        () => [],
        context,
        info,
      ),
      args,
      { id: ({ id }) => id, view: views.level },
    );
}

const blankAddress = {
  address1: null,
  address2: null,
  city: null,
  country: null,
  countryCode: null,
  phone: null,
  province: null,
  provinceCode: null,
  zip: null,
};
