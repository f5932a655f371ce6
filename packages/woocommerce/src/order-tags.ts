import { fingerprint } from '@crossdock/core';

/**
 * WooCommerce has no tags on orders. Each is a custom field of its own, which people see and may delete; so two that are put
 * on at one moment overwrite nothing of each other.
 */
const prefix = 'crossdock_tag_';

/** The name of a tag's field, whatever letters it is written in. */
export async function tagKey(tag: string): Promise<string> {
  return prefix + (await fingerprint(tag)).slice(0, 16);
}

interface Meta {
  readonly key: string;
  readonly value?: unknown;
}

/** The tags of an order, each once. */
export function tagsOf(metas: readonly Meta[]): readonly string[] {
  const tags = metas.flatMap(({ key, value }) => {
    return key.startsWith(prefix) && typeof value === 'string' && value !== '' ? [value] : [];
  });
  return [...new Set(tags)];
}

/** The field of the buyer's own number for an order that was made here. */
export const purchaseNumberKey = 'crossdock_purchase_number';

/** Whether a custom field is one of ours, and nothing that the shop said of the order. */
export function isOurField(key: string): boolean {
  return key.startsWith('crossdock_');
}
