import { expect, it } from 'vitest';
import { olderAnswerLandsLater } from '../../core/test/exceptions/two-machines.ts';
import { freshStores } from './fresh-stores.ts';

/** Until the server's clock has gone on: the two moments must not be the same millisecond. */
async function serverGoesOn({ shared }: Awaited<ReturnType<typeof freshStores>>): Promise<void> {
  const read = () => shared.update('moment', (_state, now) => ({ result: now }));
  const began = await read();
  while ((await read()) === began);
}

it.each([
  ['ahead', 120_000],
  ['behind', -120_000],
])(
  'an exception is closed by no answer that was asked for before it, on a machine whose clock is %s',
  async (_how, aheadMs) => {
    const stores = await freshStores();
    const opensAfter = () => serverGoesOn(stores);
    expect(await olderAnswerLandsLater(stores, { aheadMs, opensAfter })).toEqual(['open', 'resolved']);
    await stores.close();
  },
);
