/**
 * Text as WordPress cleans what somebody typed: no tags, no escaped bytes such as "%20", no white space but single blanks,
 * and a "<" that opens nothing is "&lt;". A search for "A%20B" is one for "AB". Compared with WooCommerce 10.5.0, 2026-11-26.
 */
export function cleanText(text: string): string {
  const withoutTags = text
    .replaceAll(/<[^>]*?(?:(?=<)|>|$)/g, (tag) => (tag.includes('>') ? tag : tag.replaceAll('<', '&lt;')))
    .replaceAll(/<[^>]*>/g, '');
  let clean = withoutTags.replaceAll(/[\r\n\t ]+/g, ' ').trim();
  while (/%[a-f0-9]{2}/i.test(clean)) clean = clean.replaceAll(/%[a-f0-9]{2}/gi, '');
  return clean.replaceAll(/ +/g, ' ').trim();
}
