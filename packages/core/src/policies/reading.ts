import type { Reading } from './bucket.ts';

/** A reading without what cannot be: a proxy's number, or a field that is missing, must not shut the allowance for ever. */
export function believable({ available, capacity, refillPerSecond, spent }: Reading): Reading {
  return {
    available: zeroOrMore(available),
    capacity: aboveZero(capacity),
    refillPerSecond: aboveZero(refillPerSecond),
    spent: zeroOrMore(spent),
  };
}

/** A number that is none, or below zero, says nothing. */
export function zeroOrMore(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function aboveZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : zeroOrMore(value);
}
