import * as z from 'zod';

const valueSchema = z.array(z.record(z.string(), z.unknown()));
/** Only whole attributes are patched. developer-docs.amazon.com, read 2026-08-18. */
const patchSchema = z
  .object({
    op: z.enum(['add', 'replace', 'merge', 'delete']),
    path: z.string().regex(/^\/attributes\/\w+$/),
    value: valueSchema.optional(),
  })
  .transform(({ op, path, value }) => ({ op, name: path.slice('/attributes/'.length), value }));

/** The patches of a submission, in the API and in a feed. */
export const patchesSchema = z.array(patchSchema).min(1);
/** The attributes of a submission, in the API and in a feed. */
export const attributesSchema = z.record(z.string(), valueSchema);
/** What a submission has to hold, in the API and in a feed. */
export const requirementsSchema = z.enum(['LISTING', 'LISTING_PRODUCT_ONLY', 'LISTING_OFFER_ONLY']);
