import { roundTo } from '../orm/rounding.ts';

export { roundTo } from '../orm/rounding.ts';

/** Whether two quantities are the same for a unit with two decimals. */
export function compareQuantity(a: number, b: number): -1 | 0 | 1 {
  const difference = roundTo(a - b, 5);
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}
