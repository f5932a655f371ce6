import type { Ref } from '@crossdock/core';
import * as z from 'zod';
import { many2one, recordId, rowOf } from '../../src/index.ts';
import { withId } from './clean-up.ts';
import type { LiveErp } from './live-platform.ts';
import type { LiveWorld } from './live-world.ts';

/** More than a page of any pull: records of earlier laws are as good as new ones where so many are wanted. */
const many = 50;
const delivery = rowOf(z.object({ id: recordId, sale_id: many2one }));
const saleLine = rowOf(z.object({ id: recordId, product_uom_qty: z.number(), qty_delivered: z.number() }));

/** Dialogues that a person would have answered with "yes, all of it". */
export const withoutDialogues = { skip_backorder: true, skip_sms: true, skip_expired: true, skip_immediate: true };

export type LiveGround = ReturnType<typeof liveGround>;

/** What the scenes on the real server are set with, as a person would. */
export function liveGround(world: LiveWorld) {
  const { client, customer, goods, hand } = world;
  const [tee] = goods;
  const teeId = tee?.id ?? 0;
  let written = 0;

  return { ...world, teeId, quotes, confirmed, deliveriesOf, shipped, linesOf, touch, pooled, idsOf };

  /** Quotations of two tees. */
  async function quotes(count: number): Promise<readonly Ref<'order'>[]> {
    const order_line = [[0, 0, { product_id: teeId, product_uom_qty: 2, price_unit: 10 }]];
    const values = Array.from({ length: count }, () => ({
      partner_id: Number(customer.id),
      warehouse_id: world.warehouse.id,
      order_line,
    }));
    return (await client.create('sale.order', values)).map((id) => refOf('order', id));
  }

  /** Orders of two tees, confirmed by a person. */
  async function confirmed(count: number): Promise<readonly Ref<'order'>[]> {
    const orders = await quotes(count);
    await hand.press('sale.order', 'action_confirm', idsIn(orders));
    return orders;
  }

  /** What is to leave or left for orders, one delivery each. */
  async function deliveriesOf(orders: readonly Ref<'order'>[]): Promise<readonly number[]> {
    const query = { domain: [['sale_id', 'in', idsIn(orders)]] as const, order: 'id' };
    const rows = await client.searchRead('stock.picking', delivery, query);
    return orders.map(({ id }) => rows.find((row) => row.sale_id.id === Number(id))?.id ?? 0);
  }

  /** Orders of two tees that left, with their deliveries. */
  async function shipped(count: number) {
    const orders = await confirmed(count);
    const deliveries = await deliveriesOf(orders);
    await hand.press('stock.picking', 'button_validate', deliveries, withoutDialogues);
    return orders.map((order, index) => ({ order, shipment: refOf('shipment', deliveries[index] ?? 0) }));
  }

  function linesOf({ id }: Ref<'order'>) {
    return client.searchRead('sale.order.line', saleLine, { domain: [['order_id', '=', Number(id)]], order: 'id' });
  }

  /** Writes a text of a record, another one every time. */
  function touch(model: string, { id }: Ref, field: string): Promise<void> {
    return client.write(model, [Number(id)], { [field]: `Written ${++written}` });
  }

  async function idsOf(model: string, ...domain: readonly (readonly [string, string, unknown])[]) {
    return (await client.searchRead(model, withId, { domain })).map(({ id }) => String(id));
  }
}

/** Makes records, and takes earlier ones besides where so many are wanted that they fill pages. */
function pooled<R>(make: (count: number) => Promise<readonly R[]>) {
  const pool: R[] = [];
  return async (_platform: LiveErp, count: number): Promise<readonly R[]> => {
    const old = count > many ? pool.slice(0, count - 1) : [];
    const made = await make(count - old.length);
    pool.push(...made);
    return [...old, ...made];
  };
}

export function idsIn(refs: readonly Ref[]): readonly number[] {
  return refs.map(({ id }) => Number(id));
}

/** A reference to a record of Odoo. */
export function refOf<const K extends Ref['kind']>(kind: K, id: number): Ref<K> {
  return { system: 'odoo', kind, id: String(id) };
}

/** Shows a record in a state that no Odoo has by itself: a module of somebody's added it. */
export function frozen<const K extends Ref['kind']>({ state }: LiveErp, model: string, ref: Ref<K>): Ref<K> {
  state.strange.push({ model, id: Number(ref.id), change: { state: 'frozen' } });
  return ref;
}
