import { createServer, type RequestListener } from 'node:http';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import type { HttpCall } from '../../src/http/call.ts';
import { createHttpClient } from '../../src/http/client.ts';
import type { HttpClientOptions } from '../../src/http/options.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { json, networkError, scriptedFetch, status, truncated, type Step } from './scripted-fetch.ts';

const canary = 'c4n4ry-t0ken';
const anything = z.unknown();

function call(rest: Partial<HttpCall<unknown>> = {}): HttpCall<unknown> {
  return { operation: 'orders.pull', method: 'GET', path: 'orders', safety: 'read', answer: anything, ...rest };
}

function client(steps: readonly Step[], options: Partial<HttpClientOptions> = {}) {
  const script = scriptedFetch(...steps);
  const clock = testClock();
  const http = createHttpClient({
    system: 'shop',
    baseUrl: 'https://shop.invalid/api',
    explain: () => undefined,
    fetch: script.fetch,
    clock,
    random: () => 0.5,
    ...options,
  });
  return { http, clock, seen: script.seen };
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}

describe('a described call', () => {
  it('becomes a request under the base URL, with or without a slash', async () => {
    for (const baseUrl of ['https://shop.invalid/api', 'https://shop.invalid/api/']) {
      const { http, seen } = client([json({})], { baseUrl });
      await http.send(call({ search: { status: 'any', limit: 50, page: undefined, 'created[min]': 'a b&c' } }));
      expect(seen[0]?.url).toBe('https://shop.invalid/api/orders?status=any&limit=50&created%5Bmin%5D=a+b%26c');
    }
  });

  it('sends JSON with its keys in the order given', async () => {
    const { http, seen } = client([json({})]);
    await http.send(call({ method: 'POST', json: { b: 1, a: [2] }, headers: { 'X-Shop': 'one' } }));
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"b":1,"a":[2]}' });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'x-shop': 'one',
    });
  });

  it('sends a form', async () => {
    const { http, seen } = client([json({})]);
    await http.send(call({ method: 'POST', form: { grant_type: 'refresh', scope: 'a b' } }));
    expect(seen[0]).toMatchObject({ body: 'grant_type=refresh&scope=a+b' });
    expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('lets its own headers replace the usual ones', async () => {
    const { http, seen } = client([json({})]);
    await http.send(call({ method: 'PATCH', json: 1, headers: { 'Content-Type': 'application/merge-patch+json' } }));
    expect(seen[0]?.headers['content-type']).toBe('application/merge-patch+json');
  });

  it('parses an empty answer as null', async () => {
    const { http } = client([status(204)]);
    expect(await http.send(call({ answer: z.null() }))).toMatchObject({ status: 204, data: null });
  });

  it('is refused before it is sent when no request can be built of it', async () => {
    const { http, seen } = client([json({})]);
    const error = await caught(http.send(call({ headers: { 'x-key': `two\nlines ${canary}` } })));
    expect(error).toMatchObject({ code: 'request.rejected' });
    expect(seen).toHaveLength(0);
    expect(everythingIn(error)).not.toContain(canary);
  });

  it('names where an answer does not fit, and none of its values', async () => {
    const { http } = client([json({ orders: [{ id: 1 }, { id: 'ada@example.org' }] })]);
    const answer = z.object({ orders: z.array(z.object({ id: z.number() })) });
    const error = await caught(http.send(call({ answer })));
    expect(error).toMatchObject({ code: 'response.unexpected' });
    expect(String(error)).toContain('"orders.1.id" (invalid_type)');
    expect(everythingIn(error)).not.toContain('ada@');
  });
});

describe('a platform that explains itself', () => {
  it('may refuse with status 200', async () => {
    const { http } = client([json({ errors: ['no such product'] })], {
      explain: ({ json: body }) =>
        z.object({ errors: z.array(z.string()) }).safeParse(body).success
          ? new CommerceError({ code: 'sku.unknown', message: 'SKU "TEE" has no product there.' })
          : undefined,
    });
    expect(await caught(http.send(call()))).toMatchObject({ code: 'sku.unknown' });
  });

  it('is believed that it is busy, also for a write that is never repeated', async () => {
    const busy = () => new CommerceError({ code: 'platform.throttled', message: 'Out of points.', retryAfterMs: 3000 });
    let answers = 0;
    const { http, seen, clock } = client([json({})], { explain: () => (answers++ === 0 ? busy() : undefined) });
    const started = clock.now();
    await http.send(call({ safety: 'once', method: 'POST' }));
    expect(seen).toHaveLength(2);
    expect(clock.now() - started).toBeGreaterThanOrEqual(3000);
  });

  it('leaves a write open when it explains that it broke down', async () => {
    const down = () => new CommerceError({ code: 'platform.unavailable', message: 'Internal error.' });
    const { http } = client([json({})], { explain: down });
    expect(await caught(http.send(call({ safety: 'once' })))).toMatchObject({ code: 'write.uncertain' });
  });

  it('leaves a write open when the connector stumbles over the answer', async () => {
    const { http } = client([json({ token: canary })], {
      explain({ body }) {
        throw new SyntaxError(`Unexpected token in ${body}`);
      },
    });
    const error = await caught(http.send(call({ safety: 'once' })));
    expect(error).toMatchObject({ code: 'write.uncertain', cause: { code: 'response.unexpected' } });
    expect(everythingIn(error)).not.toContain(canary);
  });
});

describe('signing', () => {
  it('runs for every attempt', async () => {
    let attempts = 0;
    const { http, seen } = client([status(503), json({})], {
      sign(request) {
        request.headers.set('authorization', `attempt ${++attempts}`);
        return request;
      },
    });
    await http.send(call());
    expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['attempt 1', 'attempt 2']);
  });

  it('may replace the request, and sees the body that goes out', async () => {
    const { http, seen } = client([json({})], {
      async sign(request) {
        const body = await request.clone().text();
        return new Request(request, { headers: { ...Object.fromEntries(request.headers), 'x-length': `${body.length}` } });
      },
    });
    await http.send(call({ method: 'POST', json: { a: 1 } }));
    expect(seen[0]).toMatchObject({ body: '{"a":1}', headers: { 'x-length': '7' } });
  });

  it('ends a write as not sent when it fails', async () => {
    const { http, seen } = client([json({})], {
      sign() {
        throw new TypeError(`bad key ${canary}`);
      },
    });
    const error = await caught(http.send(call({ safety: 'once' })));
    expect(error).toMatchObject({ code: 'auth.rejected' });
    expect(everythingIn(error)).not.toContain(canary);
    expect(seen).toHaveLength(0);
  });
});

describe('credentials that expire', () => {
  const expired = ({ status: code }: { readonly status: number }) =>
    code === 401 ? new CommerceError({ code: 'auth.expired', message: 'The token is old.' }) : undefined;

  function expiring() {
    let token = 'old';
    let renewals = 0;
    const bench = client([(request) => new Response('{}', { status: request.headers.get('x-token') === 'new' ? 200 : 401 })], {
      explain: expired,
      sign(request) {
        request.headers.set('x-token', token);
        return request;
      },
      async renew() {
        renewals++;
        await Promise.resolve();
        token = 'new';
      },
    });
    return { ...bench, renewals: () => renewals };
  }

  it('are renewed once, and the call is signed and sent again, also a write', async () => {
    const { http, seen, renewals } = expiring();
    await http.send(call({ safety: 'once', method: 'POST' }));
    expect(seen.map(({ headers }) => headers['x-token'])).toEqual(['old', 'new']);
    expect(renewals()).toBe(1);
  });

  it('are renewed once for calls that find it out together', async () => {
    const { http, renewals } = expiring();
    await Promise.all(Array.from({ length: 8 }, () => http.send(call())));
    expect(renewals()).toBe(1);
  });

  it('are given up when the renewed ones are refused too', async () => {
    let renewals = 0;
    const { http, seen } = client([status(401)], {
      explain: expired,
      renew: async () => {
        renewals++;
      },
    });
    expect(await caught(http.send(call()))).toMatchObject({ code: 'auth.expired' });
    expect([seen.length, renewals]).toEqual([2, 1]);
  });

  it('go to the caller where nobody can renew them', async () => {
    const { http, seen } = client([status(401)], { explain: expired });
    expect(await caught(http.send(call()))).toMatchObject({ code: 'auth.expired' });
    expect(seen).toHaveLength(1);
  });

  it('are renewed anew after a renewal that failed', async () => {
    let renewals = 0;
    const { http } = client([status(401), status(401), json({})], {
      explain: expired,
      renew: async () => {
        if (renewals++ === 0) throw new CommerceError({ code: 'auth.rejected', message: 'The secret was changed.' });
      },
    });
    expect(await caught(http.send(call()))).toMatchObject({ code: 'auth.rejected' });
    expect(await http.send(call())).toMatchObject({ status: 200 });
    expect(renewals).toBe(2);
  });
});

describe('a platform that is down', () => {
  const options = { retry: false, breaker: { failures: 3, coolDownMs: 10_000 } } as const;

  it('is left alone after some failures in a row, and tried by one call after a while', async () => {
    const { http, seen, clock } = client([status(500), status(500), status(500), json({})], options);
    for (let calls = 0; calls < 3; calls++) await caught(http.send(call()));
    const refused = await caught(http.send(call()));
    expect(refused).toMatchObject({ code: 'circuit.open', retryAfterMs: 10_000 });
    expect(seen).toHaveLength(3);
    await clock.advance(10_000);
    const [first, second] = await Promise.allSettled([http.send(call()), http.send(call())]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    await http.send(call());
    expect(seen).toHaveLength(5);
  });

  it('is not made out of one that refuses', async () => {
    const { http, seen } = client([status(422)], options);
    for (let calls = 0; calls < 9; calls++) await caught(http.send(call()));
    expect(seen).toHaveLength(9);
  });

  it('shows in writes as well', async () => {
    const { http, seen } = client([networkError('ECONNRESET')], options);
    for (let calls = 0; calls < 9; calls++) await caught(http.send(call({ safety: 'once' })));
    expect(seen).toHaveLength(3);
  });
});

describe('an allowance', () => {
  const buckets = { calls: { capacity: 2, refillPerSecond: 1 } };
  const bucket = { name: 'calls', cost: 1 };

  it('makes calls wait before the platform refuses', async () => {
    const at: number[] = [];
    const { http, clock } = client([(request) => (at.push(clock.now()), json({})(request))], { buckets });
    const started = clock.now();
    await Promise.all(Array.from({ length: 4 }, () => http.send(call({ bucket }))));
    expect(at.map((moment) => moment - started)).toEqual([0, 0, 1000, 2000]);
    expect(http.usage()).toEqual([{ bucket: 'calls', calls: 4, spent: 4, throttled: 0, waitedMs: 3000 }]);
  });

  it('is learnt from the answers, good and bad', async () => {
    const { http, clock } = client([status(404, { left: '0' }), json({}, 200, { left: '5' })], {
      buckets,
      learn: ({ headers }) => [{ name: 'calls', available: Number(headers.get('left')) }],
    });
    const started = clock.now();
    await caught(http.send(call({ bucket })));
    await http.send(call({ bucket }));
    expect(clock.now() - started).toBe(1000);
  });

  it('is not charged for what was not sent', async () => {
    const { http, clock } = client([networkError('ECONNREFUSED'), json({})], { buckets, retry: false });
    const started = clock.now();
    await caught(http.send(call({ bucket })));
    await http.send(call({ bucket }));
    await http.send(call({ bucket }));
    expect(clock.now() - started).toBe(0);
    expect(http.usage()[0]).toMatchObject({ calls: 2, spent: 2 });
  });

  it('is empty after a refusal for as long as the platform says', async () => {
    const { http, clock } = client([status(429, { 'retry-after': '20' }), json({})], { buckets, retry: false });
    const started = clock.now();
    await caught(http.send(call({ bucket })));
    await http.send(call({ bucket }));
    expect(clock.now() - started).toBe(21_000);
    expect(http.usage()[0]).toMatchObject({ throttled: 1, spent: 1 });
  });

  it('has to be one that the client knows', async () => {
    const { http, seen } = client([json({})], { buckets });
    const error = await caught(http.send(call({ bucket: { name: 'points', cost: 1 } })));
    expect(error).toMatchObject({ code: 'options.invalid' });
    expect(String(error)).toContain('the client has "calls"');
    expect(seen).toHaveLength(0);
  });

  it('stops a caller that gives up while it waits, without a send', async () => {
    const clock = testClock({ auto: false });
    const { http, seen } = client([json({})], { buckets, clock });
    await Promise.all([http.send(call({ bucket })), http.send(call({ bucket }))]);
    const controller = new AbortController();
    const waiting = caught(http.send(call({ bucket, signal: controller.signal, safety: 'once' })));
    await clock.advance(10);
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'call.aborted' });
    expect(seen).toHaveLength(2);
  });
});

describe('a secret', () => {
  const steps: readonly (readonly [string, Step])[] = [
    ['a status', () => new Response(`no access for ${canary}`, { status: 403 })],
    ['a redirect', status(302, { location: `https://elsewhere.invalid/?token=${canary}` })],
    ['a body that is no JSON', () => new Response(`{"token":"${canary}`)],
    ['a body of another shape', json({ [canary]: 1, token: canary })],
    ['a broken answer', truncated],
    ['a network failure', networkError('ECONNRESET')],
    [
      "Deno's network failure, which quotes the URL",
      (request) => {
        throw new TypeError(`error sending request for url (${request.url}): client error (Connect): refused`);
      },
    ],
    [
      'a failure that carries the request',
      (request) => {
        throw Object.assign(new Error(`Request failed: ${request.url}`), { request, options: { token: canary } });
      },
    ],
    ['a throttle', status(429)],
    ['a breakdown', () => new Response(canary, { status: 500 })],
  ];

  it.each(steps)('is in no error after %s', async (_, step) => {
    for (const safety of ['read', 'repeatable', 'once'] as const) {
      const { http } = client([step], {
        retry: { retries: 1, minDelayMs: 1 },
        sign: (request) => new Request(`${request.url}&signature=${canary}`, withToken(request)),
      });
      const error = await caught(
        http.send(
          call({
            method: 'POST',
            safety,
            search: { token: canary },
            json: { password: canary },
            headers: { 'x-api-key': canary },
            answer: z.strictObject({ id: z.number() }),
          }),
        ),
      );
      expect(error).toBeInstanceOf(CommerceError);
      expect(everythingIn(error)).not.toContain(canary);
    }
  });
});

describe('over a socket', () => {
  async function listening(listener: RequestListener, use: (origin: string) => Promise<void>): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    try {
      await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
  const onSocket = (origin: string, options: Partial<HttpClientOptions> = {}) =>
    createHttpClient({ system: 'shop', baseUrl: origin, explain: () => undefined, retry: false, ...options });

  it('a port where nobody listens is known not to have been reached', async () => {
    let origin = '';
    await listening(
      () => undefined,
      async (closing) => {
        origin = closing;
      },
    );
    const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
    expect(error).toMatchObject({ code: 'network.unreachable', details: { sent: 'no', reason: 'ECONNREFUSED' } });
  });

  it('a connection that is cut after the request leaves a write open', async () => {
    await listening(
      (request) => request.resume().on('end', () => request.socket.destroy()),
      async (origin) => {
        const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
        expect(error).toMatchObject({ code: 'write.uncertain', cause: { code: 'network.unreachable' } });
      },
    );
  });

  it('an answer that is cut in its middle leaves a write open', async () => {
    await listening(
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id":1', () => response.destroy());
      },
      async (origin) => {
        const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
        expect(error).toMatchObject({ code: 'write.uncertain', cause: { code: 'network.unreachable' } });
      },
    );
  });

  it('credentials do not follow a redirect to another host', async () => {
    const visitors: (string | undefined)[] = [];
    await listening(
      (request, response) => {
        visitors.push(request.headers.authorization);
        response.end('{}');
      },
      async (elsewhere) =>
        listening(
          (_, response) => response.writeHead(307, { location: elsewhere }).end(),
          async (origin) => {
            const sign = (request: Request) => {
              request.headers.set('authorization', canary);
              return request;
            };
            const error = await caught(onSocket(origin, { sign }).send(call()));
            expect(error).toMatchObject({ code: 'response.unexpected', details: { status: 307 } });
          },
        ),
    );
    expect(visitors).toEqual([]);
  });

  it('an endless answer is not read to its end', async () => {
    await listening(
      (_, response) => {
        const more = () => {
          while (response.writable && response.write('x'.repeat(1000)));
          response.once('drain', more);
        };
        more();
      },
      async (origin) => {
        const error = await caught(onSocket(origin, { maxAnswerBytes: 5000 }).send(call()));
        expect(error).toMatchObject({ code: 'response.unexpected', details: { maxAnswerBytes: 5000 } });
      },
    );
  });
});

function withToken(request: Request): RequestInit {
  return { method: 'POST', body: canary, headers: { ...Object.fromEntries(request.headers), authorization: canary } };
}

/** All texts that can be reached from an error: own properties whether enumerable or not, causes, nested errors. */
function everythingIn(error: unknown, visited = new Set<unknown>()): string {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null || visited.has(error)) return '';
  visited.add(error);
  const parts = Reflect.ownKeys(error).map((key) => `${String(key)} ${everythingIn(Reflect.get(error, key), visited)}`);
  if (error instanceof Request) parts.push(error.url);
  return parts.join('\n');
}
