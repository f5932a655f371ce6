import type { Ref } from '@crossdock/core';

/** Whether Shopify could have given this id to an order of this shop. It calls others wrong instead of unknown. */
export function isOrderId(ref: Ref, system: string): boolean {
  return ref.system === system && /^gid:\/\/shopify\/Order\/\d+$/.test(ref.id);
}

/** The same for a record of another kind, by Shopify's name of it: `Return`. */
export function isIdOf(type: string, ref: Ref, system: string): boolean {
  return ref.system === system && ref.id.startsWith(`gid://shopify/${type}/`) && /\/\d+$/.test(ref.id);
}
