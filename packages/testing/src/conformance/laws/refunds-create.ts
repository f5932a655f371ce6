import { addMoney, equalMoney, money, multiplyMoney, zeroMoney, type RefundDraft } from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { readAll } from '../read-all.ts';
import { creationLaws, reusedKeyLaws, type Creation } from './creating.ts';

const creation: Creation<'refunds.create'> = {
  operation: 'refunds.create',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['refunds.create'].draft(platform, number);
    return async ({ refunds }, options) => ({ ref: await refunds.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['refunds.create'].created(platform)).length,
};

export const refundsCreateLaws = [
  ...creationLaws(creation),
  ...reusedKeyLaws(creation),
  law({
    id: 'refunds.create/another-sum-is-a-mismatch',
    operations: ['refunds.create'],
    async check({ connector, platform, scenery }) {
      const { draft: draftOf, created } = scenery['refunds.create'];
      const draft = await draftOf(platform, 1);
      const before = (await created(platform)).length;
      const more = { ...draft, total: addMoney(draft.total, money('1.00', draft.total.currency)) };
      const what = 'refunds.create of 1.00 more than its lines come to';
      const { code } = await refusal(() => connector.refunds.create(more, { idempotencyKey: 'key-1' }), what);
      holds(code === 'totals.mismatch', `${what} was refused as "${code}".`);
      const there = (await created(platform)).length - before;
      holds(there === 0, `${there} records were made by ${what}.`);
    },
  }),
  law({
    id: 'refunds.create/never-more-than-was-billed',
    operations: ['refunds.create'],
    async check({ connector, platform, scenery }) {
      const { draft: draftOf, created } = scenery['refunds.create'];
      const draft = await draftOf(platform, 1);
      const before = (await created(platform)).length;
      const what = 'refunds.create of a hundred times what was billed';
      const much = { ...timesHundred(draft), number: `${draft.number}-much` };
      const { code } = await refusal(() => connector.refunds.create(much, { idempotencyKey: 'key-much' }), what);
      holds(code === 'record.rejected', `${what} was refused as "${code}".`);
      const there = (await created(platform)).length - before;
      holds(there === 0, `${there} records were made by ${what}.`);
      for (let nth = 1; nth <= mostParts; nth++) {
        const part = { ...draft, number: `${draft.number}-${nth}` };
        const ended = await outcomeOf(() => connector.refunds.create(part, { idempotencyKey: `key-${nth}` }));
        holds(ended.ok || nth > 1, 'refunds.create of a part of what was billed was refused.');
        if (ended.ok) continue;
        const seen = codeOf(ended.error);
        holds(seen === 'record.rejected', `refunds.create of more than is left was refused as "${seen}".`);
        return;
      }
      holds(false, `The same part of a bill was given back ${mostParts} times.`);
    },
  }),
  law({
    id: 'refunds.create/comes-out-of-pull',
    operations: ['refunds.create', 'refunds.pull'],
    async check({ connector, platform, scenery }) {
      const draft = await scenery['refunds.create'].draft(platform, 1);
      const lines = draft.lines.map((line) => ({ ...line, quantity: 0 }));
      const drafts = [draft, { ...draft, number: `${draft.number}-money`, lines }];
      for (const [nth, one] of drafts.entries()) {
        const what = nth === 0 ? 'A refund of goods' : 'A refund of money alone';
        const { id } = await succeeds(
          () => connector.refunds.create(one, { idempotencyKey: `key-${nth}` }),
          'refunds.create',
        );
        const { items } = await succeeds(() => readAll(connector.refunds.pull({})), 'refunds.pull');
        const pulled = items.find(({ ref }) => ref.id === id);
        if (!pulled) return holds(false, `${what} does not come out of refunds.pull.`);
        holds(
          pulled.order.id === one.order.id,
          `${what} comes out of refunds.pull as one of order "${pulled.order.id}".`,
        );
        holds(equalMoney(pulled.total, one.total), `${what} comes out of refunds.pull with "${pulled.total.amount}".`);
      }
    },
  }),
] as const;

/** The scenery gives back a tenth of a bill at least. */
const mostParts = 11;

function timesHundred(draft: RefundDraft): RefundDraft {
  const lines = draft.lines.map((line) => ({
    ...line,
    quantity: line.quantity * 100,
    amount: multiplyMoney(line.amount, '100'),
    tax: multiplyMoney(line.tax, '100'),
  }));
  const shipping = draft.shipping ?? zeroMoney(draft.total.currency);
  const more = draft.shipping ? { shipping: multiplyMoney(shipping, '100') } : {};
  return { ...draft, lines, ...more, total: multiplyMoney(draft.total, '100') };
}
