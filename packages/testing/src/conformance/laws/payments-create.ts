import { addMoney, equalMoney, money, subtractMoney, type Money, type PaymentDraft } from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { creationLaws, reusedKeyLaws, type Creation } from './creating.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

type PayTrial = Trial<'payments.create'>;

const creation: Creation<'payments.create'> = {
  operation: 'payments.create',
  parallel: 8,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['payments.create'].draft(platform, number);
    return async ({ payments }, options) => ({ ref: await payments.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['payments.create'].created(platform)).length,
};

export const paymentsCreateLaws = [
  ...creationLaws(creation),
  ...reusedKeyLaws(creation),
  law({
    id: 'payments.create/a-part-and-then-the-rest-settles',
    operations: ['payments.create'],
    async check(trial) {
      const draft = await trial.scenery['payments.create'].draft(trial.platform, 1);
      const one = money('1.00', draft.amount.currency);
      const rest = subtractMoney(draft.amount, one);
      for (const [amount, left] of [
        [one, rest],
        [rest, subtractMoney(one, one)],
      ] as const) {
        const key = `pays-${amount.amount}`;
        const part = { ...draft, amount, reference: `${draft.reference}-${amount.amount}` };
        await succeeds(() => pay(trial, part, key), `payments.create of ${amount.amount}`);
        await expectDue(trial, draft, left, `after ${amount.amount} was paid`);
      }
      const more = { ...draft, amount: one, reference: `${draft.reference}-more` };
      await expectRejected(trial, more, 'pays-more', 'for a bill that is paid');
    },
  }),
  law({
    id: 'payments.create/never-more-than-is-due',
    operations: ['payments.create'],
    async check(trial) {
      const draft = await trial.scenery['payments.create'].draft(trial.platform, 1);
      const amount = addMoney(draft.amount, money('1.00', draft.amount.currency));
      await expectRejected(trial, { ...draft, amount }, 'pays-more', 'of 1.00 more than is due');
      await succeeds(() => pay(trial, draft, 'pays-all'), 'payments.create of what is due');
    },
  }),
  law({
    id: 'payments.create/one-transaction-pays-once',
    operations: ['payments.create'],
    async check(trial) {
      const draft = await trial.scenery['payments.create'].draft(trial.platform, 1);
      const one = { ...draft, amount: money('1.00', draft.amount.currency) };
      const left = subtractMoney(draft.amount, one.amount);
      const { id } = await succeeds(() => pay(trial, one, 'pays-one'), 'payments.create');
      for (const connector of [trial.connector, trial.connect()]) {
        const ended = await outcomeOf(() => pay({ ...trial, connector }, one, 'pays-another'));
        const what = 'payments.create of the same transaction under another key';
        const isSame = ended.ok && ended.value.id === id;
        const isTold = !ended.ok && codeOf(ended.error) === 'record.duplicate';
        await expectDue(trial, draft, left, `after ${what}`);
        holds(isSame || isTold, `${what} ${ended.ok ? `gave "${ended.value.id}"` : `threw "${codeOf(ended.error)}"`}.`);
      }
    },
  }),
  law({
    id: 'payments.create/lost-answer-settles-once',
    operations: ['payments.create'],
    async check(trial) {
      for (let lost = 1; lost <= mostCalls; lost++) {
        const draft = await trial.scenery['payments.create'].draft(trial.platform, lost);
        const one = { ...draft, amount: money('1.00', draft.amount.currency) };
        const isLost = loseAnswer(trial.platform, lost);
        const first = await outcomeOf(() => pay(trial, one, `pays-${lost}`));
        const happened = isLost();
        if (!first.ok) {
          holds(codeOf(first.error) !== 'no CommerceError', 'payments.create threw no CommerceError.');
          await trial.clock.advance(settleMs);
          const again = { ...trial, connector: trial.connect() };
          await succeeds(() => pay(again, one, `pays-${lost}`), `payments.create, repeated after lost answer ${lost},`);
        }
        await expectDue(trial, draft, subtractMoney(draft.amount, one.amount), `after answer ${lost} was lost`);
        if (!happened) return;
      }
    },
  }),
] as const;

function pay({ connector }: PayTrial, draft: PaymentDraft, idempotencyKey: string) {
  return connector.payments.create(draft, { idempotencyKey });
}

async function expectDue({ scenery, platform }: PayTrial, draft: PaymentDraft, wanted: Money, when: string) {
  const due = await scenery['payments.create'].due(platform, draft.invoice);
  holds(equalMoney(due, wanted), `${due.amount} is due ${when}, and it should be ${wanted.amount}.`);
}

async function expectRejected(trial: PayTrial, draft: PaymentDraft, key: string, what: string): Promise<void> {
  const { created, due } = trial.scenery['payments.create'];
  const before = await due(trial.platform, draft.invoice);
  const count = (await created(trial.platform)).length;
  const { code } = await refusal(() => pay(trial, draft, key), `payments.create ${what}`);
  holds(code === 'record.rejected', `payments.create ${what} was refused as "${code}".`);
  const there = (await created(trial.platform)).length - count;
  holds(there === 0, `${there} records were made by payments.create ${what}.`);
  await expectDue(trial, draft, before, `after payments.create ${what}`);
}
