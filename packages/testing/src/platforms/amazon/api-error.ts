/** An error of the API: `{errors: [{code, message, details}]}`. The codes differ between the APIs, as Amazon's do. */
export function refused(status: number, code: string, message: string, details?: string): Response {
  return Response.json(
    { errors: [{ code, message, ...(details === undefined ? {} : { details }) }] },
    { status, headers: { 'x-amzn-ErrorType': code } },
  );
}

// The words of 403. developer-docs.amazon.com, read 2026-08-18.
const denials = {
  missing: 'Access token is missing in the request header.',
  malformed: 'The access token you provided is revoked, malformed or invalid.',
  expired: 'The access token you provided has expired.',
} as const;
export type Denial = keyof typeof denials | 'role';

/** Who may not. Only the details tell a bad token from a missing role or authorization. */
export function denied(why: Denial): Response {
  const message = 'Access to requested resource is denied.';
  return refused(403, 'Unauthorized', message, why === 'role' ? '' : denials[why]);
}

/** Never with the header that tells the rate. */
export function quotaExceeded(): Response {
  return refused(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.', '');
}

/** What the web server in front of the API says to a GET with a body. */
export function badRequestPage(): Response {
  const html = '<html><head><title>400 Bad Request</title></head><body><h1>Bad Request</h1></body></html>';
  return new Response(html, { status: 400, headers: { 'content-type': 'text/html' } });
}

// Each API has its own words for the same. Static sandbox cases of Amazon's models of 2026-08-05, read 2026-11-23.
const badInputs = {
  orders: ['InvalidInput', 'Invalid Input'],
  ordersV0: ['Invalid Input', 'Invalid Input'],
  listings: ['BAD_REQUEST', 'Invalid input'],
  feeds: ['400', 'Invalid input'],
  notifications: ['InvalidParameterValue', 'Invalid input'],
  inventory: ['InvalidInput', 'Invalid Input'],
} as const;

/** Bad input, in the words of one API. `details` says what is wrong with it. */
export function badInput(api: keyof typeof badInputs, details?: string): Response {
  const [code, message] = badInputs[api];
  return refused(400, code, message, details);
}
