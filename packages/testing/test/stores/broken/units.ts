import type { StoreSet } from '@crossdock/core';
import { loosely, memo, type BrokenStores } from './but.ts';

/** One store broken a law. */
export const brokenUnits: BrokenStores = {
  'atomically/gives-what-work-gave': loosely((good) => ({
    async atomically<T>(work: (stores: StoreSet) => Promise<T>) {
      const given = await good.atomically(work);
      // A store that forgets what it was given, and nothing else.
      return given === 7 ? (undefined as T) : given;
    },
  })),
  'atomically/lands-together': loosely((good) => ({
    atomically: (work) =>
      good.atomically((inside) => work({ ...inside, inbox: { ...inside.inbox, put: async () => 'stored' } })),
  })),
  'atomically/throwing-leaves-nothing': loosely((good) => ({
    atomically: (work) =>
      good.atomically((inside) =>
        work({ ...inside, jobs: { ...inside.jobs, add: (job) => later(() => good.jobs.add(job), 'added') } }),
      ),
  })),
  'atomically/sees-its-own-writes': loosely((good) => ({
    atomically: (work) =>
      good.atomically(async (inside) => {
        const before = new Map<string, string | undefined>();
        return work({
          ...inside,
          cursors: {
            advance: async (name, expected, next) => {
              if (!before.has(name)) before.set(name, await inside.cursors.read(name));
              return inside.cursors.advance(name, expected, next);
            },
            read: async (name) => (before.has(name) ? before.get(name) : inside.cursors.read(name)),
          },
        });
      }),
  })),
  'atomically/others-see-nothing-of-it': loosely((good) => {
    const dirty = memo<string>();
    return {
      cursors: { ...good.cursors, read: async (name) => dirty.get(name) ?? good.cursors.read(name) },
      atomically(work) {
        let over = false;
        return good
          .atomically((inside) =>
            work({
              ...inside,
              cursors: {
                ...inside.cursors,
                advance(name, expected, next) {
                  if (!over) dirty.set(name, next);
                  return inside.cursors.advance(name, expected, next);
                },
              },
            }),
          )
          .finally(() => {
            over = true;
            dirty.clear();
          });
      },
    };
  }),
  'atomically/nobody-slips-in': loosely((good) => {
    let current: StoreSet | undefined;
    return {
      inbox: { ...good.inbox, put: (entry) => (current ?? good).inbox.put(entry) },
      atomically: (work) =>
        good
          .atomically((inside) => {
            current = inside;
            return work(inside);
          })
          .finally(() => {
            current = undefined;
          }),
    };
  }),
  'atomically/one-after-another': loosely((good) => ({
    async atomically(work) {
      const early = await good.cursors.read('c');
      return good.atomically((inside) => {
        let wrote = false;
        return work({
          ...inside,
          cursors: {
            read: async (name) => (wrote || name !== 'c' ? inside.cursors.read(name) : early),
            advance(name, expected, next) {
              wrote = true;
              return inside.cursors.advance(name, expected, next);
            },
          },
        });
      });
    },
  })),
  'atomically/failed-unit-takes-no-other-with-it': loosely((good) => {
    let failures = 0;
    return {
      async atomically(work) {
        const before = failures;
        const given = await good.atomically(async (inside) => {
          if (failures > before) throw new Error('Another unit stopped.');
          try {
            return await work(inside);
          } catch (error) {
            failures++;
            throw error;
          }
        });
        return given;
      },
    };
  }),
  'atomically/over-is-over': loosely((good) => ({
    atomically(work) {
      let over = false;
      return good
        .atomically((inside) =>
          work({
            ...inside,
            cursors: {
              ...inside.cursors,
              advance: (name, expected, next) => (over ? good : inside).cursors.advance(name, expected, next),
            },
          }),
        )
        .finally(() => {
          over = true;
        });
    },
  })),
  'atomically/held-step-lands-with-its-unit': loosely((good) => ({
    atomically: (work) =>
      good.atomically((inside) =>
        work({
          ...inside,
          runs: { ...inside.runs, writeStep: (id, step, result) => inside.runs.writeStep(id, step, result) },
        }),
      ),
  })),
};

/** Does it when nobody looks, and says at once that it is done. */
async function later<A>(act: () => Promise<unknown>, answer: A): Promise<A> {
  void act();
  return answer;
}
