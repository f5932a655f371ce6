import { CommerceError, isCommerceError, type ItemOutcome, type StockLevel } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { sendOnce } from '../../src/flows/send-once.ts';

const options = { idempotencyKey: 'run/step' };
const clock = testClock({ auto: false });
const write = (
  send: () => Promise<unknown>,
  operation: 'orders.create' | 'orders.cancel',
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

const levelOf = (sku: string): StockLevel => ({
  sku,
  location: { system: 'erp', kind: 'location', id: 'L' },
  available: 1,
  asOf: '2026-11-01T00:00:00Z',
});

it('sends of a batch that half succeeded only the other half again, and gives all of it', async () => {
  const { idempotency } = memoryStores({ clock });
  const levels = ['A', 'B', 'C'].map(levelOf);
  const broken = new Set(['A', 'C']);
  const sent: string[] = [];
  const push = () =>
    sendOnce(
      idempotency,
      clock,
      60_000,
    )({
      system: 'erp',
      operation: 'inventory.push',
      request: [levels],
      options,
      send: async ({ request, idempotencyKey }) => {
        const items = request[0] as readonly StockLevel[];
        sent.push(`${items.map(({ sku }) => sku).join('')} under ${idempotencyKey}`);
        return items.map((item): ItemOutcome<StockLevel> => {
          if (!broken.has(item.sku)) return { item, ok: true };
          const error = new CommerceError({
            code: 'sku.unknown',
            message: `${item.sku} is not there.`,
            details: { a: 1 },
          });
          return { item, ok: false, error };
        });
      },
    }) as Promise<readonly ItemOutcome<StockLevel>[]>;

  const first = await push();
  expect(first.map(({ item, ok }) => [item.sku, ok])).toEqual([
    ['A', false],
    ['B', true],
    ['C', false],
  ]);
  broken.delete('C');
  const [again] = await push();
  expect(again).toMatchObject({ ok: false, error: { code: 'sku.unknown', details: { a: 1 } } });
  expect(isCommerceError(again && 'error' in again ? again.error : undefined, 'sku.unknown')).toBe(true);
  broken.delete('A');
  for (let time = 0; time < 2; time++) {
    expect((await push()).map(({ item, ok }) => [item.sku, ok])).toEqual([
      ['A', true],
      ['B', true],
      ['C', true],
    ]);
  }
  expect(sent).toEqual(['ABC under run/step', 'AC under run/step/rest-2', 'A under run/step/rest-3']);
});

it('does not take a batch for written that was answered for another number of items', async () => {
  const { idempotency } = memoryStores({ clock });
  const request = [[levelOf('A'), levelOf('B')]];
  const push = (outcomes: readonly unknown[]) =>
    sendOnce(
      idempotency,
      clock,
      60_000,
    )({ system: 'erp', operation: 'inventory.push', request, options, send: async () => outcomes });
  const good = { item: levelOf('A'), ok: true };
  await expect(push([good])).rejects.toMatchObject({ code: 'response.unexpected' });
  expect(await push([good, good])).toHaveLength(2);
});

it('asks again for a cancelation that was refused, and not for one that was carried out', async () => {
  const stores = memoryStores({ clock });
  const refused = { outcome: 'refused', reason: 'It is packed.' };
  expect(await write(async () => refused, 'orders.cancel', stores)).toEqual(refused);
  expect(await write(async () => ({ outcome: 'canceled' }), 'orders.cancel', stores)).toEqual({ outcome: 'canceled' });
  expect(await write(async () => refused, 'orders.cancel', stores)).toEqual({ outcome: 'canceled' });
});
