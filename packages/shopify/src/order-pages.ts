import { CommerceError, type ReadOptions, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import { orderDiscounts, orderLines, ordersById, orderShippingLines } from './documents/orders.ts';
import type { WholeOrder } from './order-record.ts';
import type { Connection } from './wire/connection.ts';
import {
  orderPageSchema,
  wireDiscountSchema,
  wireLineSchema,
  wireOrderSchema,
  wireShippingLineSchema,
  type WireOrder,
} from './wire/order.ts';

/** What orders are read with, and for which operation. */
export interface Run {
  readonly client: ShopifyClient;
  readonly system: string;
  readonly operation: string;
  readonly options: ReadOptions;
}

/** How often an order that changes while its pages are read is begun anew. */
const maxBeginnings = 5;

/**
 * An order with all its pages, from one state of it: when it changes in between, it is read anew. `undefined` once it was
 * deleted. What cannot be understood is an error that names the order.
 */
export async function wholeOrder(run: Run, first: WireOrder): Promise<WholeOrder | undefined> {
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
    system: run.system,
    operation: run.operation,
    refs: [orderRef(run, first.id)],
    message: `Order "${first.name}" of "${run.system}" was not read: it changed ${maxBeginnings} times while its pages were read. Try again.`,
  });
}

/** Whether it was deleted since its id was read, or is no order at all. */
export function isNoOrder(node: unknown): boolean {
  return node == null || (typeof node === 'object' && Object.keys(node).length === 0);
}

export function parseOrder(run: Run, node: unknown, id: string): WireOrder {
  return fitting(run, id, wireOrderSchema, node);
}

export function orderRef({ system }: Run, id: string): Ref<'order'> {
  return { system, kind: 'order', id };
}

export function versionOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt;
}

async function headOf(run: Run, id: string): Promise<WireOrder | undefined> {
  const { nodes } = await run.client.run(ordersById, {
    operation: run.operation,
    safety: 'read',
    variables: { ids: [id] },
    ...run.options,
  });
  const [node] = nodes;
  return isNoOrder(node) ? undefined : parseOrder(run, node, id);
}

/** All nodes of a connection, or `undefined` when the order changed or went away in between. */
async function pagesOf<T extends z.ZodType>(
  run: Run,
  head: WireOrder,
  document: typeof orderLines | typeof orderShippingLines | typeof orderDiscounts,
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
      ...run.options,
    });
    const rest = fitting(run, head.id, orderPageSchema(node), order);
    if (!rest || rest.updatedAt !== head.updatedAt) return undefined;
    nodes.push(...rest.page.nodes);
    ({ pageInfo } = rest.page);
  }
  return nodes;
}

function fitting<T extends z.ZodType>(run: Run, id: string, schema: T, seen: unknown): z.infer<T> {
  const parsed = schema.safeParse(seen);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  throw new CommerceError({
    code: 'response.unexpected',
    system: run.system,
    operation: run.operation,
    refs: [orderRef(run, id)],
    message: `Order "${id}" of "${run.system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
  });
}
