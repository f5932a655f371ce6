import { badInput, badRequestPage, denied, quotaExceeded, refused } from './api-error.ts';
import type { AmazonBuckets } from './buckets.ts';
import type { Call } from './call.ts';
import type { TokenOffice } from './lwa.ts';
import { askedOperation, type AmazonOperation } from './operations.ts';
import { listingsPlan, type AmazonPlan } from './rates.ts';

/** What stands in front of every operation. */
export interface GateOptions {
  readonly tokens: TokenOffice;
  readonly buckets: AmazonBuckets;
  readonly plan: (name: AmazonOperation) => AmazonPlan;
  /** The key of an operation's bucket. */
  readonly keyOf: (name: AmazonOperation | 'listings') => string;
  readonly onThrottled: () => void;
}

/** Lets a request pass, or says why not: how it was sent, then who asks, then how often. */
export function gate(options: GateOptions) {
  return async (request: Request): Promise<Call | Response> => {
    const url = new URL(request.url);
    const { headers, method } = request;
    // A GET with a body never reaches the API. developer-docs.amazon.com, read 2026-08-18.
    if (method === 'GET' && (headers.has('content-length') || headers.has('transfer-encoding')))
      return badRequestPage();
    const token = headers.get('x-amz-access-token');
    const asked = askedOperation(method, url.pathname);
    if (!asked) return denied(token === null ? 'missing' : 'role');
    const agent = headers.get('user-agent') ?? '';
    if (agent === '' || agent.length > 500)
      return badInput('orders', 'A user-agent header of up to 500 characters is required.');
    const grant = options.tokens.check(token);
    if (typeof grant === 'string') return denied(grant);
    if (grant.scope !== asked.scope) return denied('role');
    const text = method === 'GET' ? '' : await request.text();
    if (text !== '' && !/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
      return refused(415, 'UnsupportedMediaType', 'The media type of the request is not supported.');
    }
    if (!options.buckets.take(wanted(asked.name, options))) {
      options.onThrottled();
      return quotaExceeded();
    }
    return { name: asked.name, params: asked.params, query: url.searchParams, text, origin: url.origin };
  };
}

function wanted(name: AmazonOperation, { plan, keyOf }: GateOptions) {
  const own = { key: keyOf(name), plan: plan(name) };
  return /Listings/.test(name) ? [own, { key: keyOf('listings'), plan: listingsPlan }] : [own];
}

/** The rate is told on some answers only, and never on a refusal for it. developer-docs.amazon.com, read 2026-08-18. */
export function stamped(response: Response, requestId: string, rate: number | undefined): Response {
  const headers = new Headers(response.headers);
  headers.set('x-amzn-RequestId', requestId);
  const { status } = response;
  const isTold = (status >= 200 && status < 300) || status === 400 || status === 404;
  if (rate !== undefined && isTold) headers.set('x-amzn-RateLimit-Limit', String(rate));
  return new Response(response.body, { status, headers });
}
