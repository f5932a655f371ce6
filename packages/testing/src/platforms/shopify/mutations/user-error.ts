/**
 * A refusal of the fourth layer: in the payload, HTTP 200, no `errors`. The plain kind has no code, which its schema
 * holds; the others may have none, which is null.
 */
export type UserError = {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code: string | null;
};

/** A refusal that points at a field of the input; list indexes are decimal strings. */
export function userError(field: readonly string[] | null, message: string, code?: string): UserError {
  return { field, message, code: code ?? null };
}
