/** A refusal of the fourth layer: in the payload, HTTP 200, no `errors`. The plain kind has no code. */
export type UserError = { readonly field: readonly string[] | null; readonly message: string; readonly code?: string };

/** A refusal that points at a field of the input; list indexes are decimal strings. */
export function userError(field: readonly string[] | null, message: string, code?: string): UserError {
  return { field, message, ...(code === undefined ? {} : { code }) };
}
