import { createHttpClient } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { testClock } from '../../../testing/src/index.ts';
import { placeOrder } from './set-up.ts';
import { erp, ownership, shop, webhook } from './shop.ts';

const leaseMs = 30_000;
/** One call, and the next after four leases. */
const slow = { capacity: 1, refillPerSecond: 1000 / (4 * leaseMs) };

/** Two workers on the same stores, each with a client of its own for a back office that allows little. */
function setUp(shares: boolean) {
  const clock = testClock();
  const stores = memoryStores({ clock });
  const sentAt: number[] = [];
  const started = clock.now();
  const worker = () => {
    const http = createHttpClient({
      system: 'erp',
      baseUrl: 'https://erp.invalid',
      explain: () => undefined,
      clock,
      buckets: { orders: slow },
      allowanceWaitMs: 10 * leaseMs,
      shared: shares ? stores.shared : undefined,
      async fetch() {
        sentAt.push(clock.now() - started);
        return new Response('{}');
      },
    });
    const bucket = { name: 'orders', cost: 1 };
    const office = erp(async (_, { signal, lane }) => {
      await http.send({
        operation: 'orders.create',
        method: 'POST',
        path: 'orders',
        safety: 'once',
        bucket,
        signal,
        lane,
        answer: z.unknown(),
      });
    });
    const hub = compose({
      systems: { shop: shop(), erp: office.connector },
      flows: [placeOrder],
      ownership,
      stores,
      clock,
      random: () => 0,
      leaseMs,
    });
    const seen: string[] = [];
    hub.signals.on('run.lost', ({ run }) => seen.push(`lost ${run}`));
    hub.signals.on('run.retried', ({ run }) => seen.push(`retried ${run}`));
    hub.signals.on('run.finished', ({ attempts }) => seen.push(`finished in attempt ${attempts}`));
    return { hub, seen, made: office.made };
  };
  return { clock, stores, sentAt, workers: [worker(), worker()] as const };
}

type Worker = ReturnType<typeof setUp>['workers'][number];

describe.each([
  ['of its own', false],
  ['that both workers share', true],
])('a run that waits four leases long in the queue of an allowance %s', (_, shares) => {
  it('keeps its lease, and its step runs once', async () => {
    const { clock, sentAt, workers } = setUp(shares);
    const [first, second] = workers;
    // Without sharing, both orders have to meet in one client, so that one of them waits.
    const busy: readonly Worker[] = shares ? [first, second] : [first];
    for (const [place, number] of ['1', '2'].entries()) {
      await first.hub.receive('shop', webhook(`d${place}`, [number]));
    }
    const over = new AbortController();
    const works = Promise.all(busy.map(({ hub }) => hub.work({ concurrency: 2 }))).finally(() => over.abort());
    // The other worker looks for work all the time, as one would whose colleague had died.
    while (!over.signal.aborted) {
      await second.hub.work({ concurrency: 2 });
      await clock.sleep(leaseMs / 3);
    }
    await works;
    expect(sentAt).toHaveLength(2);
    expect(Math.max(...sentAt) - Math.min(...sentAt)).toBeGreaterThanOrEqual(3 * leaseMs);
    expect(workers.flatMap(({ seen }) => seen)).toEqual(['finished in attempt 1', 'finished in attempt 1']);
    expect(workers.flatMap(({ made }) => made.map(({ number }) => number)).toSorted()).toEqual(['1', '2']);
  });
});
