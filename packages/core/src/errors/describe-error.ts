import type { Json } from '../model/json.ts';
import { CommerceError, isCommerceError } from './commerce-error.ts';
import { redact } from './redact.ts';

/**
 * An error as it may be stored: what it says, what it means, where it came from, and its causes, all redacted. Frames of
 * the stack are kept of strangers only, because they are somebody's bug.
 */
export function describeError(error: unknown, secrets: readonly string[] = []): Json {
  return redact(described(error, 0), secrets);
}

/**
 * The error itself when it is ours. A stranger becomes a `flow.defect` with the stranger as its cause, so that whoever
 * looks finds what really happened.
 */
export function toCommerceError(error: unknown): CommerceError {
  if (isCommerceError(error)) return error;
  const { name, message } = nameOf(error);
  return new CommerceError({
    code: 'flow.defect',
    message: `The work stopped: "${name}" was thrown where no error is expected${message === '' ? '' : `, saying "${redact(message)}"`}. Look at its cause, correct the code, then replay.`,
    cause: error,
  });
}

/** A chain of causes is rarely longer, and may be a ring. */
const deepest = 6;
const frames = 12;

function described(error: unknown, depth: number): Json {
  const { name, message } = nameOf(error);
  if (!(error instanceof Error)) return { error: name, message };
  const cause = error.cause === undefined || depth >= deepest ? undefined : described(error.cause, depth + 1);
  const parts = error instanceof AggregateError && depth < deepest ? error.errors.slice(0, frames) : [];
  const causes: Json = {
    ...(cause !== undefined && { cause }),
    ...(parts.length > 0 && { errors: parts.map((part) => described(part, depth + 1)) }),
  };
  if (!isCommerceError(error)) return { error: name, ...codeOf(error), message, stack: stackOf(error), ...causes };
  const { code, kind, category, retryable, system, operation, refs, retryAfterMs, details } = error;
  return {
    error: name,
    code,
    kind,
    category,
    retryable,
    message,
    system,
    operation,
    refs,
    retryAfterMs,
    details,
    ...causes,
  };
}

function nameOf(error: unknown): { readonly name: string; readonly message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  if (typeof error === 'string') return { name: 'text', message: error };
  if (typeof error === 'number' || typeof error === 'boolean') return { name: typeof error, message: String(error) };
  return { name: error === null ? 'null' : typeof error, message: '' };
}

/** The platform's own code (`ECONNRESET`) tells more than its sentence. */
function codeOf(error: Error): { readonly code?: string } {
  return 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
}

/** Only the frames: the lines before them repeat the message. */
function stackOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n');
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, frames)
    .map((line) => line.trim());
}
