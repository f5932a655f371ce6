import type { Json } from '../model/json.ts';
import { isPersonalField, isSecretField } from './private-fields.ts';

/** What stands where something was taken out. */
export const redacted = '[redacted]';

/**
 * A text without known secrets, tokens, passwords, e-mail addresses and telephone numbers; URLs lose their query, their
 * fragment and their user. A text that is JSON goes through `asJson`.
 */
export function redactText(text: string, secrets: readonly string[], asJson?: (value: Json) => Json): string {
  const structured = asJson === undefined ? undefined : jsonOf(text);
  if (structured !== undefined && asJson !== undefined) return JSON.stringify(asJson(structured));
  let clean = withoutSecrets(text, secrets);
  clean = clean.replaceAll(url, (_, scheme: string, rest: string) => `${scheme}://${withoutQuery(rest)}`);
  clean = clean.replaceAll(privateKey, redacted);
  clean = clean.replaceAll(headerLine, (_, name: string) => `${name}${redacted}`);
  clean = clean.replaceAll(scheme, (whole, word: string, token: string) =>
    looksLikeToken(token) ? `${word} ${redacted}` : whole,
  );
  clean = clean.replaceAll(knownToken, redacted);
  clean = clean.replaceAll(email, redacted).replaceAll(phone, redacted);
  // Cut-off JSON does not say whose name it is.
  clean = clean.replaceAll(quotedPair, (whole, start: string, key: string) =>
    isPrivate(key) || key === 'name' ? `${start}"${redacted}"` : whole,
  );
  return clean.replaceAll(plainPair, (whole, start: string, key: string) =>
    isPrivate(key) ? `${start}${redacted}` : whole,
  );
}

// Every pattern starts at a place where it cannot have started before, so that a long text costs its length once.

/** Scheme and the rest up to a blank or a quote. */
const url = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*):\/\/([^\s"'<>`]*)/gi;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** A header that carries a secret, to the end of its line or of the quote that it stands in. */
const headerLine =
  /(?<![\w-])((?:proxy-)?authorization["']?\s*[:=]\s*["']?|(?:set-)?cookie["']?\s*[:=]\s*["']?)(?!\s*\[redacted\])[^\r\n"']+/gi;
/** An Authorization value without its header's name. */
const scheme = /(?<![\w-])(Bearer|Basic|Digest|AWS4-HMAC-SHA256)[ \t]+([\w.~+/=|-]{6,})/gi;
/**
 * Tokens that tell by their shape what they are: Shopify, WooCommerce, Login with Amazon, AWS, Stripe and JSON web tokens.
 */
const knownToken =
  /(?<![\w|])(?:shp[a-z]{2}_[\w-]{16,}|c[ks]_[0-9a-f]{32,}|Atz[a-z]\|[\w+/=|-]{16,}|amzn1\.oa2-cs\.[\w.-]{16,}|A[KS]IA[0-9A-Z]{16}|[rs]k_(?:live|test)_\w{16,}|whsec_[\w+/=]{16,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/g;
/** `"key": "value"` in JSON that was cut off or is quoted within a sentence. */
const quotedPair = /((?<!\\)"([\w.-]{1,60})"\s*:\s*)"(?:[^"\\]|\\.)*"?/g;
/** `key=value` and `key: value`. */
const plainPair = /((?<![\w.-])([A-Za-z][\w.-]{1,60})(?:=|: ?))(?!\[redacted\])[^\s"'&,;<>()[\]{}]+/g;
const email = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,128}(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/**
 * International with + or 00, North American, or announced as one. Other rows of digits are order numbers, barcodes and
 * tracking numbers more often than telephone numbers.
 */
const phone =
  /(?<![\w+.-])(?:\+\d|00[1-9]\d{0,2}[ /-]\d)(?:[ \t()./-]{0,2}\d){6,14}(?![\w-])|(?<![\w.-])(?:\(\d{3}\)[ \t]?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|(?<=\b(?:tel|phone|telephone|mobile|fax)\.?:?[ \t]{0,3})\(?\d(?:[ \t()./-]{0,2}\d){5,14}/gi;

/** An id of 16 digits or more that stands in JSON as a number. */
const longNumber = /(?<=[:[,]\s{0,8})(-?\d{16,})(?=\s{0,8}[,\]}])/g;
/** Shorter ones would shred every text; nobody's secret has three letters. */
const shortestSecret = 4;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  // The longest first: one secret may be a part of another.
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length < shortestSecret) continue;
    for (const form of new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
    ])) {
      clean = clean.replaceAll(form, redacted);
    }
  }
  return clean;
}

function withoutQuery(rest: string): string {
  const end = rest.search(/[?#]/);
  const kept = end < 0 ? rest : rest.slice(0, end);
  const slash = kept.indexOf('/');
  const at = kept.lastIndexOf('@', slash < 0 ? kept.length : slash);
  return at < 0 ? kept : kept.slice(at + 1);
}

/** "Basic authentication" is a sentence, "Basic YWRtaW4=" is not. */
function looksLikeToken(text: string): boolean {
  return /[\d=+/_~|]/.test(text) || /[a-z][A-Z]/.test(text);
}

function isPrivate(key: string): boolean {
  return isSecretField(key) || isPersonalField(key);
}

function jsonOf(text: string): Json {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    // JSON.parse gives JSON, which is what Json says. A number too long for a double becomes text, to stay what it is.
    return JSON.parse(text.replaceAll(longNumber, '"$1"')) as Json;
  } catch {
    return undefined;
  }
}
