/**
 * A stand-in for a caught error that is fit to travel as a cause: its name, its code and where it happened. Its message
 * is left behind, because runtimes and parsers quote URLs, headers and bodies in it.
 */
export function stripped(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`A value of type ${typeof error} was thrown.`);
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const stand = new Error(`${error.name}${code}`);
  stand.name = error.name;
  // Only the frames: the lines before them repeat the message.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  stand.stack = [`${error.name}${code}`, ...frames].join('\n');
  return stand;
}
