import type { Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { placeOrder, setUp } from '../flows/set-up.ts';
import { webhook } from '../flows/shop.ts';

/** Counts how often exceptions are listed. */
function counting(stores: Stores) {
  let lists = 0;
  const through = (exceptions: Stores['exceptions']): Stores['exceptions'] => ({
    ...exceptions,
    list(filter) {
      lists++;
      return exceptions.list(filter);
    },
  });
  const counted: Stores = {
    ...stores,
    exceptions: through(stores.exceptions),
    atomically: (work) => stores.atomically((inside) => work({ ...inside, exceptions: through(inside.exceptions) })),
  };
  return { counted, lists: () => lists };
}

it.each([
  ['nothing', {}, 0],
  ['one look-up', { holds: 'run' }, 1],
] as const)('the end of a run without exceptions costs %s more', async (_what, change, expected) => {
  const { counted, lists } = counting(memoryStores({ clock: testClock({ auto: false }) }));
  const { composed } = setUp(undefined, {}, counted);
  const hub = composed({ ...placeOrder, ...change });
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ done: 2 });
  expect(lists()).toBe(expected);
});
