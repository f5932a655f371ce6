import * as z from 'zod';

/** The name before `.myshopify.com`, in small letters. What came instead is taken apart only as far as it is such a name. */
export const shopName = z
  .string({ error: ({ input }) => nameWanted(input) })
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, { error: ({ input }) => nameWanted(input) })
  .transform((shop) => shop.toLowerCase());

function nameWanted(shop: unknown): string {
  const name = typeof shop === 'string' ? /^(?:https?:\/\/)?([a-z0-9-]+)\.myshopify\.com/i.exec(shop)?.[1] : undefined;
  return `wants the name before ".myshopify.com". Pass ${name === undefined ? 'the name alone, such as "acme"' : `"${name.toLowerCase()}"`}`;
}
