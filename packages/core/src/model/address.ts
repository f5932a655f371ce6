import * as z from 'zod';

/**
 * Where goods or letters go. `countryCode` is ISO 3166-1 alpha-2; `subdivision` is what the system calls it (a code or a
 * name); `postalCode` is absent where a country has none.
 */
export const addressSchema = z
  .object({
    name: z.string().optional(),
    company: z.string().optional(),
    lines: z.array(z.string().min(1)).max(4).readonly(),
    city: z.string().optional(),
    subdivision: z.string().optional(),
    postalCode: z.string().optional(),
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    phone: z.string().optional(),
    email: z.string().optional(),
  })
  .readonly();
export type Address = z.infer<typeof addressSchema>;
