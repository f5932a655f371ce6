import type { ReturnDraft } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { creationLaws, reusedKeyLaws, type Creation } from './creating.ts';

const creation: Creation<'returns.create'> = {
  operation: 'returns.create',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['returns.create'].draft(platform, number);
    return async ({ returns }, options) => ({ ref: await returns.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['returns.create'].created(platform)).length,
};

export const returnsCreateLaws = [
  ...creationLaws(creation),
  ...reusedKeyLaws(creation),
  law({
    id: 'returns.create/never-more-than-was-shipped',
    operations: ['returns.create'],
    async check(trial) {
      const draft = await trial.scenery['returns.create'].draft(trial.platform, 1);
      const lines = draft.lines.map((line, index) => ({ ...line, quantity: line.quantity + (index === 0 ? 1 : 0) }));
      await expectRejected(trial, { ...draft, lines }, 'key-1', 'of one unit more than was shipped');
    },
  }),
  law({
    id: 'returns.create/what-is-on-its-way-back-does-not-come-back-again',
    operations: ['returns.create'],
    async check(trial) {
      const draft = await trial.scenery['returns.create'].draft(trial.platform, 1);
      const { returns } = trial.connector;
      await succeeds(() => returns.create(draft, { idempotencyKey: 'key-1' }), 'returns.create');
      const again = { ...draft, number: `${draft.number}-again` };
      await expectRejected(trial, again, 'key-2', 'of goods that are on their way back already');
    },
  }),
] as const;

async function expectRejected(
  { connector, platform, scenery }: Trial<'returns.create'>,
  draft: ReturnDraft,
  idempotencyKey: string,
  what: string,
): Promise<void> {
  const { created } = scenery['returns.create'];
  const before = (await created(platform)).length;
  const { code } = await refusal(() => connector.returns.create(draft, { idempotencyKey }), `returns.create ${what}`);
  holds(code === 'record.rejected', `returns.create ${what} was refused as "${code}".`);
  const there = (await created(platform)).length - before;
  holds(there === 0, `${there} records were made by returns.create ${what}.`);
}
