import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { json, status } from './scripted-fetch.ts';
import { call, canary, caught, client, everythingIn } from './shop-client.ts';

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
    const busy = new CommerceError({ code: 'platform.throttled', message: 'Out of points.', retryAfterMs: 3000 });
    let answers = 0;
    const { http, seen, clock } = client([json({})], { explain: () => (answers++ === 0 ? busy : undefined) });
    const started = clock.now();
    await http.send(call({ safety: 'once', method: 'POST' }));
    expect(seen).toHaveLength(2);
    expect(clock.now() - started).toBeGreaterThanOrEqual(3000);
  });

  it('leaves a write open when it explains that it broke down', async () => {
    const down = new CommerceError({ code: 'platform.unavailable', message: 'Internal error.' });
    const { http } = client([json({})], { explain: () => down });
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
        return new Request(request, {
          headers: { ...Object.fromEntries(request.headers), 'x-length': `${body.length}` },
        });
      },
    });
    await http.send(call({ method: 'POST', json: { a: 1 } }));
    expect(seen[0]).toMatchObject({ body: '{"a":1}', headers: { 'x-length': '7' } });
  });

  it('that takes too long ends a write as not sent, and nothing is sent later', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { http, seen, clock } = client([json({})], {
      retry: false,
      async sign(request) {
        await promise;
        return request;
      },
    });
    const failing = caught(http.send(call({ safety: 'once', timeoutMs: 1000 })));
    await clock.advance(1000);
    expect(await failing).toMatchObject({ code: 'network.unreachable', details: { sent: 'no' } });
    resolve();
    await clock.advance(0);
    expect(seen).toHaveLength(0);
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
