import {
  CommerceError,
  isCommerceError,
  type Order,
  type PageProblem,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import { orderDiscounts, orderLines, ordersById, orderShippingLines } from './documents/orders.ts';
import type { GraphQLDocument } from './documents/document.ts';
import { toOrder, type OrderReading, type WholeOrder } from './orders.ts';
import type { Connection } from './wire/connection.ts';
import {
  ordersByIdSchema,
  restOfOrderSchema,
  wireDiscountSchema,
  wireLineSchema,
  wireOrderSchema,
  wireShippingLineSchema,
  type WireOrder,
} from './wire/order.ts';

/** Orders by id with everything in them. One that cannot be understood is a problem; one that is gone is left out. */
export interface OrderReader {
  read(ids: readonly string[], operation: string, options?: ReadOptions): Promise<ReadOrders>;
}
interface ReadOrders {
  readonly orders: readonly Order[];
  readonly problems: readonly PageProblem[];
}

/** Orders in one call. The points would allow all 250 of a page, the size of the answer would not. */
const perCall = 50;
/** How often an order that changes while its pages are read is begun anew. */
const maxBeginnings = 5;

export function orderReader(client: ShopifyClient, reading: OrderReading): OrderReader {
  return {
    async read(ids, operation, options = {}) {
      const run: Run = { client, reading, operation, options };
      const parts = [];
      for (let at = 0; at < ids.length; at += perCall) parts.push(ids.slice(at, at + perCall));
      const read = (await Promise.all(parts.map((part) => readPart(run, part)))).flat();
      return {
        orders: read.flatMap((found) => ('error' in found ? [] : [found])),
        problems: read.flatMap((found) => ('error' in found ? [found] : [])),
      };
    },
  };
}

async function readPart(run: Run, ids: readonly string[]): Promise<readonly (Order | PageProblem)[]> {
  const { nodes } = await run.client.run(ordersById, {
    operation: run.operation,
    safety: 'read',
    variables: { ids },
    answer: ordersByIdSchema,
    ...run.options,
  });
  const read: (Order | PageProblem)[] = [];
  for (const [index, node] of nodes.entries()) {
    const found = await understand(run, node, ids[index]);
    if (found) read.push(found);
  }
  return read;
}

interface Run {
  readonly client: ShopifyClient;
  readonly reading: OrderReading;
  readonly operation: string;
  readonly options: ReadOptions;
}

async function understand(run: Run, node: unknown, id: string | undefined): Promise<Order | PageProblem | undefined> {
  // Deleted since its id was read, or no order at all.
  if (node === null || (typeof node === 'object' && Object.keys(node).length === 0)) return undefined;
  const parsed = wireOrderSchema.safeParse(node);
  const ref: Ref<'order'> | undefined =
    id === undefined ? undefined : { system: run.reading.system, kind: 'order', id };
  if (!parsed.success) return { ref, error: unreadable(run, ref, parsed.error), version: versionOf(node) };
  const whole = await wholeOf(run, parsed.data);
  if (!whole) return undefined;
  try {
    return toOrder(whole, run.reading);
  } catch (error) {
    // What is wrong with one record must not hold up the others; anything technical does.
    if (!isCommerceError(error) || error.kind !== 'business') throw error;
    return { ref, error, version: whole.order.updatedAt };
  }
}

/** An order with all its pages, from one state of it: when it changes in between, it is read anew. */
async function wholeOf(run: Run, first: WireOrder): Promise<WholeOrder | undefined> {
  let head: WireOrder | undefined = first;
  for (let beginning = 0; beginning < maxBeginnings; beginning += 1) {
    if (!head) return undefined;
    const lines = await pagesOf(run, head, orderLines, wireLineSchema, head.lineItems);
    const carriage = await pagesOf(run, head, orderShippingLines, wireShippingLineSchema, head.shippingLines);
    const discounts = await pagesOf(run, head, orderDiscounts, wireDiscountSchema, head.discountApplications);
    if (lines && carriage && discounts) {
      return { order: head, lines, shippingLines: carriage, discounts };
    }
    head = await headOf(run, head.id);
  }
  throw new CommerceError({
    code: 'platform.conflict',
    system: run.reading.system,
    operation: run.operation,
    refs: [{ system: run.reading.system, kind: 'order', id: first.id }],
    message: `Order "${first.name}" of "${run.reading.system}" was not read: it changed ${maxBeginnings} times while its pages were read. Try again.`,
  });
}

async function headOf(run: Run, id: string): Promise<WireOrder | undefined> {
  const { nodes } = await run.client.run(ordersById, {
    operation: run.operation,
    safety: 'read',
    variables: { ids: [id] },
    answer: z.object({ nodes: z.array(wireOrderSchema.nullable()) }),
    ...run.options,
  });
  return nodes[0] ?? undefined;
}

/** All nodes of a connection, or `undefined` when the order changed or went away in between. */
async function pagesOf<T extends z.ZodType>(
  run: Run,
  head: WireOrder,
  document: GraphQLDocument,
  node: T,
  first: Connection<z.infer<T>>,
): Promise<readonly z.infer<T>[] | undefined> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const { order } = await run.client.run(document, {
      operation: run.operation,
      safety: 'read',
      variables: { id: head.id, after: pageInfo.endCursor },
      answer: restOfOrderSchema(node),
      ...run.options,
    });
    if (!order || order.updatedAt !== head.updatedAt) return undefined;
    nodes.push(...order.page.nodes);
    ({ pageInfo } = order.page);
  }
  return nodes;
}

function unreadable(run: Run, ref: Ref<'order'> | undefined, error: z.ZodError): CommerceError {
  const places = error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  return new CommerceError({
    code: 'response.unexpected',
    system: run.reading.system,
    operation: run.operation,
    refs: ref ? [ref] : [],
    message: `Order "${ref?.id ?? ''}" of "${run.reading.system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
  });
}

function versionOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt;
}
