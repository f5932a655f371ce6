import {
  activateSchema,
  activeLocationsSchema,
  itemsByIdSchema,
  itemsBySkuSchema,
  locationsByIdSchema,
  setQuantitiesSchema,
} from '../wire/inventory.ts';
import { defineDocument } from './document.ts';

const available = 'quantities(names: ["available"]) { name quantity }';
// How many items share the SKU is asked for so that a twin that comes later is noticed.
const item = `id sku tracked duplicateSkuCount inventoryLevel(locationId: $location) { ${available} }`;

/** Items whose SKU is like those asked for, with what one location has of each: 35 points a page. */
export const inventoryItemsBySku = defineDocument(
  'InventoryItemsBySku',
  `query InventoryItemsBySku($filter: String!, $location: ID!, $after: String) {
  inventoryItems(first: 250, query: $filter, after: $after) {
    nodes { ${item} }
    pageInfo { hasNextPage endCursor }
  }
}`,
  itemsBySkuSchema,
);

/** Items that are known by id: 3 points for all of a call, because a list costs what one entry does. */
export const inventoryItemsById = defineDocument(
  'InventoryItemsById',
  `query InventoryItemsById($ids: [ID!]!, $location: ID!) {
  nodes(ids: $ids) { ... on InventoryItem { ${item} } }
}`,
  itemsByIdSchema,
);

/** Sets quantities, all of them or none: 10 points for up to 250. Required since 2026-04: the key and `changeFromQuantity`. */
export const inventorySetQuantities = defineDocument(
  'InventorySetQuantities',
  `mutation InventorySetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    userErrors { field message code }
  }
}`,
  setQuantitiesSchema,
);

/** Stocks an item at a location, with none of it at first. A repeat changes nothing there. */
export const inventoryActivate = defineDocument(
  'InventoryActivate',
  `mutation InventoryActivate($item: ID!, $location: ID!, $key: String!) {
  inventoryActivate(inventoryItemId: $item, locationId: $location) @idempotent(key: $key) {
    inventoryLevel { ${available} }
    userErrors { field message }
  }
}`,
  activateSchema,
);

/** Whether a shop has one active location or more; those of fulfillment services count, as buyers are sold their stock too. */
export const activeLocations = defineDocument(
  'ActiveLocations',
  `query ActiveLocations {
  locations(first: 2, includeLegacy: true) { nodes { id } pageInfo { hasNextPage endCursor } }
}`,
  activeLocationsSchema,
);

export const locationsById = defineDocument(
  'LocationsById',
  'query LocationsById($ids: [ID!]!) { nodes(ids: $ids) { ... on Location { id isActive } } }',
  locationsByIdSchema,
);
