/**
 * A stand-in for a caught error that is fit to travel as a cause: its name, its code and where it happened. Its message
 * is left behind, because runtimes and parsers quote URLs, headers and bodies in it.
 */
export function stripped(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`A value of type ${typeof error} was thrown.`);
  const code = codeOf(error);
  const word = code === undefined ? error.name : `${error.name} (${code})`;
  const stand = new Error(word);
  stand.name = error.name;
  stand.stack = [word, ...framesOf(error)].join('\n');
  return stand;
}

/**
 * A runtime's own code for an error, as `ECONNRESET` or Bun's `ConnectionRefused`. Anything that is no such word is no code:
 * keys and tokens begin with a small letter, as `shpat_…`, `ck_…` and `amzn1…`.
 */
export function codeOf(error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z]\w{1,47}$/.test(code) ? code : undefined;
}

/** The frames stand behind the message, which may have several lines. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message) + message.length;
  return stack
    .slice(start)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
}
