import { CommerceError, isCommerceError, type ItemOutcome, type StockLevel } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { sendOnce } from '../../src/flows/send-once.ts';

const options = { idempotencyKey: 'run/step' };
const clock = testClock({ auto: false });
const write = (
  send: () => Promise<unknown>,
  operation: 'orders.create' | 'inventory.push',
  stores = memoryStores({ clock }),
) => sendOnce(stores.idempotency, clock, 60_000)({ system: 'erp', operation, request: ['draft'], options, send });

const lost = () => Promise.reject(new CommerceError({ code: 'write.uncertain', message: 'No answer.' }));

it('sends a write once for its key, and gives the result again', async () => {
  const stores = memoryStores({ clock });
  const ref = { system: 'erp', kind: 'order', id: 'S1' };
  let sent = 0;
  const send = async () => {
    sent++;
    return ref;
  };
  expect(await write(send, 'orders.create', stores)).toEqual(ref);
  expect(await write(send, 'orders.create', stores)).toEqual(ref);
  expect(sent).toBe(1);
});

it('sends again what nobody knows the end of, because the connector looks it up', async () => {
  const stores = memoryStores({ clock });
  await expect(write(lost, 'orders.create', stores)).rejects.toMatchObject({ code: 'write.uncertain' });
  const ref = { system: 'erp', kind: 'order', id: 'S1' };
  expect(await write(async () => ref, 'orders.create', stores)).toEqual(ref);
});

it('gives a batch that half succeeded again with its errors', async () => {
  const stores = memoryStores({ clock });
  const level: StockLevel = {
    sku: 'A',
    location: { system: 'erp', kind: 'location', id: 'L' },
    available: 1,
    asOf: '2026-11-01T00:00:00Z',
  };
  const error = new CommerceError({ code: 'sku.unknown', message: 'SKU "A" is not there.', details: { sku: 'A' } });
  const outcomes: readonly ItemOutcome<StockLevel>[] = [
    { item: level, ok: true },
    { item: level, ok: false, error },
  ];
  await write(async () => outcomes, 'inventory.push', stores);
  const again = await write(() => Promise.reject(new Error('It was sent again.')), 'inventory.push', stores);
  expect(again).toMatchObject([
    { item: level, ok: true },
    { item: level, ok: false, error: { code: 'sku.unknown', message: error.message, details: { sku: 'A' } } },
  ]);
  const [, refused] = again as readonly { readonly error?: unknown }[];
  expect(isCommerceError(refused?.error, 'sku.unknown')).toBe(true);
});
