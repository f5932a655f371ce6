import {
  mayHaveWritten,
  type EntityKind,
  type Offers,
  type OperationName,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import type { GetScenery } from '../scenes.ts';
import { loseAnswer, mostCalls, mostCallsAtFirst, noRoomAfter, settleMs } from './lost-answer.ts';

/** Something that is there, and how a write changes it. */
interface Target<O extends OperationName> {
  /** Writes the change, as often as it is called, and gives what it answered, as text. */
  readonly change: (connector: Offers<O>, options: WriteOptions) => Promise<string>;
  /** What it has to answer, where that is known before: the id of the record. */
  readonly answer?: string;
  /** What there is, as text. */
  readonly state: () => Promise<string>;
  /** What there is once it was changed, and once. */
  readonly wanted: string;
}

/** A write that changes what is there. */
export interface Changing<O extends OperationName> {
  readonly operation: O;
  /** Adds what is to be changed; another `number` is another one. */
  readonly prepare: (trial: Trial<O>, number: number) => Promise<Target<O>>;
}

/** What holds for every write that changes what is there. */
export function changingLaws<const O extends OperationName>({ operation, prepare }: Changing<O>) {
  async function unchanged(trial: Trial<O>, number: number) {
    const target = await prepare(trial, number);
    const before = await target.state();
    holds(before !== target.wanted, `The scenery gives what ${operation} is to make of it already: ${before}.`);
    async function expectChanged(when: string): Promise<void> {
      const state = await target.state();
      holds(state === target.wanted, `There is ${state} ${when}, and it should be ${target.wanted}.`);
    }
    return { ...target, before, expectChanged };
  }

  return [
    law({
      id: `${operation}/same-key-changes-once`,
      operations: [operation],
      async check(trial) {
        const { change, answer, expectChanged } = await unchanged(trial, 1);
        const answers = new Set<string>(answer === undefined ? [] : [answer]);
        for (const [connector, how] of [
          [trial.connector, 'called for the first time'],
          [trial.connector, 'called again with its key'],
          [trial.connect(), 'called by another process with its key'],
        ] as const) {
          answers.add(await succeeds(() => change(connector, { idempotencyKey: 'key-1' }), `${operation}, ${how},`));
          await expectChanged(`after ${operation} was ${how}`);
          await trial.clock.advance(settleMs);
        }
        holds(answers.size === 1, `${operation} gave ${answers.size} answers to one key: ${[...answers].join(', ')}.`);
      },
    }),
    law({
      id: `${operation}/parallel-same-key-changes-once`,
      operations: [operation],
      async check(trial) {
        const { change, expectChanged } = await unchanged(trial, 1);
        const attempts = Array.from({ length: parallel }, () =>
          outcomeOf(() => change(trial.connector, { idempotencyKey: 'key-1' })),
        );
        const ended = await Promise.all(attempts);
        const strange = ended.some((outcome) => !outcome.ok && codeOf(outcome.error) === 'no CommerceError');
        holds(!strange, `${operation} threw no CommerceError when ${parallel} came at once.`);
        const isDone = ended.some(({ ok }) => ok);
        holds(isDone, `${operation} failed for all of the ${parallel} that came at once.`);
        await expectChanged(`after ${parallel} calls at once with one key`);
      },
    }),
    law({
      id: `${operation}/lost-answer-changes-once`,
      operations: [operation],
      async check(trial) {
        // An answer may be lost at any call of a write that takes several: each in turn, on a record of its own.
        for (let lost = 1; lost <= mostCalls; lost++) {
          const { change, expectChanged } = await unchanged(trial, lost);
          const options = { idempotencyKey: `key-${lost}` };
          const isLost = loseAnswer(trial.platform, lost);
          const first = await outcomeOf(() => change(trial.connector, options));
          const happened = isLost();
          if (!first.ok) {
            const code = codeOf(first.error);
            holds(code !== 'no CommerceError', `${operation} threw no CommerceError when answer ${lost} was lost.`);
            await trial.clock.advance(settleMs);
            await succeeds(() => change(trial.connect(), options), `${operation}, repeated after lost answer ${lost},`);
          }
          await expectChanged(`after answer ${lost} was lost`);
          if (!happened) return;
        }
      },
    }),
    law({
      id: `${operation}/what-was-changed-is-not-denied`,
      operations: [operation],
      async check(trial) {
        // Trouble may come behind any call: what follows the one that changed something must not end as if there were none.
        for (let calls = 1; calls <= mostCallsAtFirst; calls++) {
          const { change, state, before } = await unchanged(trial, calls);
          const stop = noRoomAfter(trial.platform, calls);
          const ended = await outcomeOf(() => change(trial.connect(), { idempotencyKey: `key-${calls}` }));
          const happened = stop();
          const there = await state();
          holds(
            ended.ok || there === before || mayHaveWritten(ended.error),
            `${operation} ended as "${ended.ok ? '' : codeOf(ended.error)}", which says that nothing was written, and there is ${there}.`,
          );
          if (!happened) return;
          await trial.clock.advance(dayMs);
        }
      },
    }),
    law({
      id: `${operation}/deaf-platform-changes-at-most-once`,
      operations: [operation],
      async check(trial) {
        const { change, state, before, wanted } = await unchanged(trial, 1);
        const stop = trial.platform.faults.always('*', { kind: 'drop', when: 'after' });
        const ended = await outcomeOf(() => change(trial.connector, { idempotencyKey: 'key-1' }));
        stop();
        holds(!ended.ok, `${operation} claims to know how it ended, and no answer came.`);
        holds(codeOf(ended.error) !== 'no CommerceError', `${operation} threw no CommerceError when no answer came.`);
        const there = await state();
        const isAtMostOnce = there === before || there === wanted;
        holds(isAtMostOnce, `There is ${there} while no answer came: neither ${before} nor ${wanted}.`);
      },
    }),
  ] as const;
}

/** What holds for every write that changes a record by its reference: it has to be there. */
export function missingLaws<const O extends OperationName, K extends EntityKind, const W extends string>({
  operation,
  subject,
  change,
  sceneryOf,
}: {
  readonly operation: O;
  /** What is changed, in a word. */
  readonly subject: W;
  readonly change: (connector: Offers<O>, ref: Ref<K>, options: WriteOptions) => Promise<unknown>;
  readonly sceneryOf: (scenery: Trial<O>['scenery']) => Pick<GetScenery<unknown, K>, 'unknown'>;
}) {
  return [
    law({
      id: `${operation}/an-unknown-${subject}-is-refused`,
      operations: [operation],
      async check({ connector, platform, scenery }) {
        const ref = await sceneryOf(scenery).unknown(platform);
        const what = `${operation} of ${subject} "${ref.id}", not there,`;
        const { code } = await refusal(() => change(connector, ref, { idempotencyKey: 'key-1' }), what);
        holds(code === 'record.missing', `${what} was refused as "${code}".`);
      },
    }),
  ] as const;
}

/** Callers that come at one moment. */
const parallel = 8;

const dayMs = 24 * 60 * 60_000;
