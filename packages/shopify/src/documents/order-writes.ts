import { orderWritesSchema, orderWritesSetSchema } from '../wire/order-writes.ts';
import { defineDocument } from './document.ts';

/** What this connector noted of its own writes on an order. Without a namespace it is the app's own: nobody else sees it. */
export const orderWrites = defineDocument(
  'OrderWrites',
  'query OrderWrites($id: ID!, $key: String!) { order(id: $id) { metafield(key: $key) { value compareDigest updatedAt } } }',
  orderWritesSchema,
);

/** Sets it only where it still is what was read: `compareDigest` null where there was none. */
export const orderWritesSet = defineDocument(
  'OrderWritesSet',
  `mutation OrderWritesSet($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { compareDigest updatedAt } userErrors { field message code } }
}`,
  orderWritesSetSchema,
);
