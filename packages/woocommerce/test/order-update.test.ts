import { isCommerceError, type OrderChange } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { tagKey, tagsOf } from '../src/order-tags.ts';
import { refOf } from './shop.ts';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

const update = (shop: World['shop'], id: number, change: OrderChange, idempotencyKey = 'k') =>
  shop.orders.update(refOf(id), change, { idempotencyKey });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isCommerceError(error) ? error.code : 'no CommerceError'),
  );
const tagsIn = ({ state }: World, id: number) => [...tagsOf(state.order(id)?.meta ?? [])].toSorted();

describe('what people write on an order', () => {
  it('is what the shop shows as its note, letter by letter, and as custom fields', async () => {
    const world = shopWithGoods();
    const id = world.place({ customerNote: 'Ring twice.', meta: [{ key: 'gift', value: 'yes' }] });
    const note = '<b>Leave</b> it & "ring"\nüber 😀';
    await update(world.shop, id, { note, addTags: ['vip', ' VIP ', 'vip', 'a, b'] });
    expect(world.state.order(id)?.customerNote).toBe(note);
    expect(tagsIn(world, id)).toEqual(['VIP', 'a, b', 'vip']);
    const order = await world.shop.orders.get(refOf(id));
    expect([order?.note, order?.attributes, order?.tags.length]).toEqual([note, { gift: 'yes' }, 3]);
  });

  it('changes neither goods nor status, and sends no status along', async () => {
    const world = shopWithGoods();
    const id = world.place();
    await update(world.shop, id, { note: 'Hi.', addTags: ['vip'] });
    expect([world.statusOf(id), world.state.stockOf('TEE'), world.state.order(id)?.lines.length]).toEqual([
      'processing',
      997,
      2,
    ]);
  });

  it('keeps the tags of two that put theirs on at one moment', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const tags = ['one', 'two', 'three', 'four'];
    await Promise.all(tags.map((tag) => update(world.connect(), id, { addTags: [tag] }, tag)));
    expect(tagsIn(world, id)).toEqual(tags.toSorted());
  });

  it('takes a tag off wholly where two writers left it twice', async () => {
    const world = shopWithGoods();
    const key = await tagKey('vip');
    const id = world.place({
      meta: [
        { key, value: 'vip' },
        { key, value: 'vip' },
        { key: 'gift', value: 'yes' },
      ],
    });
    await update(world.shop, id, { removeTags: ['vip'] });
    expect(world.state.order(id)?.meta.map((meta) => meta.key)).toEqual(['gift']);
  });

  it.each<[string, OrderChange]>([
    ['a blank tag', { addTags: [' '] }],
    ['one that is both put on and taken off', { addTags: ['vip'], removeTags: ['vip '] }],
  ])('is refused unsent: %s', async (_what, change) => {
    const world = shopWithGoods();
    const id = world.place();
    expect(await codeOf(update(world.shop, id, change))).toBe('record.invalid');
    expect(world.asked()).toEqual([]);
  });

  it('is of an order: a cart on its way through the checkout is none', async () => {
    const world = shopWithGoods();
    const id = world.place({ status: 'checkout-draft' });
    expect(await codeOf(update(world.shop, id, { note: 'Hi.' }))).toBe('record.missing');
  });
});
