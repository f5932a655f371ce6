import { collectionsSchema } from '../wire/product-write.ts';
import { defineDocument } from './document.ts';

/** Collections of a search for titles or for changes: 13 points a page. */
export const collections = defineDocument(
  'Collections',
  `query Collections($filter: String, $after: String) {
  collections(first: 250, query: $filter, sortKey: UPDATED_AT, after: $after) {
    nodes { id title updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  collectionsSchema,
);
