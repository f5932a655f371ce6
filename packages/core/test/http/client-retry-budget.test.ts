import { describe, expect, it } from 'vitest';
import type { RetryOptions } from '../../src/http/options.ts';
import { json, networkError, status, type Step } from './scripted-fetch.ts';
import { call, caught, client } from './shop-client.ts';

const quick = { minDelayMs: 10, maxDelayMs: 100 };

function down(retry: RetryOptions = {}, steps: readonly Step[] = [status(503)]) {
  return client(steps, { breaker: false, retry: { ...quick, ...retry } });
}

/** Calls every second for a minute, as a worker does who does not know that the platform is down. */
async function aMinuteOfCalls({ http, clock }: ReturnType<typeof client>, perSecond: number): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let second = 0; second < 60; second++) {
    errors.push(...(await Promise.all(Array.from({ length: perSecond }, () => caught(http.send(call()))))));
    await clock.advance(1_000 - (clock.now() % 1_000));
  }
  return errors;
}

describe('repeats in an outage', () => {
  it('add a fifth to the load, and not four times as much', async () => {
    const bench = down();
    await aMinuteOfCalls(bench, 5);
    // 300 calls, and at the most a fifth of them and 30 again.
    expect(bench.seen.length).toBeGreaterThan(300);
    expect(bench.seen.length).toBeLessThanOrEqual(300 * 1.2 + 30);
  });

  it('add four times as much without a budget', async () => {
    const bench = down({ budget: false });
    await aMinuteOfCalls(bench, 2);
    expect(bench.seen).toHaveLength(120 * 5);
  });

  it('end with the error of the call, which says that there was none left', async () => {
    const { http } = down({ budget: { share: 0, perMinute: 2 } });
    const first = await caught(http.send(call()));
    expect(first).toMatchObject({ code: 'platform.unavailable', details: { retryBudget: 'spent', status: 503 } });
    expect(await caught(http.send(call({ safety: 'repeatable' })))).toMatchObject({
      code: 'write.uncertain',
      details: { retryBudget: 'spent', safety: 'repeatable' },
    });
  });

  it('say nothing of a budget where the attempts were used up', async () => {
    const { http, seen } = down();
    const error = await caught(http.send(call()));
    expect(seen).toHaveLength(5);
    expect(error).toMatchObject({ code: 'platform.unavailable' });
    expect(JSON.stringify(error)).not.toContain('spent');
  });

  it('say nothing of a budget where nothing is worth a repeat', async () => {
    const { http } = down({ budget: { share: 0, perMinute: 0 } }, [status(422)]);
    expect(JSON.stringify(await caught(http.send(call())))).not.toContain('spent');
  });
});

it('has room again a minute after', async () => {
  const { http, seen, clock } = down({ budget: { share: 0, perMinute: 1 } });
  await caught(http.send(call()));
  await caught(http.send(call()));
  expect(seen).toHaveLength(3);
  await clock.advance(61_000);
  await caught(http.send(call()));
  expect(seen).toHaveLength(5);
});

it('counts no repeat that an open circuit held back', async () => {
  const { http, seen, clock } = client([status(503)], {
    breaker: { failures: 1, coolDownMs: 5_000 },
    retry: { ...quick, budget: { share: 0, perMinute: 1 } },
  });
  for (let round = 1; round <= 5; round++) {
    // The first attempt fails and opens the circuit, which holds back the repeat.
    expect(await caught(http.send(call()))).toMatchObject({ code: 'circuit.open', details: null });
    expect(seen).toHaveLength(round);
    await clock.advance(5_000);
  }
});

it('waits for no circuit: a worker does what is for other systems meanwhile', async () => {
  const retry = { minDelayMs: 10, maxDelayMs: 60_000 };
  const { http, seen, clock } = client([status(503)], { breaker: { failures: 1, coolDownMs: 5_000 }, retry });
  await caught(http.send(call()));
  const before = clock.now();
  expect(await caught(http.send(call()))).toMatchObject({ code: 'circuit.open', retryAfterMs: expect.any(Number) });
  expect(clock.now()).toBe(before);
  expect(seen).toHaveLength(1);
});

it('buys no repeats with calls that an allowance held back', async () => {
  const { http, seen } = client([json({}), status(503)], {
    breaker: false,
    retry: { ...quick, budget: { share: 1, perMinute: 0 } },
    buckets: { calls: { capacity: 1, refillPerSecond: 0.001 } },
    allowanceWaitMs: 0,
  });
  const bucket = { name: 'calls', cost: 1 };
  await http.send(call({ bucket }));
  const held = await Promise.all(Array.from({ length: 20 }, () => caught(http.send(call({ bucket })))));
  expect(held).toMatchObject(Array.from({ length: 20 }, () => ({ code: 'platform.throttled' })));
  // Two first attempts went out, and buy two repeats.
  await caught(http.send(call()));
  expect(seen).toHaveLength(1 + 3);
});

it('gives back what was taken for a repeat that its caller stopped', async () => {
  const { http, seen } = client([status(503)], {
    breaker: false,
    retry: { minDelayMs: 60_000, budget: { share: 0, perMinute: 1 } },
    random: () => 0.9,
  });
  const controller = new AbortController();
  const stopped = caught(http.send(call({ signal: controller.signal })));
  await new Promise((resolve) => setTimeout(resolve, 0));
  controller.abort();
  expect(await stopped).toMatchObject({ code: 'call.aborted' });
  const before = seen.length;
  await caught(http.send(call()));
  expect(seen.length - before).toBe(2);
});

it('is one for all calls of a client, and each client has its own', async () => {
  const budget = { share: 0, perMinute: 3 };
  const one = down({ budget }, [networkError('ECONNREFUSED')]);
  const other = down({ budget }, [networkError('ECONNREFUSED')]);
  await Promise.all([1, 2, 3].map(() => caught(one.http.send(call()))));
  expect(one.seen).toHaveLength(6);
  await caught(other.http.send(call()));
  expect(other.seen).toHaveLength(4);
});
