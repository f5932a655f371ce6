import type { Json } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { anOrder, anOrderLine, testClock } from '@crossdock/testing';
import { expect, it } from 'vitest';
import { importRun, unbookedGoods } from './goods-in-hand.ts';

const order = anOrder({
  lines: [anOrderLine({ id: '1', sku: '85123a', quantity: 3 }), anOrderLine({ id: '2', sku: '71053', quantity: 2 })],
});
// An order is Json, and so is what a step found.
const json = (value: unknown) => value as Json;

async function storesWith(flow: string, steps: Readonly<Record<string, unknown>> = {}) {
  const stores = memoryStores({ clock: testClock() });
  const startedAt = '2026-11-01T00:00:00.000Z';
  const event = json({ data: order });
  await stores.runs.start({ id: flow, flow, version: 1, key: 'k', event, state: 'open', startedAt });
  for (const [step, result] of Object.entries(steps)) await stores.runs.writeStep(flow, step, json(result));
  return stores;
}

const goods = [
  ['85123A', 3],
  ['71053', 2],
];

it.each(['place-order', 'await-payment'])('counts the goods of an order whose %s is unfinished', async (flow) => {
  const stores = await storesWith(flow);
  expect([...(await unbookedGoods(stores))]).toEqual(goods);
  await stores.runs.end(flow, 'done');
  expect([...(await unbookedGoods(stores))]).toEqual([]);
});

it('counts an order once that was just paid for and waits for its import', async () => {
  const stores = await storesWith('await-payment');
  const run = await stores.runs.get('await-payment');
  if (!run) throw new TypeError('The run that was just started is not there.');
  const id = importRun(order.ref);
  await stores.runs.start({ ...run, id, flow: 'place-order' });
  expect([...(await unbookedGoods(stores))]).toEqual(goods);
  // Imported, whatever is still open about its payment.
  await stores.runs.end(id, 'done');
  expect([...(await unbookedGoods(stores))]).toEqual([]);
});

async function takenOut(steps: Readonly<Record<string, unknown>>) {
  return [...(await unbookedGoods(await storesWith('apply-cancellation', steps)))];
}

it('counts what a cancellation took out of Odoo until the rest is back in it', async () => {
  const found = { 'find-order': { order } };
  expect(await takenOut({})).toEqual([]);
  expect(await takenOut(found)).toEqual([]);
  expect(await takenOut({ ...found, 'cancel-sales-order': null })).toEqual(goods);
  expect(await takenOut({ ...found, 'cancel-sales-order': null, 'create-rest': { id: 'S2' } })).toEqual([]);
});
