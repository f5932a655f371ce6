import type { Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { crashEverywhere, type CrashIntegration, type StoresAtPlace } from '@crossdock/testing/crash';
import { expect, it } from 'vitest';
import { orderBook } from './order-book.ts';

/** Stores that outlive every process: each is killed only where that leaves another world than at the point before. */
function kept(): StoresAtPlace {
  const all = new Map<string, Stores>();
  return {
    live: 'at-place',
    open(place, clock) {
      const stores = all.get(place) ?? { ...memoryStores({ clock }), close: async () => {} };
      all.set(place, stores);
      return stores;
    },
    remove: (place) => void all.delete(place),
  };
}

/** Acknowledges the second order and everything after it at once, and stores it when it works the next time. */
function hasty(hub: CrashIntegration): CrashIntegration {
  const acknowledged: (() => Promise<unknown>)[] = [];
  return {
    ...hub,
    async receive(system, request) {
      const body = await request.clone().text();
      if (body === '1') return hub.receive(system, request);
      acknowledged.push(() => hub.receive(system, request));
      return new Response(null, { status: 200 });
    },
    async work(options) {
      for (const store of acknowledged.splice(0)) await store();
      return hub.work(options);
    },
  };
}

it('kills a process that has acknowledged an order and not done anything else yet', { timeout: 60_000 }, async () => {
  const report = await crashEverywhere(orderBook({ around: hasty, stores: { kept: kept() } }), { kinds: ['kill'] });
  const before = report.failures.filter(({ plan }) => plan[0]?.point.phase === 'before');
  expect(before.map(({ verdict }) => verdict.losses)).toEqual([['entries: {"number":"2"}']]);
});

it('kills it there a second time while a crash is recovered from', { timeout: 60_000 }, async () => {
  const report = await crashEverywhere(orderBook({ around: hasty }), { pairs: 'only' });
  const second = report.failures.map(({ plan }) => plan[1]?.point);
  expect(second.filter((point) => point?.phase === 'before' && point.label.startsWith('inbox.put d-2'))).not.toEqual(
    [],
  );
});
