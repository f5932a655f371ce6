import type { StockUpdate } from '@crossdock/core';
import { codeOf, holds, outcomeOf } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { mostCalls } from './lost-answer.ts';
import { expectAnswers, expectUntouched, expectWritten, expectWrittenAfterLostAnswers } from './push-checks.ts';
import type { Pushing } from './push-checks.ts';
import { pushLaws } from './pushing.ts';

type PushTrial = Trial<'inventory.push'>;

const pushing: Pushing<'inventory.push', StockUpdate> = {
  operation: 'inventory.push',
  push: ({ inventory }, updates, options) => inventory.push(updates, options),
  skuOf: ({ sku }) => sku,
  stray: (item) => [{ ...item, sku: 'NOBODY-KNOWS-THIS' }, 'sku.unknown'],
  item: async ({ scenery, platform }, number) => scenery['inventory.push'].update(platform, number),
  figure: async (trial, update) => String(await shown(trial, update)),
  wanted: ({ available }) => String(available),
  changed: (update) => ({ ...update, available: update.available + 1 }),
  unwritable: [-1, 1.5, Number.NaN].map((available) => [`${available} units`, (update) => ({ ...update, available })]),
};

async function shown({ scenery, platform }: PushTrial, update: StockUpdate): Promise<number | undefined> {
  return scenery['inventory.push'].stock(platform, update);
}

/** The update of SKU number `number`, by a caller who knows what is shown. */
async function informed(trial: PushTrial, number: number): Promise<StockUpdate & { readonly expected: number }> {
  const update = await pushing.item(trial, number);
  const expected = await shown(trial, update);
  holds(expected !== undefined, `The platform shows nothing of "${update.sku}", and the scenery has to stock it.`);
  holds(expected !== update.available, `The scenery wants ${expected} for "${update.sku}", which is shown already.`);
  return { ...update, expected };
}

/** A buyer or somebody else changes the figure. What is shown then. */
async function changes(trial: PushTrial, update: StockUpdate): Promise<number | undefined> {
  const before = await shown(trial, update);
  await trial.scenery['inventory.push'].change(trial.platform, update);
  const after = await shown(trial, update);
  holds(after !== before, `The scenery changed "${update.sku}", and it is at ${after} as before.`);
  return after;
}

export const inventoryPushLaws = [
  ...pushLaws(pushing),
  law({
    id: 'inventory.push/a-right-expectation-is-written',
    operations: ['inventory.push'],
    async check(trial) {
      const update = await informed(trial, 1);
      await expectAnswers(pushing, trial, [[update, 'ok']], 'a figure that is as expected');
      await expectWritten(pushing, trial, [update], 'after it was pushed with what was shown before');
    },
  }),
  law({
    id: 'inventory.push/a-wrong-expectation-is-refused-alone',
    operations: ['inventory.push'],
    async check(trial) {
      const plain = await pushing.item(trial, 1);
      const outdated = await informed(trial, 2);
      const right = await informed(trial, 3);
      const wrong = { ...outdated, expected: outdated.expected + 1 };
      const answers = [
        [plain, 'ok'],
        [wrong, 'stock.stale'],
        [right, 'ok'],
      ] as const;
      await expectAnswers(pushing, trial, answers, 'a batch of which one figure is not as expected');
      await expectUntouched(pushing, trial, [wrong, `${outdated.expected}`], 'although something else was expected');
      await expectWritten(pushing, trial, [plain, right], 'beside a figure that is not as expected');
    },
  }),
  law({
    id: 'inventory.push/what-shows-the-wanted-number-is-ok',
    operations: ['inventory.push'],
    async check(trial) {
      const { expected: there, ...update } = await informed(trial, 1);
      const wanted = { ...update, available: there, expected: there + 1 };
      await expectAnswers(pushing, trial, [[wanted, 'ok']], 'the number that is shown already, expecting another');
      await expectWritten(pushing, trial, [wanted], 'after it was set to what it showed');
    },
  }),
  law({
    id: 'inventory.push/lost-answer-as-expected-changes-once',
    operations: ['inventory.push'],
    check: (trial) => expectWrittenAfterLostAnswers(pushing, trial, (number) => informed(trial, number)),
  }),
  law({
    id: 'inventory.push/a-repeated-call-undoes-no-sale',
    operations: ['inventory.push'],
    async check(trial) {
      const update = await informed(trial, 1);
      await expectAnswers(pushing, trial, [[update, 'ok']], 'a figure that is as expected');
      // Where the sale leads back to what was expected, nobody can tell the two moments apart.
      let left = await changes(trial, update);
      if (left === update.expected) left = await changes(trial, update);
      const connector = trial.connect();
      const ended = await outcomeOf(() => connector.inventory.push([update], { idempotencyKey: 'push-1' }));
      holds(ended.ok || codeOf(ended.error) !== 'no CommerceError', 'inventory.push threw no CommerceError.');
      await expectUntouched(pushing, trial, [update, `${left}`], 'after a sale and a repeated call with its key');
    },
  }),
  law({
    id: 'inventory.push/a-sale-on-the-way-is-not-lost',
    operations: ['inventory.push'],
    applies: (traits) => traits['inventory.push']?.compareAndSet === true,
    async check(trial) {
      // Whatever is looked up first: the sale comes behind each call of the push in turn.
      for (let call = 1; call <= mostCalls; call++) {
        const update = await informed(trial, call);
        const stop = trial.platform.faults.always('*', { kind: 'slow', ms: answerMs });
        const progress = { isEnded: false };
        const pushed = outcomeOf(() => trial.connector.inventory.push([update], { idempotencyKey: `push-${call}` }));
        void pushed.then(() => (progress.isEnded = true));
        await trial.clock.sleep((call - 1) * answerMs + answerMs / 2);
        const isTooLate = progress.isEnded;
        const left = await changes(trial, update);
        const ended = await pushed;
        stop();
        const when = `after a sale that came behind call ${call} of its push`;
        await expectUntouched(pushing, trial, [update, `${left}`], when);
        holds(ended.ok, `inventory.push threw when a sale came behind call ${call}, and its item can answer for that.`);
        const [outcome] = ended.value;
        const answer = outcome?.ok === false ? codeOf(outcome.error) : 'ok';
        holds(answer === 'ok' || answer === 'stock.stale', `inventory.push answered "${answer}" ${when}.`);
        if (isTooLate) return;
      }
    },
  }),
] as const;

/** How long an answer is on its way, so that a sale fits between two calls. */
const answerMs = 1_000;
