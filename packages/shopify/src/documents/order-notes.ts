import { orderNotesSchema, orderUpdateSchema, tagsAddSchema, tagsRemoveSchema } from '../wire/order-notes.ts';
import { defineDocument } from './document.ts';

/** What people noted on an order. */
export const orderNotes = defineDocument(
  'OrderNotes',
  'query OrderNotes($id: ID!) { order(id: $id) { note tags } }',
  orderNotesSchema,
);

/** Only what is in the input is written; `note: ""` takes it away. */
export const orderUpdate = defineDocument(
  'OrderUpdate',
  'mutation OrderUpdate($input: OrderInput!) { orderUpdate(input: $input) { userErrors { field message } } }',
  orderUpdateSchema,
);

export const tagsAdd = defineDocument(
  'TagsAdd',
  'mutation TagsAdd($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { field message } } }',
  tagsAddSchema,
);

export const tagsRemove = defineDocument(
  'TagsRemove',
  'mutation TagsRemove($id: ID!, $tags: [String!]!) { tagsRemove(id: $id, tags: $tags) { userErrors { field message } } }',
  tagsRemoveSchema,
);
