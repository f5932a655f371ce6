import { isCommerceError, type CommerceError } from '@crossdock/core';
import { wooKey, type FakeWooCommerceOptions } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import type { WooCommerceOptions } from '../src/index.ts';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

interface Case {
  readonly fake?: FakeWooCommerceOptions;
  readonly options?: Partial<WooCommerceOptions>;
  readonly begin?: (world: World) => void;
  readonly code: string;
  readonly says: readonly string[];
}

const key = (permission: 'read' | 'write' | 'read_write', can: 'manage' | 'nothing' = 'manage') => ({
  fake: { keys: [{ ...wooKey, permission, can }] },
});
const outage = (kind: Parameters<World['state']['maintenance']>[0]) => ({
  begin: ({ state }: World) => state.maintenance(kind),
});

const cases: Readonly<Record<string, Case>> = {
  'a key that is not there': {
    options: { consumerKey: `ck_${'9'.repeat(40)}` },
    code: 'auth.rejected',
    says: ['it saw no key that it knows (401', 'Either consumerKey is wrong, or the shop does not see'],
  },
  'a wrong secret': {
    options: { consumerSecret: `cs_${'9'.repeat(40)}` },
    code: 'auth.rejected',
    says: ['it refused the signature or the secret', 'Check consumerSecret'],
  },
  'a shop that does not see https': {
    fake: { https: false },
    options: { url: 'https://shop.example' },
    code: 'auth.rejected',
    says: ['a proxy in front of it does not say so'],
  },
  'a user without rights': {
    ...key('read_write', 'nothing'),
    code: 'access.denied',
    says: ['the user of the key may not do this (403', 'shop manager'],
  },
  'a key that may not read': { ...key('write'), code: 'access.denied', says: ['the key may only write', 'Read/Write'] },
  'plain permalinks': {
    fake: { permalinks: 'plain' },
    code: 'options.invalid',
    says: ['its permalinks are "plain"', 'Settings, Permalinks'],
  },
  'plain permalinks behind a server that knows only files': {
    fake: { permalinks: 'plain-404' },
    code: 'options.invalid',
    says: ['it answered with a web page (404)', 'Settings, Permalinks'],
  },
  maintenance: { ...outage('maintenance'), code: 'platform.unavailable', says: ['it is under maintenance (503)'] },
  'a database that is down': { ...outage('database'), code: 'platform.unavailable', says: ['WordPress gave up (500)'] },
  'a firewall': { ...outage('firewall'), code: 'access.denied', says: ['turned us away (403)', '/wp-json/wc/'] },
  ModSecurity: { ...outage('mod-security'), code: 'access.denied', says: ['ModSecurity', '(406)'] },
  'a login page': { ...outage('login'), code: 'access.denied', says: ['it is behind a login'] },
  'a password of the web server': {
    ...outage('password'),
    code: 'auth.rejected',
    says: ['its web server asks for a password of its own'],
  },
  'a gateway that gave up': {
    ...outage('bad-gateway'),
    code: 'platform.unavailable',
    says: ['its host gave up waiting'],
  },
};

function world({ fake = {}, options = {}, begin }: Case) {
  const made = shopWithGoods(options, fake);
  begin?.(made);
  return made;
}

async function errorOf(work: Promise<unknown>): Promise<CommerceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It did not end as a CommerceError.', { cause: error });
}

describe.each(Object.entries(cases))('%s', (_what, one) => {
  it('is named to who reads', async () => {
    const { shop } = world(one);
    const error = await errorOf(shop.inventory.get(['TEE']));
    expect(error).toMatchObject({ code: one.code });
    for (const words of one.says) expect(error.message).toContain(words);
    expect(await shop.check()).toMatchObject({ ok: false });
  });

  it('writes nothing', async () => {
    const { shop, state } = world(one);
    const error = await errorOf(shop.inventory.push([{ sku: 'TEE', available: 3 }], { idempotencyKey: 'k' }));
    expect(error.code).toBe(one.code);
    expect(state.stockOf('TEE')).toBe(1000);
  });
});

describe('a key that may only read', () => {
  it('is named to who writes, and nothing is written', async () => {
    const { shop, state } = world({ ...key('read'), code: '', says: [] });
    expect(await shop.inventory.get(['TEE'])).toMatchObject([{ available: 1000 }]);
    const [outcome] = await shop.inventory.push([{ sku: 'TEE', available: 3 }], { idempotencyKey: 'k' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'access.denied' } });
    expect(state.stockOf('TEE')).toBe(1000);
  });
});

describe('notices of PHP', () => {
  it.each(['before', 'after', 'both', 'buffered'] as const)('%s an answer are read past', async (where) => {
    const { shop, state, place } = shopWithGoods();
    const id = place();
    state.settings.phpNotices = where;
    const pushed = await shop.inventory.push([{ sku: 'TEE', available: 3 }], { idempotencyKey: 'k' });
    expect(pushed).toMatchObject([{ ok: true }]);
    expect(state.stockOf('TEE')).toBe(3);
    expect(await shop.orders.get({ system: 'woocommerce', kind: 'order', id: String(id) })).toMatchObject({
      number: String(id),
    });
  });

  it.each(['before', 'buffered', 'both'] as const)(
    '%s a refusal leave it one, though the status is 200',
    async (where) => {
      const { shop, state, connect } = shopWithGoods();
      state.settings.phpNotices = where;
      expect(await shop.orders.get({ system: 'woocommerce', kind: 'order', id: '404404' })).toBeUndefined();
      const stranger = connect({ consumerKey: `ck_${'9'.repeat(40)}` });
      expect(await errorOf(stranger.inventory.get(['TEE']))).toMatchObject({ code: 'auth.rejected' });
    },
  );
});

describe('a product that is gone, in an order that is open', () => {
  it('leaves the order readable, without a SKU that nobody has any more', async () => {
    const { shop, state, place } = shopWithGoods();
    const id = place();
    state.removeProduct('TEE', true);
    const order = await shop.orders.get({ system: 'woocommerce', kind: 'order', id: String(id) });
    expect(order?.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [undefined, 3],
      ['MUG', 2],
    ]);
  });

  it('is named where its stock or its price is pushed, and the others are written', async () => {
    const { shop, state, place } = shopWithGoods();
    place();
    state.removeProduct('TEE', true);
    const updates = ['TEE', 'MUG'].map((sku) => ({ sku, available: 4 }));
    const outcomes = await shop.inventory.push(updates, { idempotencyKey: 'k' });
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'sku.unknown' } }, { ok: true }]);
    expect(state.stockOf('MUG')).toBe(4);
  });
});

describe('an amount with a comma', () => {
  it('is named before anything is sent, and the others are written', async () => {
    const { shop, state } = shopWithGoods();
    const prices = [
      { sku: 'TEE', amount: { amount: '12,50', currency: 'EUR' } },
      { sku: 'MUG', amount: { amount: '12.50', currency: 'EUR' } },
    ];
    const outcomes = await shop.prices.push(prices, { idempotencyKey: 'k' });
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'record.invalid' } }, { ok: true }]);
    expect([state.product('TEE')?.regularPrice, state.product('MUG')?.regularPrice]).toEqual(['10.00', '12.50']);
  });
});
