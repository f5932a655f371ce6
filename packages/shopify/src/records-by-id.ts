import { chunk, CommerceError, type EntityKind, type PageProblem, type ReadOptions, type Ref } from '@crossdock/core';
import type * as z from 'zod';
import { isBrokenAnswer } from './broken-answer.ts';
import { eachNode } from './each-node.ts';
import type { WireVersions } from './wire/goods-versions.ts';

/** For which operation records are read. */
export interface ReadCall extends ReadOptions {
  readonly operation: string;
}

/** Records by id. One that cannot be read is a problem; one that is gone is left out. */
export interface RecordReader<T> {
  read(ids: readonly string[], call: ReadCall): Promise<ReadRecords<T>>;
  /** `undefined` when there is none; throws for one that cannot be read. */
  one(id: string, call: ReadCall): Promise<T | undefined>;
}
interface ReadRecords<T> {
  readonly items: readonly T[];
  readonly problems: readonly PageProblem[];
}

interface Reading<S extends z.ZodType, T> {
  readonly system: string;
  readonly kind: EntityKind;
  readonly schema: S;
  readonly perCall: number;
  readonly nodesOf: (ids: readonly string[], call: ReadCall) => Promise<readonly unknown[]>;
  /** Asks for so little that it is answered also where Shopify breaks on the rest. */
  readonly versionsOf: (ids: readonly string[], call: ReadCall) => Promise<WireVersions>;
  /** May ask for more pages. */
  readonly to: (wire: z.infer<S>, call: ReadCall) => Promise<T>;
}

/** A reader of what `nodes(ids:)` gives of goods, so many a call. */
export function recordReader<S extends z.ZodType, T>(reading: Reading<S, T>): RecordReader<T> {
  const { system, kind, schema, perCall, nodesOf, to } = reading;

  async function readPart(ids: readonly string[], call: ReadCall): Promise<ReadRecords<T>> {
    try {
      const nodes = await nodesOf(ids, call);
      const { operation } = call;
      const found = await eachNode(ids, nodes, { system, operation, kind, schema, to: (wire) => to(wire, call) });
      return { items: found.items, problems: found.problems ?? [] };
    } catch (error) {
      if (!isBrokenAnswer(error)) throw error;
      return settled(ids, call, error);
    }
  }

  /** Halves what failed until the record that broke it is alone, as long as the shop answers for the same ones otherwise. */
  async function settled(ids: readonly string[], call: ReadCall, cause: CommerceError): Promise<ReadRecords<T>> {
    const [id] = ids;
    if (id === undefined || (ids.length === 1 && cause.code === 'circuit.open')) throw cause;
    const versions = await momentsOf(ids, call);
    if (ids.length === 1) return { items: [], problems: versions.has(id) ? [broken(id, call, cause, versions)] : [] };
    const middle = Math.ceil(ids.length / 2);
    // One after the other: several that fail at a time would look like a platform that is down.
    const first = await readPart(ids.slice(0, middle), call);
    const second = await readPart(ids.slice(middle), call);
    return { items: [...first.items, ...second.items], problems: [...first.problems, ...second.problems] };
  }

  /** Throws when the shop does not answer for these records either: then the trouble is not theirs. */
  async function momentsOf(ids: readonly string[], call: ReadCall): Promise<ReadonlyMap<string, string | undefined>> {
    const { nodes } = await reading.versionsOf(ids, call);
    return new Map(nodes.flatMap((node) => (node?.id === undefined ? [] : [[node.id, node.updatedAt]])));
  }

  function broken(
    id: string,
    { operation }: ReadCall,
    cause: CommerceError,
    versions: ReadonlyMap<string, string | undefined>,
  ): PageProblem {
    const ref: Ref = { system, kind, id };
    const message = `${kind} "${id}" of "${system}" was not read, while the shop answered for others: ${cause.message}`;
    const { code, details } = cause;
    const error = new CommerceError({ code, system, operation, refs: [ref], message, details, cause });
    return { ref, error, version: versions.get(id) };
  }

  async function read(ids: readonly string[], call: ReadCall): Promise<ReadRecords<T>> {
    const items: T[] = [];
    const problems: PageProblem[] = [];
    for (const part of chunk(ids, perCall)) {
      const found = await readPart(part, call);
      items.push(...found.items);
      problems.push(...found.problems);
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
