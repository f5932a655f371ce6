import { codeOf } from '../errors/stripped.ts';

/** What is known of a `fetch` that rejected: whether the request can have left, and a word for what happened. */
export interface NetworkFailure {
  readonly sent: 'no' | 'maybe';
  /** The runtime's own code or error name. Never its message: some runtimes put the whole URL in it. */
  readonly word: string;
}

// Node's fetch rejects with "fetch failed" and the reason in `cause.code`: measured on Node 24.
// The three before the certificates are undici's connect limit and Bun's own words.
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
  // A certificate is looked at before anything is sent. nodejs.org/api/tls.html#x509-certificate-error-codes
  // A failure of TLS itself (ERR_SSL_…, EPROTO) is not among them: it can also come in the middle of a connection.
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Reads a rejection of `fetch`. Only a connection that provably never stood counts as not sent. */
export function networkFailure(error: unknown): NetworkFailure {
  const failures = codedIn(error);
  const [first] = failures;
  if (first) return { sent: failures.every(neverStood) ? 'no' : 'maybe', word: first.code };
  // Deno gives no code; its client says "client error (Connect)" while no connection stands.
  const sent = error instanceof Error && error.message.includes('client error (Connect)') ? 'no' : 'maybe';
  return { sent, word: error instanceof Error ? error.name : typeof error };
}

type Coded = { readonly code: string; readonly syscall: unknown };

/** No way to a host is met while connecting, or much later: the system call tells. */
function neverStood({ code, syscall }: Coded): boolean {
  return neverSent.has(code) || syscall === 'connect';
}

/** An error and what caused it, where they have codes. Several addresses of one host fail together, each its own way. */
function codedIn(error: unknown): readonly Coded[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError) return error.errors.flatMap(codedIn);
  const code = codeOf(error);
  if (code === undefined) return codedIn(error.cause);
  return [{ code, syscall: 'syscall' in error ? error.syscall : undefined }];
}
