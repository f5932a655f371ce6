import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import type { HttpClientOptions } from '../../src/http/options.ts';
import { anySignal, isGone, throwIfGone, withFence } from '../../src/policies/signal-fence.ts';
import { json, status, type Step } from './scripted-fetch.ts';
import { call, caught, client } from './shop-client.ts';

/** The right to write, which no timer takes away: only who asks hears that it is gone. */
function right() {
  const controller = new AbortController();
  const state = { isGone: false, asked: 0 };
  const signal = withFence(controller.signal, () => {
    state.asked++;
    if (state.isGone) controller.abort(new CommerceError({ code: 'lease.lost', message: 'Another worker has it.' }));
  });
  return { signal, state };
}

const write = { method: 'POST', safety: 'repeatable' } as const;
const retry = { minDelayMs: 1_000, maxDelayMs: 60_000 };

function bench(steps: readonly Step[], options: Partial<HttpClientOptions> = {}) {
  const { signal, state } = right();
  return { ...client(steps, { retry, ...options }), signal, state };
}

describe('a write whose right is gone', () => {
  it('before it began is not sent', async () => {
    const { http, seen, signal, state } = bench([json({})]);
    state.isGone = true;
    expect(await caught(http.send(call({ ...write, signal })))).toMatchObject({ code: 'call.aborted' });
    expect(seen).toHaveLength(0);
  });

  it('while it was signed is not sent', async () => {
    const { http, seen, signal, state } = bench([json({})], {
      async sign(request) {
        await Promise.resolve();
        state.isGone = true;
        return request;
      },
    });
    expect(await caught(http.send(call({ ...write, signal })))).toMatchObject({ code: 'call.aborted' });
    expect(seen).toHaveLength(0);
  });

  it('while it waited for its allowance is not sent, and uses none of it', async () => {
    const buckets = { calls: { capacity: 1, refillPerSecond: 1 } };
    const bucket = { name: 'calls', cost: 1 };
    const { http, seen, signal, state, clock } = bench([json({})], { buckets });
    await http.send(call({ bucket }));
    const writing = caught(http.send(call({ ...write, signal, bucket })));
    state.isGone = true;
    expect(await writing).toMatchObject({ code: 'call.aborted' });
    expect(seen).toHaveLength(1);
    const before = clock.now();
    await http.send(call({ bucket }));
    expect(clock.now()).toBe(before);
  });

  it('while its answer was waited for is not repeated', async () => {
    const { http, seen, signal, state, clock } = bench([
      (request) => {
        state.isGone = true;
        return status(503)(request);
      },
    ]);
    const before = clock.now();
    // The first may have been carried out, and that is what its end says.
    expect(await caught(http.send(call({ ...write, signal })))).toMatchObject({ code: 'write.uncertain' });
    expect(seen).toHaveLength(1);
    expect(clock.now()).toBe(before);
  });

  it('while it waited for another attempt is not repeated', async () => {
    const { http, seen, signal, state, clock } = bench([status(503)]);
    const writing = caught(http.send(call({ ...write, signal })));
    void clock.sleep(1).then(() => (state.isGone = true));
    expect(await writing).toMatchObject({ code: 'write.uncertain', details: { lastEndedAs: 'call.aborted' } });
    expect(seen).toHaveLength(1);
  });

  it('while its token was renewed is not sent again', async () => {
    const { http, seen, signal, state } = bench([status(401), json({})], {
      explain: ({ status: code }) =>
        code === 401 ? new CommerceError({ code: 'auth.expired', message: 'The token is old.' }) : undefined,
      async renew() {
        state.isGone = true;
      },
    });
    expect(await caught(http.send(call({ ...write, signal })))).toMatchObject({ code: 'call.aborted' });
    expect(seen).toHaveLength(1);
  });
});

it('asks just before every request, and sends while the right is there', async () => {
  const { http, seen, signal, state } = bench([status(503), status(503), json({})]);
  await http.send(call({ ...write, signal }));
  expect(seen).toHaveLength(3);
  expect(state.asked).toBeGreaterThanOrEqual(3);
});

describe('one signal of several', () => {
  it('makes all of their checks', () => {
    const [one, other] = [right(), right()];
    const both = anySignal([new AbortController().signal, one.signal, other.signal]);
    expect(isGone(both)).toBe(false);
    other.state.isGone = true;
    expect(() => throwIfGone(both)).toThrow('Another worker has it.');
    expect(one.state.asked).toBe(2);
  });

  it('of several of several too', () => {
    const { signal, state } = right();
    const nested = anySignal([anySignal([signal]), AbortSignal.any([])]);
    state.isGone = true;
    expect(isGone(nested)).toBe(true);
  });

  it('has nothing to ask where none of them has', () => {
    const controller = new AbortController();
    const any = anySignal([controller.signal]);
    expect(isGone(any)).toBe(false);
    controller.abort();
    expect(isGone(any)).toBe(true);
  });

  it('made by the platform itself loses the checks, so that it has to be made by anySignal', () => {
    const { signal, state } = right();
    state.isGone = true;
    expect(isGone(AbortSignal.any([signal]))).toBe(false);
    expect(isGone(anySignal([signal]))).toBe(true);
  });
});

it('is not gone where there is no signal', () => {
  expect(isGone(undefined)).toBe(false);
  expect(() => throwIfGone(undefined)).not.toThrow();
});
