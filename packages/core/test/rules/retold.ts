import fc from 'fast-check';

/** The same facts as a partner may tell them: in any order, some of them again and again. */
export function retold<T>(facts: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc
    .array(fc.nat(Math.max(0, facts.length - 1)), { maxLength: 6 })
    .chain((again) => shuffled([...facts, ...again.flatMap((index) => facts.slice(index, index + 1))]));
}

function shuffled<T>(facts: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc
    .shuffledSubarray([...facts.keys()], { minLength: facts.length })
    .map((order) => order.flatMap((index) => facts.slice(index, index + 1)));
}

/** Few moments, so that many facts fall on the same one. */
export const anyMoment = fc.integer({ min: 0, max: 5 }).map((hour) => `2026-11-2${hour}T08:00:00Z`);
