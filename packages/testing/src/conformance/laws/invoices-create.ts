import { addMoney, money, type InvoiceDraft } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { creationLaws, reusedKeyLaws, type Creation } from './creating.ts';

const creation: Creation<'invoices.create'> = {
  operation: 'invoices.create',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['invoices.create'].draft(platform, number);
    return async ({ invoices }, options) => ({ ref: await invoices.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['invoices.create'].created(platform)).length,
};

export const invoicesCreateLaws = [
  ...creationLaws(creation),
  ...reusedKeyLaws(creation),
  law({
    id: 'invoices.create/makes-a-draft-of-the-expected-total',
    operations: ['invoices.create'],
    async check(trial) {
      const { draft: draftOf, total, isDraft } = trial.scenery['invoices.create'];
      const draft = await draftOf(trial.platform, 1);
      const right = { ...draft, expectedTotal: await total(trial.platform, draft) };
      const { invoices } = trial.connector;
      const { id } = await succeeds(
        () => invoices.create(right, { idempotencyKey: 'key-1' }),
        'invoices.create of the total that is expected',
      );
      holds(await isDraft(trial.platform, id), `Invoice "${id}" is final, and nobody confirmed it.`);
    },
  }),
  law({
    id: 'invoices.create/another-total-is-a-mismatch',
    operations: ['invoices.create'],
    async check(trial) {
      const { draft: draftOf, total } = trial.scenery['invoices.create'];
      const draft = await draftOf(trial.platform, 1);
      const right = await total(trial.platform, draft);
      const wrong = { ...draft, expectedTotal: addMoney(right, money('1.00', right.currency)) };
      await expectMismatch(trial, wrong);
    },
  }),
] as const;

/** Every attempt ends in the same refusal, with one bill at most, and nothing is due for it. */
async function expectMismatch(trial: Trial<'invoices.create'>, draft: InvoiceDraft): Promise<void> {
  const { created, isDraft } = trial.scenery['invoices.create'];
  const before = new Set(await created(trial.platform));
  const what = 'invoices.create of an order that comes to 1.00 less than is expected';
  for (const connector of [trial.connector, trial.connector, trial.connect()]) {
    const { code } = await refusal(() => connector.invoices.create(draft, { idempotencyKey: 'key-1' }), what);
    holds(code === 'totals.mismatch', `${what} was refused as "${code}".`);
  }
  const made = (await created(trial.platform)).filter((id) => !before.has(id));
  holds(made.length <= 1, `${made.length} bills were made by ${what}, called again with its key.`);
  for (const id of made) holds(await isDraft(trial.platform, id), `Bill "${id}" is final, by ${what}.`);
}
