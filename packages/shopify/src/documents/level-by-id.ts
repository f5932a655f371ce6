import { levelByIdSchema } from '../wire/level-by-id.ts';
import { defineDocument } from './document.ts';
import { levelFields } from './inventory-levels.ts';

/** The level that a delivery names; null once the item is not kept at its location any more. */
export const levelById = defineDocument(
  'LevelById',
  `query LevelById($id: ID!) {
  inventoryLevel(id: $id) {
    location { id }
    ${levelFields}
  }
}`,
  levelByIdSchema,
);
