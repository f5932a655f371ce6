/** Answers of ShipBob that say no. ShipBob OpenAPI 2026-01, read 2026-11-23. */
export function refused(status: 400 | 404 | 409, code: string, message: string): Response {
  return Response.json({ code, message }, { status });
}

/** What is wrong, by field. */
export function wrongFields(messages: Record<string, string[]>): Response {
  return Response.json(messages, { status: 400 });
}

export function duplicateReference(): Response {
  return Response.json({ errors: ['Cannot insert order with existing ReferenceId'] }, { status: 422 });
}

/** Who is not known, and who may not, hear nothing else. */
export function silent(status: 401 | 403): Response {
  return new Response(null, { status });
}

export function tooMany(retryAfterSeconds: number): Response {
  const message = `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.`;
  const headers = { 'x-retry-after': String(retryAfterSeconds), 'x-remaining-calls': '0' };
  return Response.json({ statusCode: 429, message }, { status: 429, headers });
}
