import { CommerceError, type PageProblem, type ReadOptions, type Return } from '@crossdock/core';
import * as z from 'zod';
import { restOfPages } from './all-pages.ts';
import type { ShopifyClient } from './client.ts';
import { returnLines, returnsById, returnsOfOrders, reverseLines } from './documents/returns.ts';
import { eachNode } from './each-node.ts';
import { toReturn, type WholeReturn } from './return-record.ts';
import { wireReturnSchema, type WireReturn } from './wire/return.ts';

interface Read<T> {
  readonly items: readonly T[];
  readonly problems?: readonly PageProblem[];
}
/** Returns by their own ids, or all of some orders. */
export interface ReturnReader {
  whole(id: string, operation: string, options: ReadOptions): Promise<WholeReturn | undefined>;
  byId(ids: readonly string[], operation: string, options: ReadOptions): Promise<Read<Return>>;
  ofOrders(orderIds: readonly string[], operation: string, options: ReadOptions): Promise<Read<Return>>;
}

/** Returns in one call. The points would allow more, the size of the answer would not. */
const perCall = 50;

export function returnReader(client: ShopifyClient, system: string): ReturnReader {
  return {
    async whole(id, operation, options) {
      const { items, problems } = await read([id], (whole) => whole, operation, options);
      const [problem] = problems ?? [];
      if (problem) throw problem.error;
      return items[0];
    },
    byId: (ids, operation, options) => read(ids, (whole) => toReturn(whole, system), operation, options),
    async ofOrders(orderIds, operation, options) {
      if (orderIds.length === 0) return { items: [] };
      const variables = { ids: orderIds };
      const { nodes } = await client.run(returnsOfOrders, { operation, safety: 'read', variables, ...options });
      const orders = nodes.filter((node) => node !== null);
      const many = orders.find(({ returns }) => returns.pageInfo.hasNextPage);
      const ids = orders.flatMap(({ returns }) => returns.nodes.map(({ id }) => id));
      const found = await this.byId(ids, operation, options);
      if (!many) return found;
      return { ...found, problems: [...(found.problems ?? []), tooMany(many.id, operation)] };
    },
  };

  async function read<R>(
    ids: readonly string[],
    to: (whole: WholeReturn) => R,
    operation: string,
    options: ReadOptions,
  ): Promise<Read<R>> {
    const items: R[] = [];
    const problems: PageProblem[] = [];
    for (let at = 0; at < ids.length; at += perCall) {
      const part = ids.slice(at, at + perCall);
      const call = { operation, safety: 'read', variables: { ids: part }, ...options } as const;
      const { nodes } = await client.run(returnsById, call);
      const each = await eachNode(part, nodes, {
        system,
        operation,
        kind: 'return',
        schema: wireReturnSchema,
        to: async (wire: WireReturn) => to(await wholeOf(wire, operation, options)),
        versionOf: (node) => createdAtSchema.safeParse(node).data?.createdAt,
      });
      items.push(...each.items);
      problems.push(...(each.problems ?? []));
    }
    return { items, ...(problems.length > 0 && { problems }) };
  }

  async function wholeOf(wire: WireReturn, operation: string, options: ReadOptions): Promise<WholeReturn> {
    if (wire.reverseFulfillmentOrders.pageInfo.hasNextPage) throw manyPlaces(wire, operation);
    const call = { operation, safety: 'read', ...options } as const;
    const lines = await restOfPages(wire.returnLineItems, async (after) => {
      const answer = await client.run(returnLines, { ...call, variables: { id: wire.id, after } });
      return answer.return?.page;
    });
    const reverse = [];
    for (const { id, lineItems } of wire.reverseFulfillmentOrders.nodes) {
      const all = await restOfPages(lineItems, async (after) => {
        const answer = await client.run(reverseLines, { ...call, variables: { id, after } });
        return answer.reverseFulfillmentOrder?.page;
      });
      reverse.push(...all);
    }
    return { wire, lines, reverse };
  }

  function manyPlaces({ id, name }: WireReturn, operation: string): CommerceError {
    return new CommerceError({
      code: 'record.invalid',
      system,
      operation,
      refs: [{ system, kind: 'return', id }],
      message: `Return "${name}" of "${system}" was not read: more than 10 places expect goods of it. Report it.`,
    });
  }

  function tooMany(id: string, operation: string): PageProblem {
    const ref = { system, kind: 'order', id } as const;
    const error = new CommerceError({
      code: 'record.invalid',
      system,
      operation,
      refs: [ref],
      message: `Only the first 100 returns of order "${id}" of "${system}" were read: it has more. Report it.`,
    });
    return { ref, error };
  }
}

const createdAtSchema = z.object({ createdAt: z.string() });
