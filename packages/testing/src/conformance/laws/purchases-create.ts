import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { creationLaws, reusedKeyLaws, type Creation } from './creating.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

const creation: Creation<'purchases.create'> = {
  operation: 'purchases.create',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['purchases.create'].draft(platform, number);
    return async ({ purchases }, options) => ({ ref: await purchases.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['purchases.create'].created(platform)).length,
};

export const purchasesCreateLaws = [
  ...creationLaws(creation),
  ...reusedKeyLaws(creation),
  law({
    id: 'purchases.create/its-goods-are-expected-whatever-answer-is-lost',
    operations: ['purchases.create'],
    async check(trial) {
      const { draft: draftOf, expected } = trial.scenery['purchases.create'];
      for (let lost = 1; lost <= mostCalls; lost++) {
        const draft = await draftOf(trial.platform, lost);
        const units = draft.lines.reduce((sum, { quantity }) => sum + quantity, 0);
        const create = () => trial.connector.purchases.create(draft, { idempotencyKey: `key-${lost}` });
        const isLost = loseAnswer(trial.platform, lost);
        const first = await outcomeOf(create);
        const happened = isLost();
        holds(first.ok || codeOf(first.error) !== 'no CommerceError', 'purchases.create threw no CommerceError.');
        if (!first.ok) await trial.clock.advance(settleMs);
        const { id } = await succeeds(create, `purchases.create, repeated after lost answer ${lost},`);
        const there = await expected(trial.platform, id);
        holds(there === units, `${there} units are expected after answer ${lost} was lost, and ${units} were ordered.`);
        if (!happened) return;
      }
    },
  }),
] as const;
