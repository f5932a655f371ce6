import { GraphQLError } from 'graphql';

/** An error of the third layer: it stands in `errors[]` beside `data`, with a code and a path. */
export function apiError(code: string, message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

/** An id of a record that there is not, or of another type. Recorded on API 2026-04. */
export function invalidId(id: string): GraphQLError {
  return apiError('RESOURCE_NOT_FOUND', `Invalid id: ${id}`);
}
