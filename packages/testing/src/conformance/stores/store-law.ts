import { canonicalJson, type Json, type Stores } from '@crossdock/core';
import type { SettableClock, TestClock } from '../../fake/clock.ts';

/** Makes fresh, empty stores that take their time from this clock. */
export type StoreMaker = (clock: TestClock) => Promise<Stores> | Stores;

/** What a law gets: empty stores, and a clock that only the law moves. */
export interface StoreTrial {
  readonly stores: Stores;
  readonly clock: SettableClock;
}

/** A promise that every set of stores keeps. */
export interface StoreLaw {
  /** `store/what-holds`. */
  readonly id: string;
  /** Throws when the law is broken. */
  check(trial: StoreTrial): Promise<void>;
}

/** The laws of one store, by what holds. */
export function lawsOf(
  store: string,
  checks: Readonly<Record<string, (trial: StoreTrial) => Promise<void>>>,
): readonly StoreLaw[] {
  return Object.entries(checks).map(([what, check]) => ({ id: `${store}/${what}`, check }));
}

/** Breaks the law when the answer is another than expected; `question` says what was asked. */
export function answers(question: string, actual: Json, expected: Json): void {
  const [got, wanted] = [canonicalJson(actual), canonicalJson(expected)];
  if (got !== wanted) throw new Error(`${question}: expected ${wanted}, got ${got}.`);
}

/** The clock's moment, some milliseconds on. */
export function momentIn(clock: TestClock, ms: number): string {
  return new Date(clock.now() + ms).toISOString();
}
