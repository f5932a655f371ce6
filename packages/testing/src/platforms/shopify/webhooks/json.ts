/**
 * Writes JSON with whole numbers of any size: a bigint becomes its digits, beyond what a reader that makes doubles of
 * them can keep.
 */
export function jsonOf(value: unknown): string {
  const mark = '\u0001';
  const text = JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return `${mark}${each}`;
    return typeof each === 'string' ? each.replaceAll(mark, '') : each;
  });
  // The mark is written as \u0001, and no other string has it.
  return text.replace(/"\\u0001(-?\d+)"/g, '$1');
}
