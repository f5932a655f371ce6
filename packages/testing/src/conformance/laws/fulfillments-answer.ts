import type { FulfillmentAnswer, Ref } from '@crossdock/core';
import { holds, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { changingLaws, missingLaws } from './changing.ts';

type AnswerTrial = Trial<'fulfillments.answer'>;

const yes: FulfillmentAnswer = { to: 'request', accept: true, message: 'It leaves tomorrow.' };
const dayMs = 24 * 60 * 60_000;
const both = ['request', 'cancellation'] as const;

export const fulfillmentsAnswerLaws = [
  ...changingLaws({
    operation: 'fulfillments.answer',
    async prepare({ scenery, platform }, number) {
      const { asked, answered } = scenery['fulfillments.answer'];
      const ref = await asked(platform, number, 'request');
      return {
        change: async ({ fulfillments }, options) => (await fulfillments.answer(ref, yes, options)).id,
        answer: ref.id,
        state: async () => String(await answered(platform, ref, 'request')),
        wanted: 'accepted',
      };
    },
  }),
  ...missingLaws({
    operation: 'fulfillments.answer',
    subject: 'fulfillment',
    change: ({ fulfillments }, ref: Ref<'fulfillment'>, options) => fulfillments.answer(ref, yes, options),
    sceneryOf: (scenery) => scenery['fulfillments.answer'],
  }),
  law({
    id: 'fulfillments.answer/says-yes-and-no-to-both-questions',
    operations: ['fulfillments.answer'],
    async check(trial) {
      let number = 0;
      for (const to of both) {
        for (const accept of [true, false]) {
          const ref = await trial.scenery['fulfillments.answer'].asked(trial.platform, ++number, to);
          await expectAnswered(trial, ref, to, undefined, 'before it was answered');
          const when = to === 'request' && accept ? { shipsAt: new Date(trial.clock.now() + dayMs).toISOString() } : {};
          await give(trial, ref, { to, accept, ...when }, `key-${number}`);
          await expectAnswered(trial, ref, to, accept ? 'accepted' : 'rejected', 'after it was answered');
        }
      }
    },
  }),
  law({
    id: 'fulfillments.answer/what-is-answered-so-stays',
    operations: ['fulfillments.answer'],
    async check(trial) {
      for (const [index, to] of both.entries()) {
        const ref = await trial.scenery['fulfillments.answer'].asked(trial.platform, index + 1, to);
        const answer = { to, accept: index === 0 };
        await give(trial, ref, answer, `key-${to}`);
        await give({ ...trial, connector: trial.connect() }, ref, answer, `another-key-${to}`);
        await expectAnswered(trial, ref, to, answer.accept ? 'accepted' : 'rejected', 'after it was answered twice');
      }
    },
  }),
  law({
    id: 'fulfillments.answer/answered-otherwise-is-refused',
    operations: ['fulfillments.answer'],
    async check(trial) {
      let number = 0;
      for (const to of both) {
        for (const accept of [true, false]) {
          const ref = await trial.scenery['fulfillments.answer'].asked(trial.platform, ++number, to);
          await give(trial, ref, { to, accept }, `key-${number}`);
          await expectRejected(trial, ref, { to, accept: !accept }, `of a ${to} that was answered otherwise`);
          await expectAnswered(trial, ref, to, accept ? 'accepted' : 'rejected', 'after the other answer was refused');
        }
      }
    },
  }),
  law({
    id: 'fulfillments.answer/what-nobody-asked-is-refused',
    operations: ['fulfillments.answer'],
    async check(trial) {
      const { unasked, asked } = trial.scenery['fulfillments.answer'];
      for (const to of both) {
        for (const accept of [true, false]) {
          const ref = await unasked(trial.platform);
          await expectRejected(trial, ref, { to, accept }, `of a ${to} that nobody asked for`);
        }
      }
      const ref = await asked(trial.platform, 1, 'request');
      await expectRejected(trial, ref, { to: 'cancellation', accept: true }, 'of a cancellation, asked to ship,');
      await expectAnswered(trial, ref, 'request', undefined, 'after a cancellation was answered');
    },
  }),
] as const;

async function give(
  { connector }: AnswerTrial,
  ref: Ref<'fulfillment'>,
  answer: FulfillmentAnswer,
  idempotencyKey: string,
): Promise<void> {
  const what = `fulfillments.answer, ${answer.accept ? 'yes' : 'no'} to a ${answer.to},`;
  const { id } = await succeeds(() => connector.fulfillments.answer(ref, answer, { idempotencyKey }), what);
  holds(id === ref.id, `${what} of "${ref.id}" answered "${id}".`);
}

async function expectRejected(
  { connector }: AnswerTrial,
  ref: Ref<'fulfillment'>,
  answer: FulfillmentAnswer,
  what: string,
): Promise<void> {
  const options = { idempotencyKey: `rejected-${ref.id}-${answer.to}` };
  const { code } = await refusal(
    () => connector.fulfillments.answer(ref, answer, options),
    `fulfillments.answer ${what}`,
  );
  holds(code === 'record.rejected', `fulfillments.answer ${what} was refused as "${code}".`);
}

async function expectAnswered(
  { scenery, platform }: AnswerTrial,
  ref: Ref<'fulfillment'>,
  to: FulfillmentAnswer['to'],
  wanted: 'accepted' | 'rejected' | undefined,
  when: string,
): Promise<void> {
  const there = await scenery['fulfillments.answer'].answered(platform, ref, to);
  holds(there === wanted, `The ${to} is ${there ?? 'open'} ${when}, and it should be ${wanted ?? 'open'}.`);
}
