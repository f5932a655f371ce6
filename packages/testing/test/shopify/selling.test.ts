import { fakeShopify, SoldOut } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';

function shop() {
  const platform = fakeShopify();
  const { state } = platform;
  const east = state.addLocation({ name: 'East', countryCode: 'US' });
  const west = state.addLocation({ name: 'West', countryCode: 'US' });
  state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: { [east]: 3, [west]: 4 } }] });
  state.addProduct({
    title: 'Cap',
    variants: [{ sku: 'CAP', price: '7.50', stock: 1, inventoryPolicy: 'CONTINUE' }],
  });
  state.addProduct({ title: 'Card', variants: [{ sku: 'CARD', price: '5.00', tracked: false }] });
  state.addProduct({
    title: 'Code',
    variants: [{ sku: 'CODE', price: '5.00', stock: 2, requiresShipping: false }],
  });
  const buy = (sku: string, quantity: number) => state.placeOrder({ lines: [{ sku, quantity }] });
  return { platform, state, east, west, buy };
}

const refusal = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a buyer at the checkout', () => {
  it('takes what is left and is turned away by less, and then nothing is placed', () => {
    const { state, buy } = shop();
    buy('TEE', 5);
    expect(state.stock('TEE')).toMatchObject({ available: 2, committed: 5, on_hand: 7 });
    const error = refusal(() => buy('TEE', 3));
    expect(error).toBeInstanceOf(SoldOut);
    expect(error).toMatchObject({ sku: 'TEE', wanted: 3, left: 2 });
    expect(state.orders).toHaveLength(1);
    expect(state.available('TEE')).toBe(2);
    expect(buy('TEE', 2).name).toBe('#1002');
    expect(state.available('TEE')).toBe(0);
  });

  it('is turned away by all lines of a SKU together, and what the other lines want stays', () => {
    const { state } = shop();
    const error = refusal(() =>
      state.placeOrder({
        lines: [
          { sku: 'CAP', quantity: 1 },
          { sku: 'TEE', quantity: 4 },
          { sku: 'TEE', quantity: 4 },
        ],
      }),
    );
    expect(error).toMatchObject({ name: 'SoldOut', sku: 'TEE', wanted: 8, left: 7 });
    expect(state.stock('CAP')).toMatchObject({ available: 1, committed: 0 });
  });

  it('gets more than is left where the shop sells on', () => {
    const { state, buy } = shop();
    buy('CAP', 3);
    expect(state.stock('CAP')).toMatchObject({ available: -2, committed: 3, on_hand: 1 });
  });

  it('gets any number of what is not counted', () => {
    const { state, buy } = shop();
    buy('CARD', 1000);
    expect(state.stock('CARD')).toMatchObject({ available: 0, committed: 0, on_hand: 0 });
  });

  it('gets an item of its own beside a SKU that the shop knows', () => {
    const { state } = shop();
    state.placeOrder({
      lines: [
        { sku: 'ENGRAVING', quantity: 9, unitPrice: '3.00' },
        { title: 'Gift wrap', quantity: 1, unitPrice: '1.00' },
        { sku: 'TEE', quantity: 1 },
      ],
    });
    expect(state.available('TEE')).toBe(6);
  });

  it('gets a line from one location that has enough', () => {
    const { state, east, west, buy } = shop();
    const order = buy('TEE', 4);
    expect(state.fulfillmentOrdersOf(order.id)).toMatchObject([{ locationId: west, lines: [{ total: 4 }] }]);
    expect([state.available('TEE', east), state.available('TEE', west)]).toEqual([3, 0]);
  });

  it('gets a line from two locations when neither has enough, so that none goes below zero', async () => {
    const { platform, state, east, west, buy } = shop();
    const order = buy('TEE', 6);
    expect(state.fulfillmentOrdersOf(order.id)).toMatchObject([
      { locationId: east, lines: [{ sku: 'TEE', total: 3, remaining: 3 }] },
      { locationId: west, lines: [{ sku: 'TEE', total: 3, remaining: 3 }] },
    ]);
    expect([state.available('TEE', east), state.available('TEE', west)]).toEqual([0, 1]);
    state.shipOrder(order.id);
    expect(state.order(order.id)).toMatchObject({
      fulfillmentStatus: 'PARTIALLY_FULFILLED',
      lines: [{ fulfilled: 3 }],
    });
    const answer = await ask(
      platform,
      `{ order(id: "${order.id}") { lineItems(first: 5) { nodes { quantity unfulfilledQuantity } } } }`,
    );
    expect(answer.at('order', 'lineItems', 'nodes')).toEqual([{ quantity: 6, unfulfilledQuantity: 3 }]);
    state.shipOrder(order.id);
    expect(state.stock('TEE')).toMatchObject({ available: 1, committed: 0, on_hand: 1 });
  });

  it('leaves to a line that may come from anywhere what another one leaves', () => {
    const { state, east, west } = shop();
    state.placeOrder({
      lines: [
        { sku: 'TEE', quantity: 3 },
        { sku: 'TEE', quantity: 2, locationId: east },
      ],
    });
    expect([state.available('TEE', east), state.available('TEE', west)]).toEqual([1, 1]);
  });
});

describe('stock of an order', () => {
  it('comes back with a cancellation that restocks, and not with one that does not', () => {
    const { state, buy } = shop();
    state.cancelOrder(buy('TEE', 6).id, 'CUSTOMER');
    expect(state.stock('TEE')).toMatchObject({ available: 7, committed: 0, on_hand: 7 });
    state.cancelOrder(buy('TEE', 2).id, 'INVENTORY', { restock: false });
    expect(state.stock('TEE')).toMatchObject({ available: 5, committed: 0, on_hand: 5 });
  });

  it('leaves the shelf with the parcel', () => {
    const { state, buy } = shop();
    const order = buy('TEE', 2);
    state.shipOrder(order.id);
    expect(state.stock('TEE')).toMatchObject({ available: 5, committed: 0, on_hand: 5 });
  });

  it('is gone at once where nothing is shipped, and comes back all the same', () => {
    const { state, buy } = shop();
    const order = buy('CODE', 2);
    expect(state.stock('CODE')).toMatchObject({ available: 0, committed: 0, on_hand: 0 });
    expect(refusal(() => buy('CODE', 1))).toBeInstanceOf(SoldOut);
    state.editOrder(order.id, { quantities: { [order.lines[0]?.id ?? '']: 1 } });
    expect(state.stock('CODE')).toMatchObject({ available: 1, committed: 0, on_hand: 1 });
    state.cancelOrder(order.id, 'CUSTOMER');
    expect(state.stock('CODE')).toMatchObject({ available: 2, committed: 0, on_hand: 2 });
  });

  it('is what somebody in the admin says, beside what is committed', () => {
    const { state, east, buy } = shop();
    buy('TEE', 3);
    state.setAvailable('TEE', 10);
    expect(state.stock('TEE', east)).toMatchObject({ available: 10, committed: 3, on_hand: 13 });
  });

  it('counts as an update of the product', async () => {
    const { platform, state, buy } = shop();
    const query = '{ products(first: 1, query: "sku:TEE") { nodes { updatedAt totalInventory } } }';
    await platform.clock.advance(5000);
    buy('TEE', 1);
    const ordered = await ask(platform, query);
    expect(ordered.at('products', 'nodes', 0)).toEqual({ updatedAt: '2026-11-01T00:00:05Z', totalInventory: 6 });
    await platform.clock.advance(5000);
    state.setAvailable('TEE', 9);
    expect((await ask(platform, query)).at('products', 'nodes', 0)).toEqual({
      updatedAt: '2026-11-01T00:00:10Z',
      totalInventory: 13,
    });
  });
});
