import { levelsPageSchema, locationIdsSchema } from '../wire/inventory-level.ts';
import { defineDocument } from './document.ts';

/** What is read of a level, wherever it is read. */
export const levelFields = `updatedAt
        item { id sku tracked duplicateSkuCount }
        quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "safety_stock", "quality_control"]) { name quantity }`;

/** Active locations, those of fulfillment services among them: buyers are sold their stock too. */
export const locationIds = defineDocument(
  'LocationIds',
  `query LocationIds($after: String) {
  locations(first: 250, includeLegacy: true, sortKey: ID, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}`,
  locationIdsSchema,
);

/** Levels of one location that changed, by id: 36 points a page. */
export const levelsPage = defineDocument(
  'LevelsPage',
  `query LevelsPage($location: ID!, $filter: String, $after: String) {
  location(id: $location) {
    inventoryLevels(first: 250, query: $filter, after: $after) {
      nodes {
        ${levelFields}
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  levelsPageSchema,
);
