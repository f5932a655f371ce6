import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { CommerceError, isCommerceError } from '../../src/errors/commerce-error.ts';
import type { HttpCall, Safety } from '../../src/http/call.ts';
import { createHttpClient } from '../../src/http/client.ts';
import type { HttpClientOptions } from '../../src/http/options.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { json, networkError, scriptedFetch, silence, status, truncated, type Step } from './scripted-fetch.ts';

const order = z.object({ id: z.number() });

function call(safety: Safety, rest: Partial<HttpCall<{ id: number }>> = {}): HttpCall<{ id: number }> {
  return {
    operation: 'orders.create',
    method: 'POST',
    path: 'orders',
    json: { sku: 'TEE' },
    safety,
    answer: order,
    ...rest,
  };
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
    retry: { retries: 2, minDelayMs: 1000, maxDelayMs: 60_000 },
    breaker: false,
    ...options,
  });
  return { http, clock, seen: script.seen };
}

async function failureOf(work: Promise<unknown>): Promise<CommerceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It did not fail as a CommerceError', { cause: error });
}

/** When the attempts of one call went out, in milliseconds after the first. */
async function moments(steps: readonly Step[], options: Partial<HttpClientOptions> = {}): Promise<number[]> {
  const clock = testClock();
  const started = clock.now();
  const at: number[] = [];
  const timed = steps.map((step): Step => (request) => {
    at.push(clock.now() - started);
    return step(request);
  });
  const { http } = client(timed, { clock, ...options });
  await http.send(call('read')).catch(() => undefined);
  return at;
}

// What each kind of failure means, and how often the request went out: with two retries at most three times.
const outcomes: readonly (readonly [string, Step, Record<Safety, readonly [string, number]>])[] = [
  ['a name that is not found', networkError('ENOTFOUND'), all('network.unreachable', 3)],
  ['a name server that is busy', networkError('EAI_AGAIN'), all('network.unreachable', 3)],
  ['a refused connection', networkError('ECONNREFUSED'), all('network.unreachable', 3)],
  ['a host without a way to it', networkError('EHOSTUNREACH', 'connect'), all('network.unreachable', 3)],
  ['a host whose way is lost', networkError('EHOSTUNREACH', 'read'), silenceMeans('network.unreachable')],
  ['a network without a way to it', networkError('ENETUNREACH', 'connect'), all('network.unreachable', 3)],
  ['a certificate that has run out', networkError('CERT_HAS_EXPIRED'), all('network.unreachable', 3)],
  ['a certificate of nobody we know', networkError('SELF_SIGNED_CERT_IN_CHAIN'), all('network.unreachable', 3)],
  ['a certificate of another host', networkError('ERR_TLS_CERT_ALTNAME_INVALID'), all('network.unreachable', 3)],
  ['addresses that all refuse', unreachable('ECONNREFUSED', 'ENETUNREACH'), all('network.unreachable', 3)],
  ['addresses of which one broke off', unreachable('ECONNREFUSED', 'EPIPE'), silenceMeans('network.unreachable')],
  ['a reset', networkError('ECONNRESET'), silenceMeans('network.unreachable')],
  ['a connection that closed', networkError('UND_ERR_SOCKET'), silenceMeans('network.unreachable')],
  ['a network failure without a code', networkError(), silenceMeans('network.unreachable')],
  ['no answer in time', silence, silenceMeans('network.timeout')],
  ['an answer that breaks off', truncated, silenceMeans('network.unreachable')],
  ['status 408', status(408), silenceMeans('network.timeout')],
  ['status 425', status(425), silenceMeans('platform.unavailable')],
  ['status 500', status(500), silenceMeans('platform.unavailable')],
  ['status 502', status(502), silenceMeans('platform.unavailable')],
  ['status 503', status(503), silenceMeans('platform.unavailable')],
  ['status 429', status(429), all('platform.throttled', 3)],
  ['status 400', status(400), all('request.rejected', 1)],
  ['status 401', status(401), all('auth.rejected', 1)],
  ['status 403', status(403), all('access.denied', 1)],
  ['status 404', status(404), all('record.missing', 1)],
  ['status 409', status(409), all('request.rejected', 1)],
  ['status 422', status(422), all('request.rejected', 1)],
  ['a redirect', status(302, { location: 'https://elsewhere.invalid/' }), unreadable()],
  ['an answer that is no JSON', () => new Response('<html>'), unreadable()],
  ['an answer of another shape', json({ id: 'text' }), unreadable()],
  ['an answer that is too large', () => new Response('x'.repeat(2000)), unreadable()],
];

function all(code: string, sends: number): Record<Safety, readonly [string, number]> {
  return { read: [code, sends], repeatable: [code, sends], once: [code, sends] };
}
function silenceMeans(code: string): Record<Safety, readonly [string, number]> {
  return { read: [code, 3], repeatable: ['write.uncertain', 3], once: ['write.uncertain', 1] };
}
function unreachable(...codes: readonly string[]): Step {
  const errors = codes.map((code) =>
    Object.assign(new Error(code), { code, syscall: code === 'EPIPE' ? 'write' : 'connect' }),
  );
  return () => {
    throw new TypeError('fetch failed', { cause: new AggregateError(errors) });
  };
}
function unreadable(): Record<Safety, readonly [string, number]> {
  return { read: ['response.unexpected', 1], repeatable: ['write.uncertain', 3], once: ['write.uncertain', 1] };
}

describe.each(outcomes)('%s', (_, step, expected) => {
  it.each(['read', 'repeatable', 'once'] as const)('ends a %s call as what is known of it', async (safety) => {
    // The test clock passes a deadline only when somebody moves time.
    const { http, clock, seen } = client([step], { timeoutMs: 5000, maxAnswerBytes: 1000 });
    const failing = failureOf(http.send(call(safety)));
    if (step === silence) for (let passed = 0; passed < 20; passed++) await clock.advance(5000);
    const error = await failing;
    expect([error.code, seen.length]).toEqual(expected[safety]);
    expect(error).toMatchObject({ system: 'shop', operation: 'orders.create' });
  });
});

describe('a write whose answer was lost', () => {
  it('succeeds when a repeat is answered', async () => {
    const { http, seen } = client([networkError('ECONNRESET'), status(503), json({ id: 7 })]);
    expect((await http.send(call('repeatable'))).data).toEqual({ id: 7 });
    expect(new Set(seen.map(({ body }) => body))).toEqual(new Set(['{"sku":"TEE"}']));
  });

  it.each([
    ['a refused connection', networkError('ECONNREFUSED')],
    ['a throttle', status(429)],
    ['refused credentials', status(401)],
    ['a missing right', status(403)],
    ['a bare status 400', status(400)],
    ['a bare status 404', status(404)],
    ['a bare status 409', status(409)],
    ['a bare status 413', status(413)],
    ['a bare status 422', status(422)],
  ])('stays uncertain when the repeat ends with %s, which says nothing of the first attempt', async (_, step) => {
    const { http } = client([networkError('ECONNRESET'), step]);
    const error = await failureOf(http.send(call('repeatable')));
    expect(error.code).toBe('write.uncertain');
  });

  it('is settled by what the platform says to the repeat of it', async () => {
    const { http } = client([networkError('ECONNRESET'), json({ reason: 'taken' }, 422)], {
      explain: ({ status: code }) =>
        code === 422 ? new CommerceError({ code: 'record.duplicate', message: 'The number is taken.' }) : undefined,
    });
    expect((await failureOf(http.send(call('repeatable')))).code).toBe('record.duplicate');
  });

  it('is not settled by a repeat that never went out', async () => {
    let signed = 0;
    const { http, seen } = client([networkError('ECONNRESET')], {
      sign(request) {
        if (signed++ === 0) return request;
        throw new CommerceError({ code: 'request.rejected', message: 'This request cannot be signed.' });
      },
    });
    const error = await failureOf(http.send(call('repeatable')));
    expect([error.code, seen.length]).toEqual(['write.uncertain', 1]);
  });

  it('stays uncertain when its caller stops it while it waits', async () => {
    const controller = new AbortController();
    const { http, clock } = client([networkError('ECONNRESET')], { clock: testClock({ auto: false }) });
    const failing = failureOf(http.send(call('repeatable', { signal: controller.signal })));
    await clock.advance(0);
    controller.abort(new Error('changed my mind'));
    expect((await failing).code).toBe('write.uncertain');
  });

  it('names what it may have done and keeps the reason', async () => {
    const { http } = client([status(500)]);
    const error = await failureOf(http.send(call('once')));
    expect(error.message).toContain('may have happened');
    expect(error.message).toContain('Not repeated');
    expect(error.cause).toMatchObject({ code: 'platform.unavailable' });
    expect(error.details).toEqual({ safety: 'once', attemptEndedAs: 'platform.unavailable' });
  });
});

describe('a caller that stops', () => {
  it('does not send when it stopped before', async () => {
    let signed = 0;
    const { http, seen } = client([json({ id: 1 })], { sign: (request) => (signed++, request) });
    const error = await failureOf(http.send(call('once', { signal: AbortSignal.abort() })));
    expect([error.code, seen.length, signed]).toEqual(['call.aborted', 0, 0]);
  });

  it.each([
    ['read', 'call.aborted'],
    ['repeatable', 'write.uncertain'],
    ['once', 'write.uncertain'],
  ] as const)('ends a %s call on the wire as %s, without another attempt', async (safety, code) => {
    const controller = new AbortController();
    const { http, clock, seen } = client([silence]);
    const failing = failureOf(http.send(call(safety, { signal: controller.signal })));
    await clock.advance(10);
    controller.abort();
    expect([(await failing).code, seen.length]).toEqual([code, 1]);
  });

  it('does not wait for a fetch that takes no notice', async () => {
    const controller = new AbortController();
    const { http, clock } = client([() => new Promise(() => undefined)]);
    const failing = failureOf(http.send(call('read', { signal: controller.signal })));
    await clock.advance(10);
    controller.abort();
    expect((await failing).code).toBe('call.aborted');
  });

  it('is heard while the call waits for another attempt', async () => {
    const controller = new AbortController();
    const clock = testClock({ auto: false });
    const { http, seen } = client([status(503)], { clock });
    const failing = failureOf(http.send(call('read', { signal: controller.signal })));
    await clock.advance(0);
    controller.abort();
    expect([(await failing).code, seen.length]).toEqual(['call.aborted', 1]);
    expect(clock.sleepers).toBe(0);
  });
});

describe('waiting between attempts', () => {
  it('doubles, spread by chance, up to its limit', async () => {
    const retry = { retries: 4, minDelayMs: 1000, maxDelayMs: 3000 };
    expect(await moments([status(503)], { retry, random: () => 0.5 })).toEqual([0, 500, 1500, 3000, 4500]);
    expect(await moments([status(503)], { retry, random: () => 0 })).toEqual([0, 0, 0, 0, 0]);
  });

  it('is as long as the platform asks, and a little more', async () => {
    expect(await moments([status(429, { 'retry-after': '7' }), json({ id: 1 })])).toEqual([0, 7500]);
    expect(await moments([status(503, { 'retry-after': '2.0' }), json({ id: 1 })])).toEqual([0, 2500]);
    const date = 'Sun, 01 Nov 2026 00:00:10 GMT';
    expect(await moments([status(429, { 'retry-after': date }), json({ id: 1 })])).toEqual([0, 10_500]);
  });

  it('is never shorter than what the failures so far make it, however little the platform asks', async () => {
    const asksLittle = status(429, { 'retry-after': '1' });
    const retry = { retries: 4, minDelayMs: 1000, maxDelayMs: 60_000 };
    expect(await moments([asksLittle], { retry, random: () => 0.99 })).toEqual([0, 1990, 3980, 7940, 15_860]);
  });

  it('is left to the caller when the platform asks for longer than the limit', async () => {
    const { http, seen } = client([status(429, { 'retry-after': '61' })]);
    const error = await failureOf(http.send(call('once')));
    expect([error.code, error.retryAfterMs, seen.length]).toEqual(['platform.throttled', 61_000, 1]);
  });

  it('does not happen where retries are off', async () => {
    const { http, seen } = client([status(503)], { retry: false });
    expect((await failureOf(http.send(call('repeatable')))).code).toBe('write.uncertain');
    expect(seen).toHaveLength(1);
  });
});

describe('a base URL that no request can go to', () => {
  it.each([
    ['a scheme that is not the web', 'ftp://shop.invalid/'],
    ['a port that no fetch speaks to', 'http://shop.invalid:6000/'],
    ['no URL at all', 'shop.invalid/api'],
  ])('is refused when the client is made: %s', (_, baseUrl) => {
    expect(() => client([json({ id: 1 })], { baseUrl })).toThrow(expect.objectContaining({ code: 'options.invalid' }));
  });

  it('is not printed, because it may hold credentials', () => {
    expect(() => client([json({ id: 1 })], { baseUrl: 'ftp://me:c4n4ry@shop.invalid/' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('c4n4ry') }),
    );
  });
});

const jsonIn = (body: string): unknown => (body.startsWith('# ') ? JSON.parse(body.slice(2)) : undefined);

describe('a system that writes other things round its JSON', () => {
  it('is understood where the client knows how', async () => {
    const { http } = client([() => new Response('# {"id":7}')], { jsonIn });
    expect((await http.send(call('read'))).data).toEqual({ id: 7 });
  });

  it('has what is in it explained', async () => {
    const { http } = client([() => new Response('# {"id":"none"}')], {
      jsonIn,
      explain: (seen) =>
        JSON.stringify(seen.json) === '{"id":"none"}'
          ? new CommerceError({ code: 'record.missing', message: 'It has none.' })
          : undefined,
    });
    expect(await failureOf(http.send(call('read')))).toMatchObject({ code: 'record.missing' });
  });

  it('is not understood where it is something else, and is asked for its text as it is', async () => {
    const { http } = client([() => new Response('! {"id":7}'), () => new Response('# {"id":7}')], { jsonIn });
    expect(await failureOf(http.send(call('read')))).toMatchObject({ code: 'response.unexpected' });
    expect((await http.send({ ...call('read'), reads: 'text', answer: z.string() })).data).toBe('# {"id":7}');
  });
});
