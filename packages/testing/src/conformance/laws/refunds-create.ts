import { addMoney, money } from '@crossdock/core';
import { holds, refusal } from '../holds.ts';
import { law } from '../law.ts';
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
] as const;
