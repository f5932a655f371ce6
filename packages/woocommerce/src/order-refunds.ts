import * as z from 'zod';
import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
import { refundSchema, type WireOrder, type WireRefund } from './wire/order.ts';

/** The units that are still wanted of each line that was refunded, by line id. Money that went back for no unit changes none. */
export function keptUnits(order: WireOrder, refunds: readonly WireRefund[]): ReadonlyMap<number, number> {
  const kept = new Map<number, number>();
  const quantities = new Map(order.line_items.map(({ id, quantity }) => [id, quantity]));
  for (const { quantity, meta_data } of refunds.flatMap(({ line_items }) => line_items)) {
    const origin = originOf(meta_data);
    const ordered = quantities.get(origin);
    if (ordered === undefined || quantity === 0) continue;
    // More may be refunded than was ordered, and nobody checks. recorded on WooCommerce 10.0.2, 2026-11-23
    kept.set(origin, Math.max(0, (kept.get(origin) ?? ordered) - Math.abs(quantity)));
  }
  return kept;
}

/** Which item of the order a refund's is of. */
export function originOf(metas: readonly { readonly key: string; readonly value?: unknown }[]): number {
  return Number(metas.find(({ key }) => key === '_refunded_item_id')?.value ?? Number.NaN);
}

/** The refunds of an order in full, oldest first. An order lists only their sums. */
export async function readRefunds(
  client: WooClient,
  order: WireOrder,
  call: RefundsCall,
): Promise<readonly WireRefund[]> {
  return order.refunds.length === 0 ? [] : refundsNow(client, order.id, call);
}

interface RefundsCall {
  readonly operation: string;
  readonly options?: ReadOptions | undefined;
}

/** The refunds of an order as they are now, whatever the order said before. */
export async function refundsNow(
  client: WooClient,
  orderId: number | string,
  call: RefundsCall,
): Promise<readonly WireRefund[]> {
  const refunds = new Map<number, WireRefund>();
  for (let page = 1; ; page += 1) {
    const { data, headers } = await client.get(`wc/v3/orders/${orderId}/refunds`, {
      ...call,
      search: { per_page: perPage, page, orderby: 'id', order: 'asc' },
      answer: z.array(refundSchema),
    });
    const before = refunds.size;
    for (const refund of data) refunds.set(refund.id, refund);
    // A page of nothing new is the last one too: something on the way ignores which page is asked for.
    if (!goesOn(headers, page, data) || refunds.size === before) return [...refunds.values()];
  }
}

const perPage = 100;
