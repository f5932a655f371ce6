import { createHttpClient, type HttpAnswer, type HttpCall, type ReadOptions, type Usage } from '@crossdock/core';
import { tokenSource } from './auth.ts';
import { explainAs, explainDocumentAs, explainTokenAs } from './errors.ts';
import type { AmazonSettings } from './options.ts';
import { allowances, statedRate, type ApiOperation } from './rates.ts';

/** One call of the API. `api` is Amazon's name of it, which decides the allowance; `operation` is ours. */
type ApiCall<T> = Pick<
  HttpCall<T>,
  'operation' | 'method' | 'path' | 'search' | 'json' | 'safety' | 'answer' | 'lane' | 'signal'
> & { readonly api: ApiOperation };

/** A call to a document: a file that lies elsewhere, at an address that is a secret. */
type DocumentCall<T> = Pick<HttpCall<T>, 'operation' | 'text' | 'reads' | 'gunzip' | 'answer' | 'signal'> & {
  readonly url: string;
  readonly method: 'GET' | 'PUT';
};

/** Which of our operations a call serves, and how it may be stopped. */
export interface CallContext extends ReadOptions {
  readonly operation: string;
}

export interface AmazonClient {
  send<T>(call: ApiCall<T>): Promise<T>;
  /** Writes or reads a document, without any of our credentials. Its address is in no error. */
  transfer<T>(call: DocumentCall<T>): Promise<T>;
  usage(): readonly Usage[];
}

/** The clients for one seller: the API's, that of its tokens, and one for every document. */
export function amazonClient(settings: AmazonSettings): AmazonClient {
  const { system, runtime, timeoutMs, clock, application } = settings;
  const token = tokenSource(settings, clock);
  const common = { system, ...runtime, timeoutMs };
  // Tokens have a client of their own: the call that needs one may be the only one that an open circuit lets through.
  const tokens = createHttpClient({
    ...common,
    baseUrl: settings.tokenOrigin,
    explain: explainTokenAs(system),
    breaker: false,
  });
  const http = createHttpClient({
    ...common,
    baseUrl: settings.origin,
    explain: explainAs(system, clock),
    async sign(request) {
      const signed = new Request(request);
      signed.headers.set('x-amz-access-token', await token.current(tokens.send));
      // Wanted by Amazon on every call, in this form. developer-docs.amazon.com, read 2026-08-18.
      signed.headers.set('user-agent', `${application.name}/${application.version} (Language=TypeScript)`);
      return signed;
    },
    async renew() {
      token.renew();
    },
    buckets: allowances(settings.isSandbox),
    learn,
  });

  return {
    usage: http.usage,
    async send({ api, ...call }) {
      const { data } = await http.send({ ...call, bucket: { name: api, cost: 1 } });
      return data;
    },
    async transfer({ url, ...call }) {
      // Everything behind the host is secret, and stands in the path because it must not be written anew.
      const { origin, pathname, search } = new URL(url);
      const documents = createHttpClient({
        ...common,
        baseUrl: origin,
        explain: explainDocumentAs(system),
        breaker: false,
      });
      const { data } = await documents.send({ ...call, path: `${pathname.slice(1)}${search}`, safety: 'read' });
      return data;
    },
  };
}

function learn({ headers }: HttpAnswer, { bucket }: HttpCall<unknown>): { name: string; refillPerSecond: number }[] {
  if (!bucket) return [];
  const refillPerSecond = statedRate(bucket.name, headers.get('x-amzn-ratelimit-limit'));
  return refillPerSecond === undefined ? [] : [{ name: bucket.name, refillPerSecond }];
}

/** A part of a path or a query, with everything encoded that is no letter, digit or `-._~`: a SKU may hold any sign. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
