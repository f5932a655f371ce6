import * as z from 'zod';

/** A payload's own refusals. Plain `UserError` has no `code`, typed ones have a nullable one. shopify.dev, 2026-07. */
export const userErrorsSchema = z.array(
  z.object({
    field: z.array(z.string()).nullable(),
    message: z.string(),
    code: z.string().nullable().optional(),
  }),
);
export type UserErrors = z.infer<typeof userErrorsSchema>;

export const orderCancelSchema = z.object({
  orderCancel: z.object({
    job: z.object({ id: z.string(), done: z.boolean() }).nullable(),
    orderCancelUserErrors: userErrorsSchema,
  }),
});
