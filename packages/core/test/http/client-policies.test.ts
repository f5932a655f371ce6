import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { json, networkError, status, type Step } from './scripted-fetch.ts';
import { call, caught, client } from './shop-client.ts';

/** The platform's word for a token that is too old. */
const expired = ({ status: code }: { readonly status: number }) =>
  code === 401 ? new CommerceError({ code: 'auth.expired', message: 'The token is old.' }) : undefined;

/** A shop that takes the new token only, and a connector that begins with the old one. */
function expiring() {
  let token = 'old';
  let renewals = 0;
  const bench = client(
    [(request) => new Response('{}', { status: request.headers.get('x-token') === 'new' ? 200 : 401 })],
    {
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
    },
  );
  return { ...bench, renewals: () => renewals };
}

describe('credentials that expire', () => {
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

  it('are not renewed again for a call that went out before and comes back after', async () => {
    const { promise: late, resolve: answerLate } = Promise.withResolvers<void>();
    let renewals = 0;
    const waitsOnce: Step = async (request) => {
      await late;
      return status(401)(request);
    };
    const { http } = client([waitsOnce, status(401), json({})], {
      explain: expired,
      renew: async () => {
        renewals++;
      },
    });
    const first = http.send(call());
    await http.send(call());
    answerLate();
    expect(await first).toMatchObject({ status: 200 });
    expect(renewals).toBe(1);
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

  it('is not taken for well by a probe that never reached it', async () => {
    let signs = true;
    const { http, seen, clock } = client([status(503)], {
      ...options,
      sign(request) {
        if (signs) return request;
        throw new Error('No token can be had.');
      },
    });
    for (let calls = 0; calls < 3; calls++) await caught(http.send(call()));
    await clock.advance(10_000);
    signs = false;
    expect(await caught(http.send(call()))).toMatchObject({ code: 'auth.rejected' });
    signs = true;
    await caught(http.send(call()));
    expect(await caught(http.send(call()))).toMatchObject({ code: 'circuit.open' });
    expect(seen).toHaveLength(4);
  });

  it('is not taken for well by a probe that its allowance held back', async () => {
    const { http, seen, clock } = client([status(503, { left: '0' })], {
      ...options,
      breaker: { failures: 1, coolDownMs: 10_000 },
      buckets: { calls: { capacity: 1, refillPerSecond: 0.001 } },
      learn: () => [{ name: 'calls', available: 0 }],
    });
    const bucket = { name: 'calls', cost: 1 };
    await caught(http.send(call({ bucket })));
    await clock.advance(10_000);
    expect(await caught(http.send(call({ bucket })))).toMatchObject({ code: 'platform.throttled' });
    await caught(http.send(call()));
    expect(await caught(http.send(call()))).toMatchObject({ code: 'circuit.open' });
    expect(seen).toHaveLength(2);
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

  it('may be counted per window', async () => {
    const at: number[] = [];
    const window = { kind: 'sliding-window', capacity: 2, windowMs: 60_000 } as const;
    const { http, clock } = client([(request) => (at.push(clock.now()), json({})(request))], {
      buckets: { calls: window },
    });
    const started = clock.now();
    for (let calls = 0; calls < 5; calls++) await http.send(call({ bucket }));
    expect(at.map((moment) => moment - started)).toEqual([0, 0, 60_000, 60_000, 120_000]);
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

  it('is learnt from calls that draw from another one, or from none', async () => {
    const { http, clock } = client([json({})], { buckets, learn: () => [{ name: 'calls', available: 0 }] });
    const started = clock.now();
    await http.send(call());
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

  it.each(['86400', 'Fri, 01 Jan 2099 00:00:00 GMT'])(
    'that the platform shuts for long (%s) lets nobody wait for it',
    async (retryAfter) => {
      const clock = testClock({ auto: false });
      const { http, seen } = client([status(429, { 'retry-after': retryAfter })], { buckets, clock });
      expect(await caught(http.send(call({ bucket })))).toMatchObject({ retryAfterMs: 86_400_000 });
      expect(await caught(http.send(call({ bucket, safety: 'once' })))).toMatchObject({
        code: 'platform.throttled',
        system: 'shop',
        operation: 'orders.pull',
        retryAfterMs: 86_401_000,
      });
      expect([seen.length, clock.sleepers]).toEqual([1, 0]);
    },
  );

  it('that is shut for long lets those go who wait for it already', async () => {
    const clock = testClock({ auto: false });
    const { http, seen } = client([status(429, { 'retry-after': '3600' })], {
      buckets: { calls: { capacity: 1, refillPerSecond: 1 } },
      clock,
    });
    const ends = Array.from({ length: 5 }, () => caught(http.send(call({ bucket }))));
    await clock.advance(0);
    for (const end of ends) expect(await end).toMatchObject({ code: 'platform.throttled' });
    expect([seen.length, clock.sleepers]).toEqual([1, 0]);
  });

  it('is waited for in a long queue as long as it moves', async () => {
    const { http, clock, seen } = client([json({})], { buckets, allowanceWaitMs: 1000 });
    const started = clock.now();
    await Promise.all(Array.from({ length: 9 }, () => http.send(call({ bucket }))));
    expect([seen.length, clock.now() - started]).toEqual([9, 7000]);
  });

  it.each([
    { available: Number.NaN },
    { available: Number.POSITIVE_INFINITY },
    { available: -1e12 },
    { capacity: 0 },
    { capacity: Number.NaN },
    { refillPerSecond: 0, available: 0 },
    { refillPerSecond: -5, available: 0 },
    { refillPerSecond: Number.POSITIVE_INFINITY },
    { spent: Number.NaN },
    { spent: -1000 },
  ])('is not believed where it cannot be: %j', async (reading) => {
    let answers = 0;
    const { http, clock } = client([json({})], {
      buckets,
      learn: () => (answers++ === 0 ? [{ name: 'calls', ...reading }] : []),
    });
    const started = clock.now();
    for (let calls = 0; calls < 6; calls++) await http.send(call({ bucket }));
    // Four of six have to wait; five where the answer said, believably, that nothing is left.
    expect(clock.now() - started).toBe(reading.available === 0 ? 5000 : 4000);
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
