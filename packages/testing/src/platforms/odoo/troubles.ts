import type { Trouble, Troubles } from './http/executor.ts';

export interface TroubleBoard extends Troubles {
  add(operation: string, trouble: Trouble): void;
}

/** What the server itself will stumble over, by operation. Trouble on the way is the business of the fake's faults. */
export function troubleBoard(): TroubleBoard {
  const queued = new Map<string, Trouble[]>();
  return {
    add(operation, trouble) {
      queued.set(operation, [...(queued.get(operation) ?? []), trouble]);
    },
    take: (operation) => queued.get(operation)?.shift() ?? queued.get('*')?.shift(),
  };
}
