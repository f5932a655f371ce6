import { describe, expect, it } from 'vitest';
import { noted } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };
const written = ['OrderUpdate', 'TagsAdd', 'TagsRemove'];

function orderWithNotes() {
  const { fake, connect, state, place } = shopWithGoods();
  const { calls, fetch } = noted(fake.fetch);
  const placed = place({ note: 'Ring twice', tags: ['VIP', 'gift'] });
  const writes = () => calls.map(({ operationName }) => operationName).filter((name) => written.includes(name));
  return { shop: connect({ fetch }), ref: refOf(placed.id), shown: () => state.order(placed.id), writes };
}

describe('the note and the tags of an order', () => {
  it('are written only where they differ', async () => {
    const { shop, ref, shown, writes } = orderWithNotes();
    await shop.orders.update(ref, { note: 'Ring twice', addTags: ['trade'] }, key);
    expect(writes()).toEqual(['TagsAdd']);
    expect(shown()).toMatchObject({ note: 'Ring twice', tags: expect.arrayContaining(['VIP', 'gift', 'trade']) });
    await shop.orders.update(ref, { note: 'Ring twice', addTags: ['trade'] }, key);
    expect(writes()).toEqual(['TagsAdd']);
  });

  it('are the same whatever the case of a tag and the space around it', async () => {
    const { shop, ref, shown, writes } = orderWithNotes();
    await shop.orders.update(ref, { addTags: [' vip ', 'Gift'] }, key);
    expect(writes()).toEqual([]);
    await shop.orders.update(ref, { removeTags: ['vip'] }, key);
    expect(shown().tags).toEqual(['gift']);
  });

  it('are refused before anything is sent where Shopify would make something else of them', async () => {
    const { shop, ref, shown, writes } = orderWithNotes();
    for (const change of [{ addTags: ['a,b'] }, { addTags: ['  '] }, { addTags: ['x'], removeTags: ['X '] }]) {
      await expect(shop.orders.update(ref, { note: 'other', ...change }, key)).rejects.toMatchObject({
        code: 'record.invalid',
      });
    }
    expect(writes()).toEqual([]);
    expect(shown()).toMatchObject({ note: 'Ring twice', tags: ['VIP', 'gift'] });
  });
});
