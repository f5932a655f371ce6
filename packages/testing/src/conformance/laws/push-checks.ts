import type { ErrorCode, ItemOutcome, Offers, WriteOptions } from '@crossdock/core';
import { codeOf, holds, outcomeOf, succeeds } from '../holds.ts';
import type { Trial } from '../law.ts';
import { loseAnswer, mostCalls, settleMs } from './lost-answer.ts';

/** Operations that write many items at once. */
export type PushOperation = 'inventory.push' | 'prices.push' | 'products.push';

/** A write of many items that each answer for themselves, seen from outside. */
export interface Pushing<O extends PushOperation, T> {
  readonly operation: O;
  readonly push: (
    connector: Offers<O>,
    items: readonly T[],
    options: WriteOptions,
  ) => Promise<readonly ItemOutcome<T>[]>;
  /** The SKU by which an item is called. */
  readonly skuOf: (item: T) => string;
  /** The item to write for SKU number `number`, which the platform knows and has another figure of. */
  readonly item: (trial: Trial<O>, number: number) => Promise<T>;
  /** What the platform shows a buyer of that SKU, as text that is equal for equal figures. */
  readonly figure: (trial: Trial<O>, item: T) => Promise<string | undefined>;
  /** What it has to show after the item is written, as the same kind of text. */
  readonly wanted: (item: T) => string;
  /** The same SKU with another figure to write. */
  readonly changed: (item: T) => T;
  /** The item made into one that names what the platform does not know, and what it is refused as. */
  readonly stray: (item: T) => readonly [item: T, answer: ErrorCode];
  /** The item made into one that cannot be written, with what it then holds. */
  readonly unwritable: readonly (readonly [what: string, spoil: (item: T) => T])[];
}

/** What is expected of an item: that it is written, or the code of its refusal. */
export type Answer = 'ok' | ErrorCode;

/** Pushes items and breaks the law unless each is answered as wanted. `what` is what is pushed, in words. */
export async function expectAnswers<O extends PushOperation, T>(
  { operation, push, skuOf }: Pushing<O, T>,
  { connector }: Trial<O>,
  wanted: readonly (readonly [item: T, answer: Answer])[],
  what: string,
  options: WriteOptions = { idempotencyKey: 'push-1' },
): Promise<void> {
  const items = wanted.map(([item]) => item);
  const outcomes = await succeeds(() => push(connector, items, options), `${operation} of ${what}`);
  const said = words(outcomes.map((outcome) => [skuOf(outcome.item), answerOf(outcome)]));
  const expected = words(wanted.map(([item, answer]) => [skuOf(item), answer]));
  holds(said === expected, `${operation} of ${what} answered "${said}" and should have answered "${expected}".`);
}

/** Breaks the law unless the platform shows what was written of each item. */
export async function expectWritten<O extends PushOperation, T>(
  pushing: Pushing<O, T>,
  trial: Trial<O>,
  items: readonly T[],
  when: string,
): Promise<void> {
  for (const item of items) {
    const there = await pushing.figure(trial, item);
    const wanted = pushing.wanted(item);
    holds(there === wanted, `"${pushing.skuOf(item)}" is at ${there} ${when}, and was set to ${wanted}.`);
  }
}

/** Breaks the law unless the platform still shows what it showed of an item before. */
export async function expectUntouched<O extends PushOperation, T>(
  pushing: Pushing<O, T>,
  trial: Trial<O>,
  [item, before]: readonly [item: T, before: string | undefined],
  when: string,
): Promise<void> {
  const there = await pushing.figure(trial, item);
  holds(
    there === before,
    `"${pushing.skuOf(item)}" is at ${there} ${when}; it was at ${before} and had to stay there.`,
  );
}

/**
 * Loses the answer to each call of a push in turn, and calls again with the same key from another process, also where the
 * first caller learnt of its success: the process may have died behind it. The second call has to end well, with the
 * figure as wanted.
 */
export async function expectWrittenAfterLostAnswers<O extends PushOperation, T>(
  pushing: Pushing<O, T>,
  trial: Trial<O>,
  prepare: (number: number) => Promise<T>,
): Promise<void> {
  const { operation, push } = pushing;
  for (let lost = 1; lost <= mostCalls; lost++) {
    const item = await prepare(lost);
    const options = { idempotencyKey: `push-${lost}` };
    const isLost = loseAnswer(trial.platform, lost);
    const first = await outcomeOf(() => push(trial.connector, [item], options));
    const happened = isLost();
    holds(
      first.ok || codeOf(first.error) !== 'no CommerceError',
      `${operation} threw no CommerceError when answer ${lost} was lost.`,
    );
    await trial.clock.advance(settleMs);
    const again = { ...trial, connector: trial.connect() };
    const what = `"${pushing.skuOf(item)}", called again by another process after lost answer ${lost},`;
    await expectAnswers(pushing, again, [[item, 'ok']], what, options);
    await expectWritten(pushing, trial, [item], `after answer ${lost} was lost and the write repeated`);
    if (!happened) return;
  }
}

function answerOf<T>(outcome: ItemOutcome<T>): string {
  return outcome.ok ? 'ok' : codeOf(outcome.error);
}

function words(answers: readonly (readonly [sku: string, answer: string])[]): string {
  return answers.map(([sku, answer]) => `${sku} ${answer}`).join(', ');
}
