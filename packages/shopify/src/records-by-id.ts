import { chunk, CommerceError, isCommerceError, type PageProblem, type ReadOptions, type Ref } from '@crossdock/core';
import * as z from 'zod';

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

interface Reading<W, T> {
  readonly refOf: (id: string) => Ref;
  readonly perCall: number;
  readonly nodesOf: (ids: readonly string[], call: ReadCall) => Promise<readonly unknown[]>;
  readonly wire: z.ZodType<W>;
  /** May ask for more pages. An error that names the record is about this record alone. */
  readonly understand: (wire: W, call: ReadCall) => Promise<T>;
}

/** A reader of what `nodes(ids:)` gives. */
export function recordReader<W, T>({ refOf, perCall, nodesOf, wire, understand }: Reading<W, T>): RecordReader<T> {
  function parsed(node: unknown, ref: Ref, { operation }: ReadCall): W {
    const fits = wire.safeParse(node);
    if (fits.success) return fits.data;
    const places = fits.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    throw new CommerceError({
      code: 'response.unexpected',
      system: ref.system,
      operation,
      refs: [ref],
      message: `${ref.kind} "${ref.id}" of "${ref.system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
    });
  }

  async function read(ids: readonly string[], call: ReadCall) {
    const items: T[] = [];
    const problems: PageProblem[] = [];
    for (const part of chunk(ids, perCall)) {
      const nodes = await nodesOf(part, call);
      for (const [index, id] of part.entries()) {
        const node = nodes[index];
        if (isGone(node)) continue;
        const ref = refOf(id);
        try {
          items.push(await understand(parsed(node, ref, call), call));
        } catch (error) {
          if (!isCommerceError(error) || !error.refs.some((one) => one.id === id)) throw error;
          problems.push({ ref, error, version: versionOf(node) });
        }
      }
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

/** Whether it was deleted since its id was read, or is of another type. */
function isGone(node: unknown): boolean {
  return node == null || (typeof node === 'object' && Object.keys(node).length === 0);
}

function versionOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt;
}
