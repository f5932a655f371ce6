import { compose, defineFlow, run } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { erp, order, ownership, shop } from './shop.ts';

/** Notes every order that was placed, and asks nobody else for anything. */
function noting(seen: string[]) {
  return defineFlow({
    name: 'note-order',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: (event) => event.data.number,
    run: async ({ event }) => void seen.push(event.data.number),
  });
}

it('polls and works until it is told to stop', async () => {
  const clock = testClock({ auto: false });
  const items = [order('1')];
  let cursor = 0;
  const seen: string[] = [];
  const systems = { shop: shop(() => [{ items, cursor: String(cursor++) }]), erp: erp().connector };
  const hub = compose({ systems, flows: [noting(seen)], ownership, stores: memoryStores({ clock }), clock });
  const stop = new AbortController();
  const errors: unknown[] = [];
  const polls = [{ system: 'shop', operation: 'orders.pull', everyMs: 300_000 }] as const;
  const running = run(hub, { signal: stop.signal, polls, clock, onError: (error) => errors.push(error) });
  await clock.advance(1000);
  expect(seen).toEqual(['1']);
  items.push(order('2'));
  await clock.advance(298_000);
  expect(seen).toEqual(['1']);
  await clock.advance(2000);
  expect(seen).toEqual(['1', '2']);
  stop.abort();
  await running;
  expect(errors).toEqual([]);
  expect(clock.sleepers).toBe(0);
});

it('tells what a poll throws, and goes on', async () => {
  const clock = testClock({ auto: false });
  let down = true;
  const pages = () => {
    if (down) throw new Error('The shop is down.');
    return [{ items: [order('1')], cursor: 'a' }];
  };
  const seen: string[] = [];
  const systems = { shop: shop(pages), erp: erp().connector };
  const hub = compose({ systems, flows: [noting(seen)], ownership, stores: memoryStores({ clock }), clock });
  const stop = new AbortController();
  const told: string[] = [];
  const polls = [{ system: 'shop', operation: 'orders.pull', everyMs: 1000 }] as const;
  const running = run(hub, { signal: stop.signal, polls, clock, onError: (_, at) => told.push(at) });
  await clock.advance(1500);
  down = false;
  await clock.advance(3000);
  stop.abort();
  await running;
  expect(told).toEqual(['poll shop orders.pull', 'poll shop orders.pull']);
  expect(seen).toEqual(['1']);
});
