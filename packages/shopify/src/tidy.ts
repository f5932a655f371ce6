/** Shopify's words without what may be a buyer's or a secret: its messages repeat the e-mail or number that it refused. */
export function tidy(message: string): string {
  return message
    .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, '(e-mail)')
    .replaceAll(/\+\d[\d ()./-]{5,}\d/g, '(phone)')
    .replaceAll(/shp[a-z]{2,3}_[A-Za-z0-9]+/g, '(token)')
    .replaceAll(/https?:\/\/\S+/g, '(link)')
    .slice(0, 300);
}

/** A code of Shopify's as it is; whatever is no word of its kind may be anything, and is left out. */
export function wordOf(code: string | null | undefined): string | null {
  return code != null && /^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(code) && tidy(code) === code ? code : null;
}
