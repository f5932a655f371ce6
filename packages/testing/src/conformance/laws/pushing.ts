import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import {
  expectAnswers,
  expectUntouched,
  expectWritten,
  expectWrittenAfterLostAnswers,
  type Pushing,
  type PushOperation,
} from './push-checks.ts';

/** What holds for every write of a list whose items answer for themselves. */
export function pushLaws<const O extends PushOperation, T>(pushing: Pushing<O, T>) {
  const { operation, push, item, figure, changed, unwritable, skuOf, stray } = pushing;
  return [
    law({
      id: `${operation}/same-key-changes-once`,
      operations: [operation],
      async check(trial) {
        const wanted = await item(trial, 1);
        for (const time of ['first', 'second']) {
          await expectAnswers(pushing, trial, [[wanted, 'ok']], `"${skuOf(wanted)}" for the ${time} time`);
        }
        await expectWritten(pushing, trial, [wanted], 'after it was pushed twice with one key');
      },
    }),
    law({
      id: `${operation}/an-item-answers-for-itself`,
      operations: [operation],
      async check(trial) {
        const good = await item(trial, 1);
        const last = await item(trial, 3);
        const [unknown, refusal] = stray(await item(trial, 2));
        const answers = [
          [good, 'ok'],
          [unknown, refusal],
          [last, 'ok'],
        ] as const;
        await expectAnswers(pushing, trial, answers, 'a batch with an item that cannot be placed');
        await expectWritten(pushing, trial, [good, last], 'beside an item that cannot be placed');
      },
    }),
    law({
      id: `${operation}/splits-over-the-largest-batch`,
      operations: [operation],
      async check(trial) {
        const { maxBatch = 250 } = trial.connector.traits[operation] ?? {};
        const wanted: T[] = [];
        for (let number = 1; number <= maxBatch + 1; number++) wanted.push(await item(trial, number));
        const answers = wanted.map((one) => [one, 'ok'] as const);
        await expectAnswers(pushing, trial, answers, `${wanted.length} items, one more than a batch`);
        await expectWritten(pushing, trial, wanted, `after ${wanted.length} were pushed`);
      },
    }),
    law({
      id: `${operation}/refuses-what-cannot-be-written`,
      operations: [operation],
      async check(trial) {
        const good = await item(trial, 1);
        const spoilt = [];
        for (const [index, [what, spoil]] of unwritable.entries()) {
          const whole = await item(trial, index + 2);
          spoilt.push({ what, item: spoil(whole), whole, before: await figure(trial, whole) });
        }
        for (const { what, item: bad, whole, before } of spoilt) {
          const answers = [
            [bad, 'record.invalid'],
            [good, 'ok'],
          ] as const;
          const options = { idempotencyKey: `push of ${what}` };
          await expectAnswers(pushing, trial, answers, `"${skuOf(bad)}" at ${what}`, options);
          await expectUntouched(pushing, trial, [whole, before], `after ${what} was pushed`);
        }
        await expectWritten(pushing, trial, [good], 'beside items that cannot be written');
      },
    }),
    law({
      id: `${operation}/two-of-one-sku-refuse-each-other`,
      operations: [operation],
      async check(trial) {
        const twice = await item(trial, 1);
        const good = await item(trial, 2);
        const before = await figure(trial, twice);
        const answers = [
          [twice, 'record.duplicate'],
          [good, 'ok'],
          [changed(twice), 'record.duplicate'],
        ] as const;
        await expectAnswers(pushing, trial, answers, 'a batch that has one SKU twice');
        await expectUntouched(pushing, trial, [twice, before], 'after it was pushed twice in one list');
        await expectWritten(pushing, trial, [good], 'beside a SKU that was there twice');
      },
    }),
    law({
      id: `${operation}/lost-answer-changes-once`,
      operations: [operation],
      check: (trial) => expectWrittenAfterLostAnswers(pushing, trial, (number) => item(trial, number)),
    }),
    law({
      id: `${operation}/deaf-platform-is-no-success`,
      operations: [operation],
      async check(trial) {
        const wanted = await item(trial, 1);
        const before = await figure(trial, wanted);
        const stop = trial.platform.faults.always('*', { kind: 'drop', when: 'after' });
        const ended = await outcomeOf(() => push(trial.connector, [wanted], { idempotencyKey: 'push-1' }));
        stop();
        const [outcome] = ended.ok ? ended.value : [];
        holds(outcome?.ok !== true, `${operation} claims that "${skuOf(wanted)}" is written, and no answer came.`);
        const code = ended.ok ? codeOf(outcome?.error) : codeOf(ended.error);
        holds(code !== 'no CommerceError', `${operation} gave no CommerceError when no answer came.`);
        const there = await figure(trial, wanted);
        holds(
          there === before || there === pushing.wanted(wanted),
          `"${skuOf(wanted)}" is at ${there} while no answer came; it was at ${before} and was set to ${pushing.wanted(wanted)}.`,
        );
      },
    }),
    law({
      id: `${operation}/an-empty-list-sends-nothing`,
      operations: [operation],
      async check(trial) {
        const before = trial.platform.journal.all.length;
        const outcomes = await succeeds(
          () => push(trial.connector, [], { idempotencyKey: 'push-1' }),
          `${operation} of nothing`,
        );
        holds(outcomes.length === 0, `${operation} answered for ${outcomes.length} items, and was given none.`);
        const calls = trial.platform.journal.all.length - before;
        holds(calls === 0, `${operation} made ${calls} calls for an empty list.`);
      },
    }),
  ] as const;
}
