import * as z from 'zod';
import { userErrorsSchema } from './user-error.ts';

// What stands on an order beside its goods and money. Nullability as in Admin API 2026-07.

export const orderNotesSchema = z.object({
  order: z.object({ note: z.string().nullable(), tags: z.array(z.string()) }).nullable(),
});

const refusedSchema = z.object({ userErrors: userErrorsSchema });
export const orderUpdateSchema = z.object({ orderUpdate: refusedSchema });
export const tagsAddSchema = z.object({ tagsAdd: refusedSchema });
export const tagsRemoveSchema = z.object({ tagsRemove: refusedSchema });
