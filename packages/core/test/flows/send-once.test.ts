import { CommerceError, isCommerceError, type ItemOutcome, type Price, type StockUpdate } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { aPrice, aStockUpdate, testClock } from '../../../testing/src/index.ts';
import { sendOnce } from '../../src/flows/send-once.ts';

const options = { idempotencyKey: 'run/step' };
const clock = testClock({ auto: false });
const write = (
  send: () => Promise<unknown>,
  operation: 'orders.create' | 'orders.cancel' | 'webhooks.subscribe' | 'fulfillments.hold',
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

it.each([
  [
    'webhooks.subscribe',
    [{ ref: refOf('subscription'), topic: 'orders', address: 'https://to.invalid', state: 'active' }],
  ],
  ['fulfillments.hold', refOf('fulfillment')],
] as const)('gives what `%s` ended with again, in another process as well', async (operation, answer) => {
  const stores = memoryStores({ clock });
  let sent = 0;
  const send = async () => {
    sent++;
    return answer;
  };
  for (const process of [1, 2, 3]) expect([process, await write(send, operation, stores)]).toEqual([process, answer]);
  expect(sent).toBe(1);
});

function refOf<const K extends string>(kind: K) {
  return { system: 'erp', kind, id: '7' };
}

/** Both lists that are pushed: what stands in them besides a SKU does not matter here. */
const batches = [
  ['inventory.push', (sku: string): Item => aStockUpdate({ sku })],
  ['prices.push', (sku: string): Item => aPrice({ sku })],
] as const;
type Item = StockUpdate | Price;

describe.each(batches)('%s', (operation, itemOf) => {
  it('sends of a batch that half succeeded only the other half again, and gives all of it', async () => {
    const { idempotency } = memoryStores({ clock });
    const items = ['A', 'B', 'C'].map(itemOf);
    const broken = new Set(['A', 'C']);
    const sent: string[] = [];
    const push = () =>
      sendOnce(
        idempotency,
        clock,
        60_000,
      )({
        system: 'erp',
        operation,
        request: [items],
        options,
        send: async ({ request, idempotencyKey }) => {
          const batch = request[0] as readonly Item[];
          sent.push(`${batch.map(({ sku }) => sku).join('')} under ${idempotencyKey}`);
          return batch.map((item): ItemOutcome<Item> => {
            if (!broken.has(item.sku)) return { item, ok: true };
            const error = new CommerceError({
              code: 'sku.unknown',
              message: `${item.sku} is not there.`,
              details: { a: 1 },
            });
            return { item, ok: false, error };
          });
        },
      }) as Promise<readonly ItemOutcome<Item>[]>;

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
    const request = [['A', 'B'].map(itemOf)];
    const push = (outcomes: readonly unknown[]) =>
      sendOnce(idempotency, clock, 60_000)({ system: 'erp', operation, request, options, send: async () => outcomes });
    const good = { item: itemOf('A'), ok: true };
    await expect(push([good])).rejects.toMatchObject({ code: 'response.unexpected' });
    expect(await push([good, good])).toHaveLength(2);
  });

  it('refuses another list under the key of one that was sent', async () => {
    const { idempotency } = memoryStores({ clock });
    const push = (sku: string) => {
      const request = [[itemOf(sku)]];
      const send = async () => [{ item: itemOf(sku), ok: true }];
      return sendOnce(idempotency, clock, 60_000)({ system: 'erp', operation, request, options, send });
    };
    expect(await push('A')).toHaveLength(1);
    await expect(push('B')).rejects.toMatchObject({ code: 'key.reused' });
  });

  it.each([
    ['under its own key while nobody knows of any item', ['A', 'B'], ['AB under run/step', 'AB under run/step']],
    ['only of what nobody knows when the rest was answered', ['B'], ['AB under run/step', 'B under run/step/rest-2']],
  ])('is sent again %s', async (_, uncertain, expected) => {
    const { idempotency } = memoryStores({ clock });
    const items = ['A', 'B'].map(itemOf);
    const sent: string[] = [];
    const lostItems = new Set(uncertain);
    const push = () =>
      sendOnce(
        idempotency,
        clock,
        60_000,
      )({
        system: 'erp',
        operation,
        request: [items],
        options,
        send: async ({ request, idempotencyKey }) => {
          const batch = request[0] as readonly Item[];
          sent.push(`${batch.map(({ sku }) => sku).join('')} under ${idempotencyKey}`);
          return batch.map((item): ItemOutcome<Item> => {
            if (!lostItems.has(item.sku)) return { item, ok: true };
            const error = new CommerceError({ code: 'write.uncertain', message: 'No answer.' });
            return { item, ok: false, error };
          });
        },
      }) as Promise<readonly ItemOutcome<Item>[]>;
    expect((await push()).map(({ item, ok }) => [item.sku, ok])).toEqual([
      ['A', !lostItems.has('A')],
      ['B', false],
    ]);
    lostItems.clear();
    for (let time = 0; time < 2; time++) expect((await push()).map(({ ok }) => ok)).toEqual([true, true]);
    expect(sent).toEqual(expected);
  });

  it('sends the whole batch again when nobody knows how it ended', async () => {
    const { idempotency } = memoryStores({ clock });
    const items = ['A', 'B'].map(itemOf);
    const sent: string[] = [];
    const push = (answer: () => Promise<unknown>) =>
      sendOnce(
        idempotency,
        clock,
        60_000,
      )({
        system: 'erp',
        operation,
        request: [items],
        options,
        send: async ({ request, idempotencyKey }) => {
          const batch = request[0] as readonly Item[];
          sent.push(`${batch.map(({ sku }) => sku).join('')} under ${idempotencyKey}`);
          return answer();
        },
      });
    await expect(push(lost)).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(await push(async () => items.map((item) => ({ item, ok: true })))).toHaveLength(2);
    expect(sent).toEqual(['AB under run/step', 'AB under run/step']);
  });
});

it('asks again for a cancelation that was refused, and not for one that was carried out', async () => {
  const stores = memoryStores({ clock });
  const refused = { outcome: 'refused', reason: 'It is packed.' };
  expect(await write(async () => refused, 'orders.cancel', stores)).toEqual(refused);
  expect(await write(async () => ({ outcome: 'canceled' }), 'orders.cancel', stores)).toEqual({ outcome: 'canceled' });
  expect(await write(async () => refused, 'orders.cancel', stores)).toEqual({ outcome: 'canceled' });
});
