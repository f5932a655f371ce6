import { codeOf } from '../errors/stripped.ts';

/** What is known of a `fetch` that rejected: whether the request can have left, and a word for what happened. */
export interface NetworkFailure {
  readonly sent: 'no' | 'maybe';
  /** The runtime's own code or error name. Never its message: some runtimes put the whole URL in it. */
  readonly word: string;
}

// Node's fetch rejects with "fetch failed" and the reason in `cause.code`: measured on Node 24.
// The last three are undici's connect limit and Bun's own words.
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** Reads a rejection of `fetch`. Only a connection that provably never stood counts as not sent. */
export function networkFailure(error: unknown): NetworkFailure {
  const codes = codesOf(error);
  if (codes.length > 0) {
    return { sent: codes.every((code) => neverSent.has(code)) ? 'no' : 'maybe', word: codes[0] ?? 'unknown' };
  }
  // Deno gives no code; its client says "client error (Connect)" while no connection stands.
  const sent = error instanceof Error && error.message.includes('client error (Connect)') ? 'no' : 'maybe';
  return { sent, word: error instanceof Error ? error.name : typeof error };
}

/** The codes of an error and of what caused it. Several addresses of one host fail together, each with its own code. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError) return error.errors.flatMap((part) => codesOf(part));
  const code = codeOf(error);
  return code === undefined ? codesOf(error.cause) : [code];
}
