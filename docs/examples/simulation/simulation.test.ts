import type { Stores } from '@crossdock/core';
import { expect, it } from 'vitest';
import { simulate, type SimulationSize } from './simulate.ts';

const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

it('does the same for the same seed, step by step', async () => {
  for (const seed of seeds(1, 10)) {
    const [once, again] = [await simulate(seed), await simulate(seed)];
    expect(again.trace.join('\n')).toBe(once.trace.join('\n'));
  }
}, 60_000);

it('does something else for another seed', async () => {
  const [one, other] = [await simulate(1), await simulate(2)];
  expect(other.trace.join('\n')).not.toBe(one.trace.join('\n'));
});

it('kills processes, loses answers and lets time jump', async () => {
  const runs = [await simulate(11), await simulate(12), await simulate(13)];
  const all = runs.flatMap(({ trace }) => trace).join('\n');
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

const changed = (change: (stores: Stores) => Partial<Stores>) => (stores: Stores) => ({ ...stores, ...change(stores) });

// A simulation that finds nothing proves nothing: each of these is worse in one thing, and is found.
it.each<[string, SimulationSize]>([
  ['sends without a look at the fence', { unfenced: true }],
  [
    'ends its jobs without ending them',
    {
      worsen: changed((stores) => ({
        atomically: (work) =>
          stores.atomically((inside) =>
            work({ ...inside, jobs: { ...inside.jobs, finish: async () => 'finished' as const } }),
          ),
      })),
    },
  ],
  [
    'keeps deliveries and forgets to work on them',
    {
      worsen: changed((stores) => ({
        atomically: (work) =>
          stores.atomically((inside) =>
            work({
              ...inside,
              jobs: {
                ...inside.jobs,
                add: async (job) => (job.id.startsWith('decode/') ? ('added' as const) : inside.jobs.add(job)),
              },
            }),
          ),
      })),
    },
  ],
  [
    'gives no result of a step back',
    { worsen: changed(({ runs }) => ({ runs: { ...runs, steps: async () => new Map() } })) },
  ],
  [
    'lets runs of one key go side by side',
    {
      worsen: changed((stores) => ({
        atomically: (work) =>
          stores.atomically((inside) =>
            work({ ...inside, jobs: { ...inside.jobs, add: (job) => inside.jobs.add({ ...job, key: job.id }) } }),
          ),
      })),
    },
  ],
  [
    'takes no state for an old one',
    { worsen: changed(({ sequences }) => ({ sequences: { ...sequences, advance: async () => 'newer' as const } })) },
  ],
])(
  'finds an integration that %s',
  async (_what, size) => {
    let found = false;
    for (let seed = 1; seed <= 400 && !found; seed++) {
      const { broken, stuck } = await simulate(seed, size);
      found = broken.length + stuck.length > 0;
    }
    expect(found).toBe(true);
  },
  120_000,
);
