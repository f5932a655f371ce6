// Customers: 250 tags of 255 letters. Order creation in the schema of API 2026-10, read 2026-11-26. Products: 250 tags.
// shopify.dev changelog of 2019-03-04, read 2026-11-26; that they have 255 letters too is inferred. Orders: 40 letters.
// Shopify's REST reference of Order, as client libraries quote it, read 2026-11-26; how many tags they have is not known.
const limits = {
  Customer: { letters: 255, tags: 250 },
  Product: { letters: 255, tags: 250 },
  Order: { letters: 40, tags: undefined },
} as const;

/** Tags as they are written in a list or with commas between them. */
export function tagsIn(tags: readonly string[]): readonly string[] {
  return tags
    .flatMap((tag) => tag.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Why a record cannot have these tags besides those it has; undefined when it can. The words are ours: none is recorded. */
export function tagTrouble(
  owner: keyof typeof limits,
  added: readonly string[],
  kept: readonly string[] = [],
): string | undefined {
  const most = limits[owner];
  if (added.some((tag) => tag.length > most.letters)) return `Tag is too long (maximum is ${most.letters} characters)`;
  const all = new Set([...kept, ...added].map((tag) => tag.toLowerCase()));
  return most.tags !== undefined && all.size > most.tags ? `Tags cannot be more than ${most.tags}.` : undefined;
}
