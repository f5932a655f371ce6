import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { shopWithStock } from './shop.ts';

const creates = `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { refundLineItems(first: 9) { nodes { quantity restockType } } }
    userErrors { field message }
  }
}`;

/** Three tees, of which two are shipped. */
function partShipped() {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 3 }] });
  const lineItemId = order.lines[0]?.id ?? '';
  state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
  let keys = 0;
  const refund = async (...parts: readonly (readonly [restockType: string, quantity: number])[]) => {
    const refundLineItems = parts.map(([restockType, quantity]) => ({
      lineItemId,
      quantity,
      restockType,
      ...(restockType === 'NO_RESTOCK' ? {} : { locationId: warehouse }),
    }));
    const key = `key-${(keys += 1)}`;
    return (await ask(platform, creates, { input: { orderId: order.id, refundLineItems }, key })).at('refundCreate');
  };
  const line = async () => {
    const fields =
      'currentQuantity unfulfilledQuantity fulfillableQuantity unfulfilledOriginalTotalSet { shopMoney { amount } }';
    const answer = await ask(platform, `{ order(id: "${order.id}") { lineItems(first: 1) { nodes { ${fields} } } } }`);
    return answer.at('order', 'lineItems', 'nodes', 0);
  };
  const waiting = () =>
    state.fulfillmentOrdersOf(order.id).flatMap(({ lines }) => lines.map(({ remaining }) => remaining));
  return { platform, state, order, lineItemId, refund, line, waiting };
}

describe('an order of which part is shipped', () => {
  it('still has a unit to ship when a shipped one came back', async () => {
    const { refund, line, waiting } = partShipped();
    expect(await refund(['RETURN', 1])).toMatchObject({ userErrors: [] });
    expect(waiting()).toEqual([1]);
    expect(await line()).toEqual({
      currentQuantity: 2,
      unfulfilledQuantity: 1,
      fulfillableQuantity: 1,
      unfulfilledOriginalTotalSet: { shopMoney: { amount: '10.0' } },
    });
  });

  it('takes back no more units than were shipped, in one refund or in several', async () => {
    const { refund, waiting, state, order } = partShipped();
    const refused = { refund: null, userErrors: [{ field: ['refundLineItems', '0', 'restockType'] }] };
    expect(await refund(['RETURN', 3])).toMatchObject(refused);
    expect(await refund(['RETURN', 1], ['RETURN', 2])).toMatchObject({
      userErrors: [{ field: ['refundLineItems', '1', 'restockType'] }],
    });
    expect(await refund(['RETURN', 2])).toMatchObject({ userErrors: [] });
    expect(await refund(['RETURN', 1])).toMatchObject(refused);
    expect(waiting()).toEqual([1]);
    expect(state.refundsOf(order.id)).toHaveLength(1);
  });

  it('lets go of the last unit by canceling it, after the shipped ones came back', async () => {
    const { refund, line, waiting, state } = partShipped();
    await refund(['RETURN', 2]);
    expect(await refund(['CANCEL', 2])).toMatchObject({ refund: null });
    expect(await refund(['CANCEL', 1])).toMatchObject({ userErrors: [] });
    expect(waiting()).toEqual([0]);
    expect(await line()).toMatchObject({ currentQuantity: 0, unfulfilledQuantity: 0 });
    expect(state.stock('TEE')).toMatchObject({ available: 100, committed: 0 });
  });

  it('restocks the canceled unit whatever else the refund names first', async () => {
    const { refund, waiting, state } = partShipped();
    expect(await refund(['NO_RESTOCK', 2], ['CANCEL', 1])).toMatchObject({ userErrors: [] });
    expect(waiting()).toEqual([0]);
    expect(state.stock('TEE')).toMatchObject({ available: 98, committed: 0 });
  });

  it('brings back by hand what was shipped, and cancels only the rest', () => {
    const { state, order, waiting } = partShipped();
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 3 }] });
    expect(state.refundsOf(order.id)[0]?.lines).toMatchObject([
      { quantity: 2, restockType: 'RETURN' },
      { quantity: 1, restockType: 'CANCEL' },
    ]);
    expect(waiting()).toEqual([0]);
  });

  it('can be edited down to what the buyer kept', async () => {
    const { state, order, lineItemId, refund, waiting } = partShipped();
    await refund(['RETURN', 1]);
    expect(() => state.editOrder(order.id, { quantities: { [lineItemId]: 0 } })).toThrow(/is not 1 or more/);
    state.editOrder(order.id, { quantities: { [lineItemId]: 1 } });
    expect(waiting()).toEqual([0]);
  });
});
