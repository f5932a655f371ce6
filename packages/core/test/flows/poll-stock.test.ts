import { CommerceError, defineConnector, type Page, type StockLevel } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { aStockLevel, testClock } from '../../../testing/src/index.ts';
import { erp, ownership, shop } from './shop.ts';

/** A warehouse that gives these pages of stock, and a flow that notes what is counted together. */
function countingHub(pages: () => readonly Page<StockLevel>[]) {
  const clock = testClock();
  const counted: (readonly string[])[] = [];
  const changed: string[] = [];
  const together = defineFlow({
    name: 'together',
    version: 1,
    on: 'stock.counted',
    needs: {},
    key: ({ system }) => system,
    run: async ({ event }) => void counted.push(event.data.map(({ sku, available }) => `${sku} ${available}`)),
  });
  const oneByOne = defineFlow({
    name: 'one-by-one',
    version: 1,
    on: 'stock.changed',
    needs: {},
    key: ({ data }) => data.sku,
    run: async ({ event }) => void changed.push(`${event.data.sku} ${event.data.available}`),
  });
  const warehouse = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'warehouse',
    ports: {
      inventory: {
        async *pull({ cursor }) {
          const all = pages();
          yield* all.slice(all.findIndex((page) => page.cursor === cursor) + 1);
        },
      },
    },
    traits: { 'inventory.pull': { cursor: 'opaque' } },
    check: async () => {},
    usage: () => [],
  });
  const stores = memoryStores({ clock });
  const hub = compose({
    systems: { shop: shop(), erp: erp().connector, warehouse },
    flows: [together, oneByOne],
    ownership,
    stores,
    clock,
  });
  const poll = async () => {
    const report = await hub.poll('warehouse', 'inventory.pull');
    await hub.work();
    return report;
  };
  return { hub, poll, counted, changed };
}

const tee = aStockLevel({ sku: 'TEE', available: 3 });
const cap = aStockLevel({ sku: 'CAP', available: 0 });
const mug = aStockLevel({ sku: 'MUG', available: 7 });

describe('stock that is polled', () => {
  it('is told once a page together, and level by level', async () => {
    const { poll, counted, changed } = countingHub(() => [
      { items: [tee, cap], cursor: '1' },
      { items: [mug], cursor: '2' },
    ]);
    expect(await poll()).toEqual({ pages: 2, records: 3, started: 5 });
    expect(counted).toEqual([['TEE 3', 'CAP 0'], ['MUG 7']]);
    expect(changed.toSorted()).toEqual(['CAP 0', 'MUG 7', 'TEE 3']);
  });

  it('tells nothing of an empty page', async () => {
    const { poll, counted } = countingHub(() => [
      { items: [], cursor: '1' },
      { items: [tee], cursor: '2' },
      { items: [], cursor: '3' },
    ]);
    expect(await poll()).toMatchObject({ pages: 3, started: 2 });
    expect(counted).toEqual([['TEE 3']]);
  });

  it('leaves out of a page what no store can keep, and puts it before a person', async () => {
    const broken = { ...cap, available: Number.NaN };
    const { hub, poll, counted, changed } = countingHub(() => [{ items: [tee, broken, mug], cursor: '1' }]);
    expect(await poll()).toEqual({ pages: 1, records: 3, started: 3 });
    expect(counted).toEqual([['TEE 3', 'MUG 7']]);
    expect(changed.toSorted()).toEqual(['MUG 7', 'TEE 3']);
    const [problem, ...more] = await hub.exceptions.list({ limit: 10 });
    expect(more).toEqual([]);
    expect(problem?.flow).toBe('warehouse/inventory.pull');
    expect(problem?.message).toContain('"data.available" is the number "NaN"');
  });

  it('tells nothing of a page of which nothing can be kept', async () => {
    const { poll, counted } = countingHub(() => [{ items: [{ ...cap, available: Number.NaN }], cursor: '1' }]);
    expect(await poll()).toMatchObject({ records: 1, started: 0 });
    expect(counted).toEqual([]);
  });

  it('tells what could be read of a page that has problems', async () => {
    const error = new CommerceError({ code: 'record.invalid', message: 'A level of "warehouse" has no figure.' });
    const { poll, counted } = countingHub(() => [{ items: [tee], cursor: '1', problems: [{ ref: undefined, error }] }]);
    await poll();
    expect(counted).toEqual([['TEE 3']]);
  });

  it('is one fact while the figures and their moment are the same, and another when one of them changes', async () => {
    const pages: Page<StockLevel>[] = [{ items: [tee, cap], cursor: '1' }];
    const { poll, counted } = countingHub(() => pages);
    await poll();
    pages.push({ items: [tee, cap], cursor: '2' });
    expect(await poll()).toMatchObject({ pages: 1, started: 0 });
    pages.push({ items: [{ ...tee, available: 2 }, cap], cursor: '3' });
    await poll();
    expect(counted).toEqual([
      ['TEE 3', 'CAP 0'],
      ['TEE 2', 'CAP 0'],
    ]);
  });
});
