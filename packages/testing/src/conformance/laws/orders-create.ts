import { zeroMoney, type Money, type OrderDraft } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { creationLaws } from './creating.ts';

const creations = creationLaws({
  operation: 'orders.create',
  parallel: 10,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['orders.create'].draft(platform, number);
    return async ({ orders }, options) => ({ ref: await orders.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['orders.create'].created(platform)).length,
});

export const ordersCreateLaws = [
  ...creations,
  law({
    id: 'orders.create/refuses-amounts-that-nobody-stated',
    operations: ['orders.create'],
    async check({ connector, platform, scenery }) {
      const { draft, created } = scenery['orders.create'];
      const unstated = withoutAmounts(await draft(platform, 1));
      const before = (await created(platform)).length;
      const create = () => connector.orders.create(unstated, { idempotencyKey: 'key-1' });
      const { code } = await refusal(create, 'A draft whose amounts nobody stated');
      holds(code === 'money.invalid', `A draft whose amounts nobody stated was refused as "${code}".`);
      const there = (await created(platform)).length - before;
      holds(there === 0, `${there} records were made of a draft whose amounts nobody stated.`);
    },
  }),
  law({
    id: 'orders.create/refuses-an-order-that-is-a-test',
    operations: ['orders.create'],
    async check({ connector, platform, scenery }) {
      const { draft: draftOf, created } = scenery['orders.create'];
      const draft = await draftOf(platform, 1);
      const before = (await created(platform)).length;
      const create = () => connector.orders.create({ ...draft, test: true }, { idempotencyKey: 'key-1' });
      const { code } = await refusal(create, 'A draft that somebody made to try the channel');
      holds(code === 'payment.test', `A draft that somebody made to try the channel was refused as "${code}".`);
      const there = (await created(platform)).length - before;
      holds(there === 0, `${there} records were made of a draft that somebody made to try the channel.`);
      const what = 'orders.create of the same without the word, under the same key,';
      await succeeds(() => connector.orders.create(draft, { idempotencyKey: 'key-1' }), what);
    },
  }),
] as const;

/** The draft of an order of which the channel says everything but its amounts: zeros that add up. */
function withoutAmounts(draft: OrderDraft): OrderDraft {
  const zero: Money = zeroMoney(draft.currency);
  const totals = { goods: zero, discount: zero, shipping: zero, fees: zero, tax: zero, total: zero };
  const lines = draft.lines.map((line) => ({ ...line, unitPrice: zero, total: zero, discounts: [], taxes: [] }));
  return { ...draft, lines, shippingLines: [], feeLines: [], discounts: [], totals, amounts: 'not-stated' };
}
