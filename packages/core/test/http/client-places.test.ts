import { describe, expect, it } from 'vitest';
import { json, status, type Step } from './scripted-fetch.ts';
import { call, caught, client } from './shop-client.ts';

/** A shop that takes its time, and counts how many wait for it at one moment. */
function slowShop(options: Parameters<typeof client>[1], answer: Step = json({})) {
  let away = 0;
  let most = 0;
  const bench = client(
    [
      async (request) => {
        most = Math.max(most, ++away);
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
        away--;
        return answer(request);
      },
    ],
    options,
  );
  return { ...bench, most: () => most, asked: () => bench.seen.map(({ url }) => url.split('/').at(-1)) };
}

describe('a client with a limit of simultaneous calls', () => {
  it('never has more of them away, and loses none', async () => {
    const shop = slowShop({ simultaneousCalls: 3 });
    const ends = Promise.all(Array.from({ length: 20 }, () => shop.http.send(call())));
    expect((await ends).map((reply) => reply.status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(shop.most()).toBe(3);
    expect(shop.seen).toHaveLength(20);
  });

  it('has no limit where none is given', async () => {
    const shop = slowShop({});
    const ends = Promise.all(Array.from({ length: 20 }, () => shop.http.send(call())));
    await ends;
    expect(shop.most()).toBe(20);
  });

  it('lets urgent calls go before those that waited longer', async () => {
    const shop = slowShop({ simultaneousCalls: 1 });
    const ends = (['normal', 'bulk', 'normal', 'urgent'] as const).map((lane, index) =>
      shop.http.send(call({ lane, path: `${index}-${lane}` })),
    );
    await Promise.all(ends);
    expect(shop.asked()).toEqual(['0-normal', '3-urgent', '2-normal', '1-bulk']);
  });

  it('sends nothing for a caller who stopped waiting, and gives the place to the next', async () => {
    const shop = slowShop({ simultaneousCalls: 1 });
    const stop = new AbortController();
    const first = shop.http.send(call({ path: 'first' }));
    const stopped = caught(shop.http.send(call({ path: 'stopped', safety: 'once', signal: stop.signal })));
    const last = shop.http.send(call({ path: 'last' }));
    stop.abort();
    expect(await stopped).toMatchObject({ code: 'call.aborted', operation: 'orders.pull' });
    await Promise.all([first, last]);
    expect(shop.asked()).toEqual(['first', 'last']);
  });

  it('holds no place for a caller who had stopped before', async () => {
    const shop = slowShop({ simultaneousCalls: 1 });
    expect(await caught(shop.http.send(call({ signal: AbortSignal.abort() })))).toMatchObject({ code: 'call.aborted' });
    const next = shop.http.send(call());
    await next;
  });

  it('gives the place back while a failed call waits for its repeat', async () => {
    const shop = slowShop({ simultaneousCalls: 1, retry: { retries: 1, minDelayMs: 60_000 } }, status(503));
    const failing = caught(shop.http.send(call({ path: 'failing' })));
    const other = caught(shop.http.send(call({ path: 'other' })));
    expect(await Promise.all([failing, other])).toMatchObject([
      { code: 'platform.unavailable' },
      { code: 'platform.unavailable' },
    ]);
    expect(shop.asked()).toEqual(['failing', 'other', 'failing', 'other']);
  });

  it('asks no system that went down while a call waited for its place', async () => {
    const shop = slowShop({ simultaneousCalls: 1, retry: false, breaker: { failures: 2 } }, status(503));
    const ends = Promise.all(Array.from({ length: 5 }, () => caught(shop.http.send(call()))));
    expect(await ends).toMatchObject([
      { code: 'platform.unavailable' },
      { code: 'platform.unavailable' },
      { code: 'circuit.open' },
      { code: 'circuit.open' },
      { code: 'circuit.open' },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN])('is not made for %s calls', (simultaneousCalls) => {
    expect(() => client([json({})], { simultaneousCalls })).toThrow(
      expect.objectContaining({ code: 'options.invalid' }),
    );
  });
});

/** A system that does four at a time, each in 100 ms; further ones wait there, or are refused. */
async function workedBy(calls: number, beyond: 'waits' | 'refuses') {
  let away = 0;
  let most = 0;
  let refused = 0;
  const { http, clock, seen } = client(
    [
      async () => {
        away += 1;
        most = Math.max(most, away);
        const isRefused = beyond === 'refuses' && away > 4;
        if (isRefused) refused += 1;
        if (!isRefused) await clock.sleep(away > 4 ? 100 * Math.ceil(away / 2) : 100);
        away -= 1;
        return isRefused ? new Response('', { status: 503 }) : json({})(new Request('https://shop.invalid'));
      },
    ],
    { simultaneousCalls: { most: 16 }, retry: { retries: 20, minDelayMs: 100, budget: false }, breaker: false },
  );
  const ends = await Promise.all(Array.from({ length: calls }, () => http.send(call())));
  return { all: ends.length, most, refused, seen: seen.length };
}

describe('a client that learns how many calls a system does at one moment', () => {
  it('finds about what it does, where further ones wait', async () => {
    const { all, most } = await workedBy(200, 'waits');
    expect(all).toBe(200);
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('is refused seldom, where further ones are', async () => {
    const { all, most, refused } = await workedBy(200, 'refuses');
    expect(all).toBe(200);
    expect(most).toBe(5);
    expect(refused).toBeLessThan(30);
  });

  it('begins with two', async () => {
    const shop = slowShop({ simultaneousCalls: { most: 9 } });
    await Promise.all(Array.from({ length: 2 }, () => shop.http.send(call())));
    expect(shop.most()).toBe(2);
  });

  it.each([{ most: 0 }, { most: 4, start: 0 }, { most: 1.5 }])('is not made for %o', (simultaneousCalls) => {
    expect(() => client([json({})], { simultaneousCalls })).toThrow(
      expect.objectContaining({ code: 'options.invalid' }),
    );
  });
});
