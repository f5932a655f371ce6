/**
 * The JSON of a body that PHP and plugins wrote other things round, where it is whole and everything else is known:
 * PHP's notices, which a shop with display_errors prints, comments of page caches, and marks of a byte order. What else
 * stands there may be half of an answer, so nothing is read then.
 */
export function jsonInBody(body: string): unknown {
  const start = endOfNotices(body, 0);
  const end = endOfJson(body, start);
  if (end === undefined || endOfNotices(body, end) !== body.length) return undefined;
  try {
    return JSON.parse(body.slice(start, end)) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * As PHP prints them, in HTML or as text, below an error that ends the work: after one of these the JSON is not whole,
 * whatever it looks like. https://www.php.net/manual/en/errorfunc.configuration.php, read 2026-11-26
 */
const known: readonly RegExp[] = [
  /(?:<br \/>\r?\n)?<b>(?:Warning|Notice|Deprecated|Strict Standards)<\/b>: [^]{0,4000}? in <b>[^<\n]{1,500}<\/b> on line <b>\d+<\/b><br \/>/y,
  /(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards): [^]{0,4000}? in [^\n]{1,500} on line \d+(?=\r?\n|$)/y,
  /<!--[^]{0,4000}?-->/y,
  /[\s\uFEFF]+/y,
];

function endOfNotices(body: string, from: number): number {
  let at = from;
  for (let before = -1; before < at;) {
    before = at;
    for (const notice of known) {
      notice.lastIndex = at;
      at += notice.exec(body)?.[0].length ?? 0;
    }
  }
  return at;
}

/** Where the one value that begins here ends; nowhere where it does not, and where it is no object or list. */
function endOfJson(body: string, start: number): number | undefined {
  if (body[start] !== '{' && body[start] !== '[') return undefined;
  let depth = 0;
  let isText = false;
  for (let at = start; at < body.length; at += 1) {
    const sign = body[at];
    if (isText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}
