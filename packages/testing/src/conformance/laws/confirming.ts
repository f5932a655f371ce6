import type { Offers, OperationName, Ref, WriteOptions } from '@crossdock/core';
import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

/** A record that waits as a draft. */
interface Waiting<O extends OperationName> {
  readonly ref: Ref;
  readonly confirm: (connector: Offers<O>, options: WriteOptions) => Promise<Ref>;
  /** What confirming does to it, as text. */
  readonly state: () => Promise<string>;
  /** Whether this text says that it was confirmed, and once. */
  readonly isConfirmed: (state: string) => boolean;
}

/** A write that makes a draft final. */
export interface Confirming<O extends OperationName> {
  readonly operation: O;
  /** Adds a draft; another `number` is another one. */
  readonly prepare: (trial: Trial<O>, number: number) => Promise<Waiting<O>>;
}

/** What holds for every write that makes a draft final. */
export function confirmingLaws<const O extends OperationName>({ operation, prepare }: Confirming<O>) {
  async function waiting(trial: Trial<O>, number: number) {
    const draft = await prepare(trial, number);
    const before = await draft.state();
    holds(!draft.isConfirmed(before), `The scenery's draft "${draft.ref.id}" is confirmed already: ${before}.`);
    /** What there is after it was confirmed. */
    async function confirmed(when: string): Promise<string> {
      const state = await draft.state();
      holds(
        draft.isConfirmed(state),
        `"${draft.ref.id}" is at ${state} ${when}, which is not what confirming it once does.`,
      );
      return state;
    }
    return { ...draft, confirmed };
  }

  return [
    law({
      id: `${operation}/confirms-a-draft`,
      operations: [operation],
      async check(trial) {
        const { ref, confirm, confirmed } = await waiting(trial, 1);
        const answer = await succeeds(() => confirm(trial.connector, { idempotencyKey: 'key-1' }), operation);
        holds(answer.id === ref.id, `${operation} of "${ref.id}" answered "${answer.id}".`);
        await confirmed(`after ${operation}`);
      },
    }),
    law({
      id: `${operation}/what-is-confirmed-stays-as-it-is`,
      operations: [operation],
      async check(trial) {
        const { ref, confirm, confirmed } = await waiting(trial, 1);
        await succeeds(() => confirm(trial.connector, { idempotencyKey: 'key-1' }), operation);
        const first = await confirmed(`after ${operation}`);
        await trial.clock.advance(settleMs);
        for (const [connector, idempotencyKey, how] of [
          [trial.connector, 'key-1', 'again with its key'],
          [trial.connect(), 'key-1', 'by another process with its key'],
          [trial.connector, 'key-2', 'with another key'],
        ] as const) {
          const answer = await succeeds(() => confirm(connector, { idempotencyKey }), `${operation}, called ${how},`);
          holds(answer.id === ref.id, `${operation} of "${ref.id}", called ${how}, answered "${answer.id}".`);
          const then = await confirmed(`after ${operation} was called ${how}`);
          holds(then === first, `"${ref.id}" went from ${first} to ${then} when ${operation} was called ${how}.`);
        }
      },
    }),
    law({
      id: `${operation}/lost-answer-confirms-once`,
      operations: [operation],
      async check(trial) {
        for (let lost = 1; lost <= mostCalls; lost++) {
          const { confirm, confirmed } = await waiting(trial, lost);
          const options = { idempotencyKey: `key-${lost}` };
          const isLost = loseAnswer(trial.platform, lost);
          const first = await outcomeOf(() => confirm(trial.connector, options));
          const happened = isLost();
          if (!first.ok) {
            holds(codeOf(first.error) !== 'no CommerceError', `${operation} threw no CommerceError.`);
            await trial.clock.advance(settleMs);
            await succeeds(
              () => confirm(trial.connect(), options),
              `${operation}, repeated after lost answer ${lost},`,
            );
          }
          await confirmed(`after answer ${lost} was lost`);
          if (!happened) return;
        }
      },
    }),
    law({
      id: `${operation}/parallel-same-key-confirms-once`,
      operations: [operation],
      async check(trial) {
        const { confirm, confirmed } = await waiting(trial, 1);
        const attempts = Array.from({ length: parallel }, () =>
          outcomeOf(() => confirm(trial.connector, { idempotencyKey: 'key-1' })),
        );
        const ended = await Promise.all(attempts);
        const strange = ended.some((outcome) => !outcome.ok && codeOf(outcome.error) === 'no CommerceError');
        holds(!strange, `${operation} threw no CommerceError when ${parallel} came at once.`);
        const isDone = ended.some(({ ok }) => ok);
        holds(isDone, `${operation} failed for all of the ${parallel} that came at once.`);
        await confirmed(`after ${parallel} calls at once`);
      },
    }),
  ] as const;
}

/** Callers that come at one moment. */
const parallel = 8;
