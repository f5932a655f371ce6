import type { EntityKind, Offers, OperationName, ReadOptions, Ref } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law, type Trial } from '../law.ts';
import { readAll } from '../read-all.ts';
import type { FakePlatform } from '../../fake/platform.ts';
import type { Awaitable, GetScenery } from '../scenes.ts';
import type { Pull } from './pulling.ts';

/** A question for one record by its reference. */
interface Asking<O extends OperationName, K extends EntityKind, W extends string> {
  readonly operation: O;
  /** What it asks for, in a word. */
  readonly subject: W;
  readonly ask: (connector: Offers<O>, ref: Ref<K>, options?: ReadOptions) => Promise<unknown>;
  readonly sceneryOf: (scenery: Trial<O>['scenery']) => Pick<GetScenery<unknown, K>, 'unknown'>;
}

/** What holds for every question for one record that may not be there. */
export function unknownLaws<const O extends OperationName, K extends EntityKind, const W extends string>({
  operation,
  subject,
  ask,
  sceneryOf,
}: Asking<O, K, W>) {
  return [
    law({
      id: `${operation}/an-unknown-${subject}-is-undefined`,
      operations: [operation],
      async check({ connector, platform, scenery }) {
        const ref = await sceneryOf(scenery).unknown(platform);
        const found = await succeeds(() => ask(connector, ref), `${operation} of ${subject} "${ref.id}", not there,`);
        holds(found === undefined, `${operation} found something under "${ref.id}", where nothing is.`);
      },
    }),
  ] as const;
}

/** What holds where a record can be asked for and comes by a pull as well. */
export function sameAsPullLaws<
  const G extends OperationName,
  const P extends Extract<OperationName, `${string}.pull`>,
  K extends EntityKind,
>({
  get,
  pull,
  ask,
  pullOf,
  sceneryOf,
}: {
  readonly get: G;
  readonly pull: P;
  readonly ask: (connector: Offers<G | P>, ref: Ref<K>) => Promise<unknown>;
  readonly pullOf: (connector: Offers<G | P>) => Pull;
  readonly sceneryOf: (scenery: Trial<G | P>['scenery']) => {
    readonly seed: (platform: FakePlatform<unknown>, count: number) => Awaitable<readonly Ref<K>[]>;
  };
}) {
  return [
    law({
      id: `${get}/says-the-same-as-pull`,
      operations: [get, pull],
      async check(trial) {
        const seeded = await sceneryOf(trial.scenery).seed(trial.platform, 2);
        const { items } = await succeeds(() => readAll(pullOf(trial.connector)({})), pull);
        for (const ref of seeded) {
          const pulled = items.findLast((item) => item.ref.id === ref.id);
          const asked = await succeeds(() => ask(trial.connector, ref), get);
          holds(asked !== undefined, `${get} found nothing under "${ref.id}", which is there.`);
          const differing = differences(pulled, asked);
          holds(differing.length === 0, `"${ref.id}" differs by ${pull} and by ${get} in ${differing.join(', ')}.`);
        }
      },
    }),
  ] as const;
}

/** The names of the fields in which two records differ. */
function differences(one: object | undefined, other: unknown): readonly string[] {
  const [first, second] = [one, other].map((record) => new Map(Object.entries(record ?? {})));
  const names = new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])]);
  return [...names].filter((name) => JSON.stringify(first?.get(name)) !== JSON.stringify(second?.get(name)));
}
