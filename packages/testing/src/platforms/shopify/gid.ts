/** The global id of a record. */
export function gid(type: string, id: bigint | string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The parts of a global id, or undefined when the text is none. A query such as `?inventory_item_id=1` is kept apart. */
export function partsOf(
  globalId: string,
): { readonly type: string; readonly id: string; readonly query: URLSearchParams } | undefined {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/([\w-]+)(?:\?(.*))?$/.exec(globalId);
  if (!match?.[1] || !match[2]) return undefined;
  return { type: match[1], id: match[2], query: new URLSearchParams(match[3] ?? '') };
}

/** The number in a global id of that type; undefined for any other text. */
export function idIn(globalId: string, type: string): bigint | undefined {
  const parts = partsOf(globalId);
  return parts?.type === type && /^[1-9]\d*$/.test(parts.id) ? BigInt(parts.id) : undefined;
}
