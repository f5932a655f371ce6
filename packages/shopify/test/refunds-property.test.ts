import { money, type Ref, type RefundDraft } from '@crossdock/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';

/** What happens to an order of TEE at 10.00, in any order. */
type Step =
  | { readonly what: 'ship'; readonly count: number }
  | { readonly what: 'by hand'; readonly count: number }
  | { readonly what: 'alone'; readonly count: number }
  | { readonly what: 'send back'; readonly count: number; readonly booked: number }
  | { readonly what: 'paid as it was booked'; readonly count: number }
  | { readonly what: 'refund'; readonly count: number; readonly restocked: boolean }
  | { readonly what: 'refund of return'; readonly which: number; readonly count: number };

const count = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant('ship' as const), count }),
  fc.record({ what: fc.constant('by hand' as const), count }),
  fc.record({ what: fc.constant('alone' as const), count }),
  fc.record({ what: fc.constant('send back' as const), count, booked: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ what: fc.constant('paid as it was booked' as const), count }),
  fc.record({ what: fc.constant('refund' as const), count, restocked: fc.boolean() }),
  fc.record({ what: fc.constant('refund of return' as const), which: fc.nat(3), count }),
  fc.record({ what: fc.constant('refund of return' as const), which: fc.nat(1), count: fc.constant(1) }),
);

it('gives back what is drafted and no unit twice, and cancels nothing for a return, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 6 }),
      fc.boolean(),
      fc.array(step, { minLength: 4, maxLength: 12 }),
      async (units, hasGiftCard, steps) => {
        const order = soldTees(units, hasGiftCard);
        for (const [index, each] of [{ what: 'ship' as const, count: 2 }, ...steps].entries())
          await order.take(each, index);
        for (const { booked, paid } of order.returns) expect(paid).toBeLessThanOrEqual(booked);
        expect(order.paid()).toBeLessThanOrEqual(units * 1000);
      },
    ),
    { numRuns: 60, seed: 20_261_126 },
  );
}, 60_000);

function coins(amount: string): number {
  return Math.round(Number(amount) * 100);
}

function soldTees(units: number, hasGiftCard: boolean) {
  const { fake, state, connect, place } = shopWithGoods();
  const shop = connect();
  const placed = place({
    lines: [{ sku: 'TEE', quantity: units }],
    ...(hasGiftCard && { payments: [{ gateway: 'gift_card', amount: '7.00' }, { gateway: 'shopify_payments' }] }),
  });
  const line = placed.lines[0]?.id ?? '';
  const returns: { readonly id: string; readonly lineId: string; open: number; booked: number; paid: number }[] = [];
  let shipped = 0;
  const paid = () =>
    state.transactionsOf(placed.id).reduce((sum, { kind, amount }) => sum + (kind === 'REFUND' ? coins(amount) : 0), 0);
  const toShip = () =>
    state
      .fulfillmentOrdersOf(placed.id)
      .reduce((sum, { lines }) => sum + lines.reduce((all, { remaining }) => all + remaining, 0), 0);
  const seen = () => ({ paid: paid(), stock: state.available('TEE'), toShip: toShip() });
  const byHand = (query: string, input: object) =>
    fake.fetch(
      new Request('https://acme.myshopify.com/admin/api/2026-07/graphql.json', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
        body: JSON.stringify({ query, variables: { input } }),
      }),
    );
  const card = () => state.transactionsOf(placed.id).find(({ gateway }) => gateway === 'shopify_payments');

  async function give(
    index: number,
    quantity: number,
    more: { of?: Ref<'return'>; restocked?: boolean; sum?: string },
  ) {
    const sum = money(more.sum ?? `${quantity * 10}.00`, 'USD');
    const tax = money('0.00', 'USD');
    const draft: RefundDraft = {
      number: `R-${index}`,
      order: refOf(placed.id),
      ...(more.of && { return: more.of }),
      lines: [{ orderLineId: line, quantity, amount: sum, tax, restocked: more.restocked ?? false }],
      total: sum,
      refundedAt: '2026-11-03T10:00:00Z',
    };
    const before = seen();
    const isGiven = await shop.refunds.create(draft, { idempotencyKey: `key ${index}` }).then(
      () => true,
      () => false,
    );
    const after = seen();
    const back = more.restocked === true && more.of === undefined ? quantity : 0;
    expect({ index, paid: after.paid, stock: after.stock }).toEqual({
      index,
      paid: before.paid + (isGiven ? coins(sum.amount) : 0),
      stock: before.stock + (isGiven ? back : 0),
    });
    const isStill = !isGiven || more.of !== undefined || quantity === 0;
    expect(isStill ? after.toShip : before.toShip).toBe(before.toShip);
    return isGiven;
  }

  async function take(each: Step, index: number): Promise<void> {
    if (each.what === 'ship') {
      const part = Math.min(each.count, toShip());
      if (part > 0) state.shipOrder(placed.id, { lines: [{ sku: 'TEE', quantity: part }] });
      shipped += part;
    } else if (each.what === 'send back' || each.what === 'paid as it was booked') {
      const quantity = Math.min(each.count, shipped);
      const opened = quantity > 0 ? openedOf(quantity) : undefined;
      if (!opened) return;
      const own = { id: opened.id, lineId: opened.lines[0]?.id ?? '', open: quantity, booked: 0, paid: 0 };
      returns.push(own);
      if (each.what === 'send back') await book(own, Math.min(each.booked, quantity), index);
      else await bookAndPay(own, quantity);
    } else if (each.what === 'by hand') {
      const sale = card();
      const amount = `${each.count}.00`;
      const transaction = { orderId: placed.id, parentId: sale?.id, gateway: sale?.gateway, kind: 'REFUND', amount };
      const query = `mutation($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "${index}") { userErrors { message } } }`;
      await byHand(query, { orderId: placed.id, transactions: [transaction] });
    } else if (each.what === 'alone') await give(index, 0, { sum: `${each.count}.50` });
    else if (each.what === 'refund') await give(index, each.count, { restocked: each.restocked });
    else {
      const own = returns[each.which];
      if (!own) return;
      const of = { system: 'shopify', kind: 'return', id: own.id } as const;
      if (await give(index, each.count, { of, restocked: true })) own.paid += each.count;
    }
  }

  /** The shop refuses more than can come back. */
  function openedOf(quantity: number) {
    try {
      return state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity }] });
    } catch {
      return undefined;
    }
  }

  async function book(own: (typeof returns)[number], received: number, index: number): Promise<void> {
    if (received === 0) return;
    const ref = { system: 'shopify', kind: 'return', id: own.id } as const;
    const lines = [{ sku: 'TEE', received, condition: 'sellable' as const, disposition: 'restock' as const }];
    await shop.returns.confirm(
      { return: ref, lines, receivedAt: '2026-11-02T10:00:00Z' },
      { idempotencyKey: `arrival ${index}` },
    );
    own.booked += received;
  }

  async function bookAndPay(own: (typeof returns)[number], quantity: number): Promise<void> {
    const before = paid();
    const transactionAmount = { amount: `${quantity * 10}.00`, currencyCode: 'USD' };
    await byHand('mutation($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', {
      returnId: own.id,
      returnLineItems: [{ id: own.lineId, quantity }],
      financialTransfer: { issueRefund: { orderTransactions: [{ parentId: card()?.id, transactionAmount }] } },
    });
    if (paid() === before) return;
    own.booked += quantity;
    own.paid += quantity;
  }

  return { take, returns, paid };
}
