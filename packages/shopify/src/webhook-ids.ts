/** Every global id of a type in a body, each once. Slashes may come escaped. */
export function gidsIn(body: string, type: string): readonly string[] {
  const found = body.replaceAll('\\/', '/').matchAll(new RegExp(`"(gid://shopify/${type}/\\d+)"`, 'g'));
  return [...new Set([...found].flatMap(([, id]) => id ?? []))];
}

/**
 * The global id of what a field names by number. A number may be larger than a float can hold, so it is read from the text.
 */
export function gidOfNumber(body: string, field: string, type: string): string | undefined {
  const number = new RegExp(`"${field}"\\s*:\\s*"?(\\d+)`).exec(body)?.[1];
  return number === undefined ? undefined : `gid://shopify/${type}/${number}`;
}
