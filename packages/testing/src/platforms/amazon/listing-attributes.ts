import type { AmazonAttribute, AmazonAttributes } from './records.ts';

/** A change to one attribute. */
export interface AttributePatch {
  readonly op: 'add' | 'replace' | 'merge' | 'delete';
  /** The attribute's name, without `/attributes/`. */
  readonly name: string;
  readonly value: readonly AmazonAttribute[] | undefined;
}

/** What tells one instance of an attribute from another. developer-docs.amazon.com, read 2026-08-18. */
const selectors: Readonly<Record<string, readonly string[]>> = {
  fulfillment_availability: ['fulfillment_channel_code'],
  purchasable_offer: ['marketplace_id', 'audience'],
};
const otherSelectors = ['marketplace_id', 'language_tag'];

/** The attributes after the patches. What is not named keeps its value; instances of other selectors stay. */
export function patched(attributes: AmazonAttributes, patches: readonly AttributePatch[], marketplaceId: string) {
  let result = attributes;
  for (const patch of patches) {
    const before = result[patch.name] ?? [];
    const after = instances(before, patch, marketplaceId);
    const { [patch.name]: _gone, ...others } = result;
    result = after.length === 0 ? others : { ...others, [patch.name]: after };
  }
  return result;
}

/** The instances that attributes are stored as: with the marketplace that they are for. */
export function withMarketplace(name: string, value: readonly AmazonAttribute[], marketplaceId: string) {
  return value.map((instance) => ({
    ...(name === 'purchasable_offer' ? { audience: 'ALL' } : {}),
    ...instance,
    marketplace_id: instance['marketplace_id'] ?? marketplaceId,
  }));
}

function instances(
  before: readonly AmazonAttribute[],
  { op, name, value }: AttributePatch,
  marketplaceId: string,
): readonly AmazonAttribute[] {
  if (value === undefined) return op === 'delete' ? [] : before;
  const given = withMarketplace(name, value, marketplaceId);
  const keyOf = (instance: AmazonAttribute) =>
    JSON.stringify((selectors[name] ?? otherSelectors).map((selector) => instance[selector] ?? null));
  const keys = new Set(given.map(keyOf));
  const kept = before.filter((instance) => !keys.has(keyOf(instance)));
  if (op === 'delete') return kept;
  if (op !== 'merge') return [...kept, ...given];
  return [
    ...kept,
    ...given.map((instance) => merged(before.find((old) => keyOf(old) === keyOf(instance)) ?? {}, instance)),
  ];
}

/** Keeps what is not named; null takes a part away. */
function merged(old: AmazonAttribute, given: AmazonAttribute): AmazonAttribute {
  return Object.fromEntries(Object.entries({ ...old, ...given }).filter(([, value]) => value !== null));
}
