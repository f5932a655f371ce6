import type { Offers, OperationName, Ref, WriteOptions } from '@crossdock/core';
import { codeOf, holds, outcomeOf, refusal, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

/** Goods that are to arrive. */
interface Expectation<O extends OperationName> {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Books so many units of every line, as arrival `part`. */
  readonly book: (
    connector: Offers<O>,
    part: string,
    quantityOf: (expected: number) => number,
    options: WriteOptions,
  ) => Promise<Ref>;
  /** How many units are booked. */
  readonly booked: () => Promise<number>;
}

/** A write that books goods on what they were expected with. */
export interface Booking<O extends OperationName> {
  readonly operation: O;
  /** Adds expected goods; another `number` is others. */
  readonly prepare: (trial: Trial<O>, number: number) => Promise<Expectation<O>>;
}

const everything = (expected: number) => expected;
const one = (expected: number) => Math.min(1, expected);
const theRest = (expected: number) => expected - one(expected);

/** What holds for every write that books goods. */
export function bookingLaws<const O extends OperationName>({ operation, prepare }: Booking<O>) {
  async function ready(trial: Trial<O>, number: number) {
    const goods = await prepare(trial, number);
    const isEnough = goods.lines.some(({ quantity }) => quantity >= 2);
    holds(isEnough, 'The scenery has to give goods with a line for two or more.');
    const units = (quantityOf: (expected: number) => number) =>
      goods.lines.reduce((sum, { quantity }) => sum + quantityOf(quantity), 0);
    async function expectBooked(wanted: number, when: string): Promise<void> {
      const there = await goods.booked();
      holds(there === wanted, `${there} units are booked there ${when}, and ${wanted} arrived.`);
    }
    return { ...goods, units, expectBooked };
  }

  return [
    law({
      id: `${operation}/same-key-books-once`,
      operations: [operation],
      async check(trial) {
        for (const [number, quantityOf] of [everything, one].entries()) {
          const { book, units, expectBooked } = await ready(trial, number + 1);
          const options = { idempotencyKey: `key-${number}` };
          const answers = new Set<string>();
          for (const connector of [trial.connector, trial.connector, trial.connect()]) {
            const what = `${operation}, called again with its key,`;
            answers.add((await succeeds(() => book(connector, `a${number}`, quantityOf, options), what)).id);
          }
          await expectBooked(units(quantityOf), 'after three calls with one key');
          holds(
            answers.size === 1,
            `${operation} gave ${answers.size} answers to one key: ${[...answers].join(', ')}.`,
          );
        }
      },
    }),
    law({
      id: `${operation}/parallel-same-key-books-once`,
      operations: [operation],
      async check(trial) {
        const { book, units, expectBooked } = await ready(trial, 1);
        const attempts = Array.from({ length: parallel }, () =>
          outcomeOf(() => book(trial.connector, 'a', one, { idempotencyKey: 'key-1' })),
        );
        const ended = await Promise.all(attempts);
        const strange = ended.some((outcome) => !outcome.ok && codeOf(outcome.error) === 'no CommerceError');
        holds(!strange, `${operation} threw no CommerceError when ${parallel} came at once.`);
        const isDone = ended.some(({ ok }) => ok);
        holds(isDone, `${operation} failed for all of the ${parallel} that came at once.`);
        await expectBooked(units(one), `after ${parallel} calls at once with one key`);
      },
    }),
    law({
      id: `${operation}/lost-answer-books-once`,
      operations: [operation],
      async check(trial) {
        for (let lost = 1; lost <= mostCalls; lost++) {
          const { book, units, expectBooked } = await ready(trial, lost);
          const options = { idempotencyKey: `key-${lost}` };
          const isLost = loseAnswer(trial.platform, lost);
          const first = await outcomeOf(() => book(trial.connector, `a${lost}`, one, options));
          const happened = isLost();
          if (!first.ok) {
            holds(codeOf(first.error) !== 'no CommerceError', `${operation} threw no CommerceError.`);
            await trial.clock.advance(settleMs);
            const what = `${operation}, repeated after lost answer ${lost},`;
            await succeeds(() => book(trial.connect(), `a${lost}`, one, options), what);
          }
          await expectBooked(units(one), `after answer ${lost} was lost`);
          if (!happened) return;
        }
      },
    }),
    law({
      id: `${operation}/a-part-and-then-the-rest`,
      operations: [operation],
      async check(trial) {
        const { book, units, expectBooked } = await ready(trial, 1);
        for (const [part, quantityOf] of [
          ['a', one],
          ['b', theRest],
        ] as const) {
          const options = { idempotencyKey: `key-${part}` };
          await succeeds(() => book(trial.connector, part, quantityOf, options), `${operation} of part "${part}"`);
        }
        await expectBooked(units(everything), 'after a part and the rest');
      },
    }),
    law({
      id: `${operation}/another-content-under-its-key-is-refused`,
      operations: [operation],
      async check(trial) {
        const { book, units, expectBooked } = await ready(trial, 1);
        const options = { idempotencyKey: 'key-1' };
        await succeeds(() => book(trial.connector, 'a', one, options), operation);
        const what = `${operation} of other goods under the same key`;
        const { code } = await refusal(() => book(trial.connect(), 'b', everything, options), what);
        holds(code === 'key.reused', `${what} was refused as "${code}".`);
        await expectBooked(units(one), `after ${what}`);
      },
    }),
  ] as const;
}

/** What holds besides where a platform lets nobody book more than is open. */
export function openLaws<const O extends OperationName>({ operation, prepare }: Booking<O>) {
  return [
    law({
      id: `${operation}/never-more-than-open`,
      operations: [operation],
      async check(trial) {
        const { book, booked } = await prepare(trial, 1);
        const what = `${operation} of one unit more than is open`;
        const more = () => book(trial.connector, 'a', (expected) => expected + 1, { idempotencyKey: 'key-1' });
        const { code } = await refusal(more, what);
        holds(code === 'record.rejected', `${what} was refused as "${code}".`);
        const there = await booked();
        holds(there === 0, `${there} units are booked there by ${what}.`);
      },
    }),
  ] as const;
}

/** Callers that come at one moment. */
const parallel = 8;
