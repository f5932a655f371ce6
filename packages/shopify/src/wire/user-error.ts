import * as z from 'zod';

const userErrorSchema = z.object({ field: z.array(z.string()).nullable(), message: z.string() });

/** A payload's own refusals. shopify.dev, UserError, Admin API 2026-07. */
export const userErrorsSchema = z.array(userErrorSchema);
/** Those of a payload that has a type for them: only they say a code, and not always. shopify.dev, Admin API 2026-07. */
export const codedErrorsSchema = z.array(userErrorSchema.extend({ code: z.string().nullable() }));
export type UserErrors = readonly (z.infer<typeof userErrorSchema> & { readonly code?: string | null })[];

export const orderCancelSchema = z.object({ orderCancel: z.object({ orderCancelUserErrors: codedErrorsSchema }) });
