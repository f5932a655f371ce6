import { eventId, type Order, type Ref, type RunRecord, type Stores } from '@crossdock/core';
import { articleOf } from './order-drafts.ts';

type Runs = Pick<Stores, 'runs'>;
type Lines = readonly { readonly sku?: string | undefined; readonly quantity: number }[];

const pageSize = 100;

/**
 * Units that channels have sold and Odoo has no sales order for, by article: of orders that wait for their payment, of
 * orders whose import is under way or before a person, and of orders that a cancellation has taken out of Odoo and not put
 * back yet. What is held is sold all the same.
 */
export async function unbookedGoods(stores: Runs): Promise<ReadonlyMap<string, number>> {
  const goods = new Map<string, number>();
  const add = (lines: Lines) => {
    for (const { sku, quantity } of lines) {
      if (sku === undefined) continue;
      const article = articleOf(sku);
      goods.set(article, (goods.get(article) ?? 0) + quantity);
    }
  };
  for await (const run of unfinished(stores, 'await-payment')) {
    const order = orderOf(run);
    // Once its import has begun, that one decides, whatever still stands open here.
    if (!(await stores.runs.get(importRun(order.ref)))) add(order.lines);
  }
  for await (const run of unfinished(stores, 'place-order')) add(orderOf(run).lines);
  for await (const run of unfinished(stores, 'apply-cancellation')) add(await takenOut(stores, run));
  return goods;
}

/** The id of the run that imports an order. */
export function importRun(ref: Ref<'order'>): string {
  return `place-order/${eventId('order.placed', ref)}`;
}

async function* unfinished(stores: Runs, flow: string): AsyncGenerator<RunRecord> {
  for (let after: string | undefined; ;) {
    const page = await stores.runs.unfinished(flow, { after, limit: pageSize });
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

function orderOf({ event }: RunRecord): Order {
  // The runs of these flows are about an order that a channel told.
  return (event as unknown as { readonly data: Order }).data;
}

/** What a cancellation has freed in Odoo although the rest of the order is still wanted. */
async function takenOut(stores: Runs, { id }: RunRecord): Promise<Lines> {
  const steps = await stores.runs.steps(id);
  if (!steps.has('cancel-sales-order') || steps.has('create-rest')) return [];
  // The step of that name gives the order that it found.
  const found = steps.get('find-order') as unknown as { readonly order: Order } | undefined;
  return found?.order.lines ?? [];
}
