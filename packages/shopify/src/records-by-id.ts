import { chunk, type EntityKind, type PageProblem, type ReadOptions } from '@crossdock/core';
import type * as z from 'zod';
import { eachNode } from './each-node.ts';

/** For which operation records are read. */
export interface ReadCall extends ReadOptions {
  readonly operation: string;
}

/** Records by id. One that cannot be read is a problem; one that is gone is left out. */
export interface RecordReader<T> {
  read(
    ids: readonly string[],
    call: ReadCall,
  ): Promise<{ readonly items: readonly T[]; readonly problems: readonly PageProblem[] }>;
  /** `undefined` when there is none; throws for one that cannot be read. */
  one(id: string, call: ReadCall): Promise<T | undefined>;
}

interface Reading<S extends z.ZodType, T> {
  readonly system: string;
  readonly kind: EntityKind;
  readonly schema: S;
  readonly perCall: number;
  readonly nodesOf: (ids: readonly string[], call: ReadCall) => Promise<readonly unknown[]>;
  /** May ask for more pages. */
  readonly to: (wire: z.infer<S>, call: ReadCall) => Promise<T>;
}

/** A reader of what `nodes(ids:)` gives, so many a call. */
export function recordReader<S extends z.ZodType, T>(reading: Reading<S, T>): RecordReader<T> {
  const { system, kind, schema, perCall, nodesOf, to } = reading;

  async function read(ids: readonly string[], call: ReadCall) {
    const items: T[] = [];
    const problems: PageProblem[] = [];
    for (const part of chunk(ids, perCall)) {
      const nodes = await nodesOf(part, call);
      const { operation } = call;
      const found = await eachNode(part, nodes, { system, operation, kind, schema, to: (wire) => to(wire, call) });
      items.push(...found.items);
      problems.push(...(found.problems ?? []));
    }
    return { items, problems };
  }

  return {
    read,
    async one(id, call) {
      const { items, problems } = await read([id], call);
      const [problem] = problems;
      if (problem) throw problem.error;
      return items[0];
    },
  };
}
