import type { EntityKind, Ref } from '@crossdock/core';
import type { FakePlatform } from '@crossdock/testing';
import type { ConformanceOptions } from '@crossdock/testing/conformance';
import type { ToyConnector } from './connector.ts';
import type { ToyState } from './state.ts';

export type Toys = FakePlatform<ToyState>;
export type ToySuite = ConformanceOptions<ToyConnector, ToyState>;

export function refOf<K extends EntityKind>(kind: K, id: string): Ref<K> {
  return { system: 'toy', kind, id };
}

export function ids(platform: Toys, kind: string): readonly string[] {
  return [...(platform.state.tables[kind]?.keys() ?? [])];
}

export function pulled<K extends EntityKind>(kind: K, table = `${kind}s`) {
  return {
    seed: ({ state }: Toys, count: number) => Array.from({ length: count }, () => refOf(kind, state.add(table).id)),
    touch: ({ state }: Toys, ref: Ref<K>) => state.touch(table, ref.id),
    unknownStatus: ({ state }: Toys) => refOf(kind, state.add(table, 'SOMETHING_NEW').id),
    late: seenLate(({ state }, { id }: Ref<K>, at) => state.touch(table, id, at)),
  };
}

/** A change that gets the stamp of the moment at which it was begun. */
export function seenLate<R>(change: (platform: Toys, record: R, at: number) => void) {
  const ms = 50_000;
  return {
    ms,
    begin(platform: Toys, record: R) {
      const at = platform.clock.now();
      return async () => {
        await platform.clock.advance(at + ms - platform.clock.now());
        change(platform, record, at);
      };
    },
  };
}
