import { CommerceError, isCommerceError, type Order, type PageProblem, type ReadOptions } from '@crossdock/core';
import { isBrokenAnswer } from './broken-answer.ts';
import type { ShopifyClient } from './client.ts';
import { ordersById, orderVersions } from './documents/orders.ts';
import { toOrder, type OrderReading } from './order-record.ts';
import { isNoOrder, orderRef, parseOrder, versionOf, wholeOrder, type Run } from './order-pages.ts';

/** Orders by id with everything in them. One that cannot be read is a problem; one that is gone is left out. */
export interface OrderReader {
  read(ids: readonly string[], operation: string, options?: ReadOptions): Promise<ReadOrders>;
}
interface ReadOrders {
  readonly orders: readonly Order[];
  readonly problems: readonly PageProblem[];
}

/** Orders in one call: a page of ids in three. The points would allow all 250, the size of the answer would not. */
const perCall = 84;

export function orderReader(client: ShopifyClient, reading: OrderReading): OrderReader {
  return {
    async read(ids, operation, options = {}) {
      const run: ReadRun = { client, reading, system: reading.system, operation, options };
      const parts = [];
      for (let at = 0; at < ids.length; at += perCall) parts.push(ids.slice(at, at + perCall));
      const read: (Order | PageProblem)[] = [];
      const first = await Promise.all(parts.map((part) => readPart(run, part)));
      // One after the other: several that fail at a time would look like a platform that is down.
      for (const [index, part] of parts.entries()) read.push(...(await settled(run, part, first[index] ?? [])));
      return {
        orders: read.flatMap((found) => ('error' in found ? [] : [found])),
        problems: read.flatMap((found) => ('error' in found ? [found] : [])),
      };
    },
  };
}

interface ReadRun extends Run {
  readonly reading: OrderReading;
}
type Found = readonly (Order | PageProblem)[];

/** What is there of these orders, or the failure that one of them may have caused for all. */
async function readPart(run: ReadRun, ids: readonly string[]): Promise<Found | CommerceError> {
  const { client, operation, options } = run;
  const call = { operation, safety: 'read', variables: { ids }, ...options } as const;
  let nodes: readonly unknown[];
  try {
    ({ nodes } = await client.run(ordersById, call));
  } catch (error) {
    if (isBrokenAnswer(error)) return error;
    throw error;
  }
  const read: (Order | PageProblem)[] = [];
  for (const [index, id] of ids.entries()) {
    const found = await understand(run, nodes[index], id);
    if (found) read.push(found);
  }
  return read;
}

/** Halves what failed until the order that broke it is alone, as long as the shop answers for the same orders otherwise. */
async function settled(run: ReadRun, ids: readonly string[], read: Found | CommerceError): Promise<Found> {
  if (!isCommerceError(read)) return read;
  const [id] = ids;
  if (id === undefined || (ids.length === 1 && read.code === 'circuit.open')) throw read;
  const versions = await versionsOf(run, ids);
  if (ids.length === 1) return versions.has(id) ? [brokenOrder(run, id, read, versions.get(id))] : [];
  const middle = Math.ceil(ids.length / 2);
  const found: (Order | PageProblem)[] = [];
  for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
    found.push(...(await settled(run, half, await readPart(run, half))));
  }
  return found;
}

async function understand(run: ReadRun, node: unknown, id: string): Promise<Order | PageProblem | undefined> {
  if (isNoOrder(node)) return undefined;
  try {
    const whole = await wholeOrder(run, parseOrder(run, node, id));
    return whole && toOrder(whole, run.reading);
  } catch (error) {
    if (isOfOrder(error, id)) return { ref: orderRef(run, id), error, version: versionOf(node) };
    if (!isBrokenAnswer(error)) throw error;
    const versions = await versionsOf(run, [id]);
    return versions.has(id) ? brokenOrder(run, id, error, versions.get(id)) : undefined;
  }
}

/** What is wrong with one record must not hold up the others; anything that does not name it does. */
function isOfOrder(error: unknown, id: string): error is CommerceError {
  return isCommerceError(error) && (error.kind === 'business' || error.refs.some((ref) => ref.id === id));
}

/** Throws when the shop does not answer for these orders either: then the trouble is not theirs. */
async function versionsOf(run: Run, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { nodes } = await run.client.run(orderVersions, {
    operation: run.operation,
    safety: 'read',
    variables: { ids },
    ...run.options,
  });
  return new Map(nodes.flatMap((node) => (node === null ? [] : [[node.id, node.updatedAt]])));
}

function brokenOrder(run: Run, id: string, cause: CommerceError, version: string | undefined): PageProblem {
  const ref = orderRef(run, id);
  const error = new CommerceError({
    code: cause.code,
    system: run.system,
    operation: run.operation,
    refs: [ref],
    message: `Order "${id}" of "${run.system}" was not read, while the shop answered for others: ${cause.message}`,
    details: cause.details,
    cause,
  });
  return { ref, error, version };
}
