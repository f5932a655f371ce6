import { mayHaveWritten, type Offers, type OperationName, type Ref, type WriteOptions } from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { loseAnswer, mostCalls, mostCallsAtFirst, noRoomAfter, settleMs } from './lost-answer.ts';

/** A write that makes a record, seen from outside: `make` does it for draft `number`, `count` says how many are there. */
export interface Creation<O extends OperationName> {
  readonly operation: O;
  /** How many callers may come with one key at one moment. */
  readonly parallel: number;
  /** Puts into the platform what draft `number` needs. The returned function writes it, as often as it is called. */
  readonly prepare: (
    trial: Trial<O>,
    number: number,
  ) => Promise<(connector: Offers<O>, options: WriteOptions) => Promise<{ readonly ref: Ref }>>;
  readonly count: (trial: Trial<O>) => Promise<number>;
}

/** What holds for every write that makes a record. */
export function creationLaws<const O extends OperationName>({ operation, parallel, prepare, count }: Creation<O>) {
  /** How many records were made since the platform was filled. */
  async function counter(trial: Trial<O>): Promise<() => Promise<number>> {
    const before = await count(trial);
    return async () => (await count(trial)) - before;
  }
  const once = `made by ${operation} with one key`;

  return [
    law({
      id: `${operation}/same-key-creates-once`,
      operations: [operation],
      async check(trial) {
        const write = await prepare(trial, 1);
        const made = await counter(trial);
        const first = await succeeds(() => write(trial.connector, { idempotencyKey: 'key-1' }), operation);
        const second = await succeeds(
          () => write(trial.connector, { idempotencyKey: 'key-1' }),
          `${operation}, repeated,`,
        );
        const there = await made();
        holds(there === 1, `${there} records were ${once}, called twice.`);
        holds(
          first.ref.id === second.ref.id,
          `${operation} answered "${first.ref.id}", and "${second.ref.id}" for the same key.`,
        );
      },
    }),
    law({
      id: `${operation}/lost-answer-creates-once`,
      operations: [operation],
      async check(trial) {
        // An answer may be lost at any call of a write that takes several: each in turn, on a record of its own.
        for (let lost = 1; lost <= mostCalls; lost++) {
          const write = await prepare(trial, lost);
          const made = await counter(trial);
          const isLost = loseAnswer(trial.platform, lost);
          const options = { idempotencyKey: `key-${lost}` };
          const first = await outcomeOf(() => write(trial.connector, options));
          const happened = isLost();
          if (!first.ok) {
            const code = codeOf(first.error);
            holds(code !== 'no CommerceError', `${operation} threw no CommerceError when answer ${lost} was lost.`);
            await trial.clock.advance(settleMs);
            await succeeds(() => write(trial.connector, options), `${operation}, repeated after lost answer ${lost},`);
          }
          const there = await made();
          holds(there === 1, `${there} records were ${once} when answer ${lost} was lost and the write repeated.`);
          if (!happened) return;
        }
      },
    }),
    law({
      id: `${operation}/deaf-platform-creates-at-most-once`,
      operations: [operation],
      async check(trial) {
        const write = await prepare(trial, 1);
        const made = await counter(trial);
        const stop = trial.platform.faults.always('*', { kind: 'drop', when: 'after' });
        const ended = await outcomeOf(() => write(trial.connector, { idempotencyKey: 'key-1' }));
        stop();
        holds(!ended.ok, `${operation} claims to know how it ended, and no answer came.`);
        const code = codeOf(ended.error);
        holds(code !== 'no CommerceError', `${operation} threw no CommerceError when no answer came.`);
        const there = await made();
        holds(there <= 1, `${there} records were ${once} while no answer came.`);
      },
    }),
    law({
      id: `${operation}/what-was-made-is-not-denied`,
      operations: [operation],
      async check(trial) {
        // Trouble may come behind any call: what follows the one that made the record must not end as if there were none.
        for (let calls = 1; calls <= mostCallsAtFirst; calls++) {
          const write = await prepare(trial, calls);
          const made = await counter(trial);
          const stop = noRoomAfter(trial.platform, calls);
          const ended = await outcomeOf(() => write(trial.connect(), { idempotencyKey: `key-${calls}` }));
          const happened = stop();
          const there = await made();
          holds(
            ended.ok || there === 0 || mayHaveWritten(ended.error),
            `${operation} ended as "${ended.ok ? '' : codeOf(ended.error)}", which says that nothing was written, and ${there} records were made.`,
          );
          if (!happened) return;
          await trial.clock.advance(dayMs);
        }
      },
    }),
    law({
      id: `${operation}/another-process-creates-once`,
      operations: [operation],
      async check(trial) {
        const write = await prepare(trial, 1);
        const made = await counter(trial);
        await succeeds(() => write(trial.connector, { idempotencyKey: 'key-1' }), operation);
        await trial.clock.advance(dayMs);
        await succeeds(() => write(trial.connect(), { idempotencyKey: 'key-1' }), `${operation} in another process`);
        const there = await made();
        holds(there === 1, `${there} records were ${once} in two processes, a day apart.`);
      },
    }),
    law({
      id: `${operation}/parallel-same-key-creates-once`,
      operations: [operation],
      async check(trial) {
        const write = await prepare(trial, 1);
        const made = await counter(trial);
        const attempts = Array.from({ length: parallel }, () =>
          outcomeOf(() => write(trial.connector, { idempotencyKey: 'key-1' })),
        );
        const ended = await Promise.all(attempts);
        const strange = ended.find((outcome) => !outcome.ok && codeOf(outcome.error) === 'no CommerceError');
        holds(strange === undefined, `${operation} threw no CommerceError when ${parallel} came at once.`);
        holds(
          ended.some(({ ok }) => ok),
          `${operation} failed for all of the ${parallel} that came at once.`,
        );
        const there = await made();
        holds(there === 1, `${there} records were ${once} by ${parallel} callers at once.`);
      },
    }),
    law({
      id: `${operation}/another-record-is-created-too`,
      operations: [operation],
      async check(trial) {
        const one = await prepare(trial, 1);
        const other = await prepare(trial, 2);
        const made = await counter(trial);
        await succeeds(() => one(trial.connector, { idempotencyKey: 'key-1' }), operation);
        await succeeds(() => other(trial.connector, { idempotencyKey: 'key-2' }), `${operation} of another record`);
        const there = await made();
        holds(there === 2, `${there} records are there after two were written with two keys.`);
      },
    }),
  ] as const;
}

/** What holds besides where the content of a record is told by its key: another content is no repetition. */
export function reusedKeyLaws<const O extends OperationName>({
  operation,
  prepare,
  count,
}: Omit<Creation<O>, 'parallel'>) {
  return [
    law({
      id: `${operation}/another-content-under-its-key-is-refused`,
      operations: [operation],
      async check(trial) {
        const one = await prepare(trial, 1);
        const other = await prepare(trial, 2);
        await succeeds(() => one(trial.connector, { idempotencyKey: 'key-1' }), operation);
        const before = await count(trial);
        const { code } = await refusal(
          () => other(trial.connect(), { idempotencyKey: 'key-1' }),
          `${operation} of another record under the same key`,
        );
        holds(code === 'key.reused', `${operation} refused another record under the same key as "${code}".`);
        const there = (await count(trial)) - before;
        holds(there === 0, `${there} records were made by ${operation} of another record under the same key.`);
      },
    }),
  ] as const;
}

const dayMs = 24 * 60 * 60_000;
