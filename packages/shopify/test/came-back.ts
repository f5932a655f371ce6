import { money, type RefundDraft, type ReturnReceipt } from '@crossdock/core';
import type { OrderInput } from '@crossdock/testing';
import { refOf, shopWithGoods } from './shop.ts';

export const returnRef = (id: string) => ({ system: 'shopify', kind: 'return', id }) as const;
export const dollars = (amount: string) => money(amount, 'USD');

/** Four TEE, of which `shipped` left and `back` came back on a return that is booked. */
export async function cameBack(
  settings: {
    readonly shipped?: number;
    readonly back?: number;
    readonly booked?: number;
    readonly order?: Partial<OrderInput>;
  } = {},
) {
  const { shipped = 4, back = 1, booked = back, order = {} } = settings;
  const scene = shopWithGoods();
  const { state, shop, fake } = scene;
  const placed = scene.place({ lines: [{ sku: 'TEE', quantity: 4 }], ...order });
  state.shipOrder(placed.id, { lines: [{ sku: 'TEE', quantity: shipped }] });
  const opened = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: back }] });
  const receipt: ReturnReceipt = {
    return: returnRef(opened.id),
    lines: [{ sku: 'TEE', received: booked, condition: 'sellable', disposition: 'restock' }],
    receivedAt: '2026-11-02T10:00:00Z',
  };
  const stock = state.available('TEE');
  if (booked > 0) await shop.returns.confirm(receipt, { idempotencyKey: 'arrival' });
  const draft = (number: string, quantity: number, more: Partial<RefundDraft> = {}): RefundDraft => ({
    number,
    order: refOf(placed.id),
    return: returnRef(opened.id),
    lines: [
      {
        orderLineId: placed.lines[0]?.id ?? '',
        quantity,
        amount: dollars(`${quantity * 10}.00`),
        tax: dollars('0.00'),
        restocked: true,
      },
    ],
    total: dollars(`${quantity * 10}.00`),
    refundedAt: '2026-11-03T10:00:00Z',
    ...more,
  });
  const give = (wanted: RefundDraft) => shop.refunds.create(wanted, { idempotencyKey: `key of ${wanted.number}` });
  const paid = () =>
    state
      .transactionsOf(placed.id)
      .filter(({ kind }) => kind === 'REFUND')
      .map(({ amount }) => amount);
  const toShip = () =>
    state.fulfillmentOrdersOf(placed.id).reduce((all, { lines }) => {
      return all + lines.reduce((sum, { remaining }) => sum + remaining, 0);
    }, 0);
  /** As somebody does in Shopify. */
  const byHand = async (query: string, variables: object): Promise<unknown> => {
    const response = await fake.fetch(
      new Request('https://acme.myshopify.com/admin/api/2026-07/graphql.json', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
        body: JSON.stringify({ query, variables }),
      }),
    );
    return response.json();
  };
  return { ...scene, placed, opened, draft, give, paid, toShip, byHand, stock };
}
