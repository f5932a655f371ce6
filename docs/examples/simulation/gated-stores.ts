import type { Stores, StoreSet } from '@crossdock/core';
import type { Schedule } from './schedule.ts';

/**
 * The stores as one process sees them: every call waits twice, before it reaches the store and before its answer reaches
 * the process. A process that dies in between has written without knowing it. A unit of work is one such call.
 */
export function gatedStores(stores: Stores, process: number, { gate }: Pick<Schedule, 'gate'>): Stores {
  const gated =
    (name: string, call: (...given: readonly unknown[]) => Promise<unknown>) =>
    async (...given: readonly unknown[]) => {
      const label = typeof given[0] === 'string' ? `${name} ${given[0]}` : name;
      await gate(process, `begin ${label}`);
      const answer = await call(...given);
      await gate(process, `end ${label}`);
      return answer;
    };
  const parts = Object.entries(stores).flatMap(([name, part]) => {
    if (typeof part === 'function') return [];
    const calls = Object.entries(part as object).map(([verb, call]) => [
      verb,
      // Every entry of a store is a method of it.
      gated(`${name}.${verb}`, call as (...given: readonly unknown[]) => Promise<unknown>),
    ]);
    return [[name, Object.fromEntries(calls)]];
  });
  return {
    // The same stores with the same methods, each behind its gates.
    ...(Object.fromEntries(parts) as unknown as StoreSet & Pick<Stores, 'shared'>),
    async atomically(work) {
      await gate(process, 'begin unit');
      const answer = await stores.atomically(work);
      await gate(process, 'end unit');
      return answer;
    },
    belongTo: (integration) => stores.belongTo(integration),
    close: () => stores.close(),
  };
}
