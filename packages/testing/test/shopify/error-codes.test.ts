import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

describe('a typed refusal', () => {
  it('has null for a code where there is none, and is a refusal all the same', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const [open] = state.fulfillmentOrdersOf(order.id);
    const answer = await ask(
      platform,
      `mutation H($id: ID!, $hold: FulfillmentOrderHoldInput!) {
        fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { fulfillmentHold { id } userErrors { field code } } }`,
      { id: open?.id, hold: { reason: 'OTHER', handle: 'x'.repeat(70) } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.at('fulfillmentOrderHold')).toEqual({
      fulfillmentHold: null,
      userErrors: [{ field: ['fulfillmentHold', 'handle'], code: null }],
    });
  });

  it('of metafields tells which one is meant', async () => {
    const { platform, state } = shopWithStock();
    const { id: ownerId } = state.addCustomer({ email: 'ada@example.com' });
    const field = { ownerId, namespace: 'erp', key: 'number', type: 'number_integer' };
    const answer = await ask(
      platform,
      'mutation M($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { code elementIndex } } }',
      {
        m: [
          { ...field, value: '1' },
          { ...field, value: 'one' },
        ],
      },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.at('metafieldsSet', 'userErrors')).toEqual([{ code: 'INVALID_VALUE', elementIndex: 1 }]);
  });
});
