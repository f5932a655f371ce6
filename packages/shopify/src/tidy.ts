/** Shopify's words without what may be a buyer's or a secret: its messages repeat the e-mail or number that it refused. */
export function tidy(message: string): string {
  return (
    message
      .replaceAll(/[^\s"'<>()]+(?:@|%40)[^\s"'<>()]+/g, '(e-mail)')
      .replaceAll(/\+\d[\d ()./-]{5,}\d/g, '(phone)')
      .replaceAll(groups, (found) => (found.replaceAll(/\D/g, '').length >= 9 ? '(phone)' : found))
      .replaceAll(/shp[a-z]{2,3}_[A-Za-z0-9]+|eyJ[\w-]+\.[\w-]+\.[\w-]*|\b[0-9a-f]{32,}\b/g, '(token)')
      // What GraphQL could not take for what was wanted, it repeats.
      .replaceAll(
        /(invalid value for \S+ \(|coerce value |could not coerce )(?:"(?:[^"\\]|\\.)*"|\{.*\}|\[.*\])/gis,
        '$1(value)',
      )
      .replaceAll(/https?:\/\/\S+/g, '(link)')
      .slice(0, 300)
  );
}

/** Digits in groups, as telephone numbers are written; a date is none. An id has no groups. */
const groups = /(?<![\w/-])(?!\d{4}-\d{2}-\d{2})\(?\d{2,5}\)?(?:[ ./-]{1,2}\(?\d{2,8}\)?){1,5}(?!\w)/g;

/** A code of Shopify's as it is; whatever is no word of its kind may be anything, and is left out. */
export function wordOf(code: string | null | undefined): string | null {
  return code != null && /^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(code) && tidy(code) === code ? code : null;
}
