import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cart, openShop, type Answer } from './shop.ts';

const idsOf = ({ body }: Answer) => (body as readonly { readonly id: number }[]).map(({ id }) => id); // a list of records
const second = 1000;

describe('lists', () => {
  it('leaves out what was changed in the very second that is asked after', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T12:00:00Z'))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T11:59:59Z'))).toEqual([id]);
  });

  it('reads a moment without an offset on the wall of the shop, unless told otherwise', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T12:59:59'))).toEqual([id]);
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T13:00:00'))).toEqual([]);
    expect(idsOf(await call('GET', 'orders?modified_after=2026-11-23T11:59:59&dates_are_gmt=true'))).toEqual([id]);
    const { body } = await call('GET', `orders/${id}`);
    expect(body).toMatchObject({ date_created: '2026-11-23T13:00:00', date_created_gmt: '2026-11-23T12:00:00' });
  });

  it('shows an order twice when another one comes between two pages', async () => {
    const { state, call, clock } = openShop();
    for (let count = 0; count < 4; count++) {
      state.placeOrder(cart());
      await clock.advance(second);
    }
    const first = idsOf(await call('GET', 'orders?per_page=2'));
    state.placeOrder(cart());
    const next = idsOf(await call('GET', 'orders?per_page=2&page=2'));
    expect(next[0]).toBe(first[1]);
  });

  it('misses an order when a seen one changes between two pages sorted by change', async () => {
    const { state, call, clock } = openShop();
    const placed: number[] = [];
    for (let count = 0; count < 4; count++) {
      placed.push(state.placeOrder(cart()).id);
      await clock.advance(second);
    }
    const query = 'orders?per_page=2&orderby=modified&order=asc';
    const first = idsOf(await call('GET', query));
    state.touch(first[0] ?? 0);
    const next = idsOf(await call('GET', `${query}&page=2`));
    expect([...first, ...next]).not.toContain(placed[2]);
  });

  it('moves the date of an order with every write, and not with a note', async () => {
    const { state, call, clock } = openShop();
    const { id } = state.placeOrder(cart());
    const modified = async () =>
      ((await call('GET', `orders/${id}`)).body as { date_modified_gmt: Json }).date_modified_gmt;
    await clock.advance(second);
    await call('POST', `orders/${id}/notes`, { note: 'seen' });
    expect(await modified()).toBe('2026-11-23T12:00:00');
    await call('PUT', `orders/${id}`, {});
    expect(await modified()).toBe('2026-11-23T12:00:01');
  });

  it('finds a reference in the transaction, and not in custom fields', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ ...cart(), transactionId: 'CH-1', createdVia: 'chan-a' });
    state.placeOrder({ ...cart(), meta: [{ key: 'ext_ref', value: 'CH-1' }], createdVia: 'chan-a' });
    expect(idsOf(await call('GET', 'orders?search=ch-1&created_via=chan-a&_fields=id'))).toEqual([id]);
  });

  it('finds a variation by its SKU, and counts without a body', async () => {
    const { state, call } = openShop();
    const parent = state.addProduct({ sku: 'CAP', type: 'variable' });
    const { id } = state.addVariation(parent.id, { sku: 'CAP-RED', price: '9.00', stock: 3, option: 'Red' });
    expect((await call('GET', 'products?sku=CAP-RED,MUG')).body).toMatchObject([
      { sku: 'MUG' },
      { id, parent_id: parent.id },
    ]);
    const head = await call('HEAD', 'products');
    expect([head.text, head.headers.get('x-wp-total')]).toEqual(['', '3']);
  });
});
