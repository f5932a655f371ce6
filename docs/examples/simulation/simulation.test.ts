import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

it('does the same for the same seed, step by step', async () => {
  for (const seed of seeds(1, 20)) {
    const [once, again] = [await simulate(seed), await simulate(seed)];
    expect(again.trace.join('\n')).toBe(once.trace.join('\n'));
  }
});

it('does something else for another seed', async () => {
  const [one, other] = [await simulate(1), await simulate(2)];
  expect(other.trace.join('\n')).not.toBe(one.trace.join('\n'));
});

it('kills processes, loses answers and lets time jump', async () => {
  const runs = await Promise.all([simulate(11)]);
  const all = [...runs, await simulate(12), await simulate(13)].flatMap(({ trace }) => trace).join('\n');
  for (const what of [/ dies/, / stands still/, /time goes on by/, /is lost/, /begins receive/])
    expect(all).toMatch(what);
});

// Safety: whatever happens at whatever moment, nothing is there twice and nothing old comes after something newer.
// Liveness: when the faults have stopped, everything comes to its end or waits before a person.
it.each(seeds(0, 10).map((block) => block * 100 + 1))(
  'breaks nothing and leaves nothing behind, seeds from %i',
  async (from) => {
    const bad: string[] = [];
    for (const seed of seeds(from, 100)) {
      const { broken, stuck } = await simulate(seed);
      if (broken.length + stuck.length > 0) bad.push(`seed ${seed}: ${[...broken, ...stuck].join(' ')}`);
    }
    expect(bad).toEqual([]);
  },
  120_000,
);
