/**
 * Quotes a platform's sentence in an error: short, and without what may be a customer's. Struck are the secrets, every
 * value that the call itself sent, what stands in quotes or brackets, the database's own report of a row, and e-mail
 * addresses, telephone numbers and addresses of the network. Names of fields and models stay, because a person needs them.
 */
export function platformWords(secrets: readonly string[]): (text: string, sent?: unknown) => string {
  const hidden = secrets.filter((secret) => secret.length > 3);
  return (text, sent) => {
    let words = text;
    for (const secret of hidden) words = words.replaceAll(secret, '…');
    words = words.replace(rowReport, '…');
    // The longest first: a street is struck whole, not only the town in it.
    for (const value of valuesIn(sent).toSorted((one, other) => other.length - one.length)) {
      words = words.replaceAll(new RegExp(escaped(value), 'giu'), '…');
    }
    words = withoutBrackets(words);
    for (const quoted of quotes) words = words.replaceAll(quoted, nameOrNothing);
    words = words
      .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, '…')
      .replaceAll(/\+?\d[\d ()/-]{7,}\d/g, '…')
      .replaceAll(/https?:\/\/\S+/g, '…')
      .replaceAll(/\s+/g, ' ')
      .trim();
    return words.length > longest ? `${words.slice(0, longest)}…` : words;
  };
}

const longest = 240;
/** A shorter value is no person's, and striking it would leave nothing of the sentence. */
const shortest = 3;

/** PostgreSQL repeats the row that it refused: "DETAIL:  Failing row contains (7, Jane Doe, …)". */
const rowReport = /(?:d[eé]tails?\s*:|failing row|hint\s*:|context\s*:)[\s\S]*$/i;

/** An apostrophe inside a word opens and closes nothing. The last one is a quote that nobody closed. */
const quotes: readonly RegExp[] = [
  /(?<![\p{L}\d])'[\s\S]*?'(?![\p{L}\d])/gu,
  /"[^"]*"/g,
  /[“„][^”“]*[”“]/g,
  /[‘‚][^’]*’/g,
  /«[^»]*»/g,
  /(?<![\p{L}\d])['"“„‘‚«][\s\S]*$/gu,
];
const brackets: readonly RegExp[] = [/\([^()]*\)/g, /\[[^[\]]*\]/g, /\{[^{}]*\}/g, /<[^<>]*>/g];

/** From the inside outwards, and what is not closed to the end. */
function withoutBrackets(text: string): string {
  let words = text;
  for (let before = ''; before !== words;) {
    before = words;
    for (const bracket of brackets) words = words.replaceAll(bracket, nameOrNothing);
  }
  return words.replace(/[([{<][\s\S]*$/, '…');
}

/** The name of a field that refers to a record ("partner_id") or of a model of Odoo's own is nobody's name. */
function nameOrNothing(quoted: string): string {
  const inside = quoted.slice(1, -1);
  const isName = /^(?:[a-z0-9]+_)+ids?$|^(?:res|sale|stock|product|account|purchase|ir)\.[a-z_.]+$/.test(inside);
  return isName ? inside : '…';
}

/** Values in a call's parameters. Names of fields are Odoo's own words and not values, those of a search too. */
function valuesIn(sent: unknown): readonly string[] {
  const values = new Set<string>();
  const gather = (part: unknown): void => {
    if (typeof part === 'string') {
      // Several lines of an address stand in one field, with commas between them.
      for (const value of [part, ...part.split(/[,\n]/)]) add(value.trim());
    } else if (Array.isArray(part)) part.forEach(gather);
    else if (part !== null && typeof part === 'object') {
      for (const [name, value] of Object.entries(part)) {
        if (name === 'domain' && Array.isArray(value)) value.forEach((term) => gather(operandOf(term)));
        else if (!wordless.has(name)) gather(value);
      }
    }
  };
  const add = (value: string) => {
    if (value.length >= shortest && !/^[\d.]{1,4}$/.test(value)) values.add(value);
  };
  gather(sent);
  return [...values];
}

const wordless: ReadonlySet<string> = new Set(['fields', 'attributes', 'order', 'context']);

function operandOf(term: unknown): unknown {
  return Array.isArray(term) ? (term[2] as unknown) : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
