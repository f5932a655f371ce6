import type { ItemOutcome, StockUpdate } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { storeWithGoods } from './store.ts';

const key = { idempotencyKey: 'push-1' };
const strange = ['A,B', 'A/B', "it's (new)!*", 'ä ö+ü%20', '#?&=', 'TEE-1', 'X'.repeat(40)];

/** Each SKU with `ok` or the code of its refusal. */
function said(outcomes: readonly ItemOutcome<{ readonly sku: string }>[]): readonly string[] {
  return outcomes.map((outcome) => `${outcome.item.sku} ${outcome.ok ? 'ok' : outcome.error.code}`);
}

function codes(outcomes: readonly ItemOutcome<StockUpdate>[]): readonly string[] {
  return [...new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code)))];
}

describe.each([
  ['as single calls', 1000],
  ['as a feed', 1],
])('stock, pushed %s', (_way, feedFrom) => {
  it('reaches SKUs with every sign in them', async () => {
    const { store, state, clock } = storeWithGoods({ feedFrom });
    for (const sku of strange) state.addListing({ sku, price: '1.00', quantity: 1 });
    const outcomes = await store.inventory.push(
      strange.map((sku) => ({ sku, available: 7, expected: 1 })),
      key,
    );
    expect(said(outcomes)).toEqual(strange.map((sku) => `${sku} ok`));
    await clock.advance(60_000);
    expect(strange.map((sku) => state.listing(sku).quantity)).toEqual(strange.map(() => 7));
    const levels = await store.inventory.get(strange);
    expect(levels.map(({ sku, available, location }) => [sku, available, location.id])).toEqual(
      strange.map((sku) => [sku, 7, 'DEFAULT']),
    );
  });

  it('is answered for every item, whatever became of the others', async () => {
    const { store, state, clock } = storeWithGoods({ feedFrom });
    state.addListing({ sku: 'FBA', price: '1.00', quantity: 5, fulfilledBy: 'AMAZON' });
    state.addListing({ sku: 'BAD', price: '1.00', quantity: 5 });
    state.addListing({ sku: 'STALE', price: '1.00', quantity: 5 });
    state.addListing({ sku: 'DONE', price: '1.00', quantity: 9 });
    state.objectTo('BAD', 'at-once');
    const outcomes = await store.inventory.push(
      [
        { sku: 'TEE', available: 7 },
        { sku: 'FBA', available: 7 },
        { sku: 'BAD', available: 7 },
        { sku: 'NOBODY', available: 7 },
        { sku: 'STALE', available: 7, expected: 6 },
        { sku: 'DONE', available: 9, expected: 4 },
        { sku: 'HALF', available: 1.5 },
        { sku: 'MUG', available: 8, location: { system: 'amazon', kind: 'location', id: 'DEFAULT' } },
        { sku: 'FAR', available: 8, location: { system: 'amazon', kind: 'location', id: 'AMAZON_EU' } },
        { sku: 'OTHER', available: 8, location: { system: 'odoo', kind: 'location', id: 'DEFAULT' } },
        { sku: '..', available: 8 },
      ],
      key,
    );
    expect(said(outcomes)).toEqual([
      'TEE ok',
      'FBA record.rejected',
      'BAD record.rejected',
      'NOBODY sku.unknown',
      'STALE stock.stale',
      'DONE ok',
      'HALF record.invalid',
      'MUG ok',
      'FAR record.invalid',
      'OTHER record.invalid',
      '.. record.invalid',
    ]);
    await clock.advance(60_000);
    expect(['TEE', 'MUG', 'BAD', 'STALE', 'DONE'].map((sku) => state.listing(sku).quantity)).toEqual([7, 8, 5, 5, 9]);
    expect(state.submissions.map(({ sku }) => sku)).toEqual(['TEE', 'BAD', 'MUG']);
  });
});

describe('a feed', () => {
  const updates: readonly StockUpdate[] = [
    { sku: 'TEE', available: 3 },
    { sku: 'MUG', available: 4 },
  ];

  it('is made of as many items as the seller chose, and single calls of fewer', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 3 });
    await store.inventory.push(updates, key);
    expect(fake.journal.of('createFeed')).toHaveLength(0);
    expect(fake.journal.of('patchListingsItem')).toHaveLength(2);
  });

  it('reads a report that is not packed too', async () => {
    const { store } = storeWithGoods({ feedFrom: 1 }, { feedReports: 'plain' });
    expect(codes(await store.inventory.push(updates, key))).toEqual(['ok']);
  });

  it('is sent and fetched without a credential of ours', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 1 });
    await store.inventory.push(updates, key);
    for (const operation of ['uploadDocument', 'downloadDocument']) {
      const [call] = fake.journal.of(operation);
      expect(call).toBeDefined();
      expect(Object.keys(call?.headers ?? {})).not.toContain('x-amz-access-token');
    }
    expect(fake.journal.of('uploadDocument')[0]?.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  it('that is not done in time leaves its items uncertain, and says which feed it is', async () => {
    const { store, state } = storeWithGoods({ feedFrom: 1, feedWaitMs: 60_000 }, { feedDelayMs: 100_000 });
    const [first, second] = await store.inventory.push(updates, key);
    expect(codes([first, second].filter((each) => each !== undefined))).toEqual(['write.uncertain']);
    expect(first?.ok === false && first.error.message).toContain(state.feeds[0]?.feedId);
  });

  it('that somebody canceled did nothing, and may be pushed again', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 1 });
    const body = '{"feedId":"1","processingStatus":"CANCELLED"}';
    fake.faults.next('getFeed', { kind: 'answer', status: 200, body });
    expect(codes(await store.inventory.push(updates, key))).toEqual(['platform.conflict']);
  });

  it.each(['FATAL', 'DONE'])(
    'that ended as %s without a report leaves its items uncertain',
    async (processingStatus) => {
      const { store, fake } = storeWithGoods({ feedFrom: 1 });
      fake.faults.next('getFeed', {
        kind: 'answer',
        status: 200,
        body: JSON.stringify({ feedId: '1', processingStatus }),
      });
      expect(codes(await store.inventory.push(updates, key))).toEqual(['write.uncertain']);
    },
  );

  it('whose status nobody knows leaves its items uncertain', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 1 });
    const body = '{"feedId":"1","processingStatus":"PAUSED"}';
    fake.faults.next('getFeed', { kind: 'answer', status: 200, body });
    const outcomes = await store.inventory.push(updates, key);
    expect(codes(outcomes)).toEqual(['write.uncertain']);
  });

  it('whose report cannot be read leaves its items uncertain, and tells nobody where it lies', async () => {
    const { store, fake } = storeWithGoods({ feedFrom: 1 });
    const stop = fake.faults.always('downloadDocument', {
      kind: 'answer',
      status: 403,
      body: '<Error>X-Amz-Signature</Error>',
    });
    const outcomes = await store.inventory.push(updates, key);
    stop();
    expect(codes(outcomes)).toEqual(['write.uncertain']);
    expect(fake.journal.of('getFeedDocument')).toHaveLength(2);
    const words = outcomes.map((outcome) =>
      outcome.ok ? '' : `${outcome.error.message} ${String(outcome.error.cause)}`,
    );
    expect(words.join(' ')).not.toMatch(/X-Amz|amazonaws|documents\//);
  });

  it('was not made where its file could not be sent: nothing is changed, and nothing uncertain', async () => {
    const { store, state, fake } = storeWithGoods({ feedFrom: 1 });
    const stop = fake.faults.always('uploadDocument', { kind: 'answer', status: 403 });
    expect(codes(await store.inventory.push(updates, key))).toEqual(['request.rejected']);
    stop();
    expect(state.feeds).toHaveLength(0);
  });

  it('sets everything although the answer to its making was lost', async () => {
    const { store, state, fake, clock } = storeWithGoods({ feedFrom: 1 });
    fake.faults.next('createFeed', { kind: 'drop', when: 'after' });
    expect(codes(await store.inventory.push(updates, key))).toEqual(['ok']);
    await clock.advance(120_000);
    expect([state.listing('TEE').quantity, state.listing('MUG').quantity]).toEqual([3, 4]);
  });

  it('is as many feeds as the limit asks for', async () => {
    const { store, state } = storeWithGoods({ feedFrom: 1, itemsPerFeed: 1 });
    expect(codes(await store.inventory.push(updates, key))).toEqual(['ok']);
    expect(state.feeds).toHaveLength(2);
  });
});

it.each([
  ['A/B', 'A%2FB'],
  ["it's (new)!*", 'it%27s%20%28new%29%21%2A'],
])('writes SKU %s as %s into an address', async (sku, written) => {
  const { store, state, fake } = storeWithGoods();
  state.addListing({ sku, price: '1.00', quantity: 1 });
  await store.inventory.push([{ sku, available: 2 }], key);
  expect(fake.journal.of('patchListingsItem')[0]?.path).toContain(`/${written}?`);
});

it('leaves the stock of listings without a number alone, and gives no level for it', async () => {
  const { store, state } = storeWithGoods();
  state.addListing({ sku: 'FBA', price: '1.00', quantity: 5, fulfilledBy: 'AMAZON' });
  const levels = await store.inventory.get(['TEE', 'NOBODY', 'FBA', '']);
  expect(levels.filter(({ location }) => location.id === 'DEFAULT').map(({ sku }) => sku)).toEqual(['TEE']);
});
