import type { ReadOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { transfersWhere } from './delivery-records.ts';
import { familyOf } from './return-name.ts';
import type { Delivery } from './shipment-plan.ts';
import type { PickingWire } from './wire/picking.ts';

/** Goods that come from a buyer, whoever announced them. Back to a vendor they never reach the company. */
export const fromBuyers: Domain = [
  ['location_id.usage', '=', 'customer'],
  ['location_dest_id.usage', '!=', 'supplier'],
];

/** The transfers of one return, the one that stands for it first: those of several deliveries, and what was left over. */
export interface ReturnGroup {
  readonly first: PickingWire;
  readonly transfers: readonly Delivery[];
}

/** The return that a transfer belongs to; `undefined` where there is no such transfer, or it is no return. */
export async function returnGroup(
  connection: Connection,
  id: number,
  operation: string,
  options?: ReadOptions,
): Promise<ReturnGroup | undefined> {
  return groupIn(await familiesOf(connection, [id], operation, options), id);
}

/** The returns that these transfers belong to, each once, with as many questions as for one. */
export async function returnGroups(
  connection: Connection,
  ids: readonly number[],
  operation: string,
  options?: ReadOptions,
): Promise<readonly ReturnGroup[]> {
  const transfers = await familiesOf(connection, ids, operation, options);
  const groups = new Map<number, ReturnGroup>();
  for (const id of ids) {
    const group = groupIn(transfers, id);
    if (group) groups.set(group.first.id, group);
  }
  return [...groups.values()];
}

/** The transfers with these ids, and every one that may be of the same return. */
async function familiesOf(
  connection: Connection,
  ids: readonly number[],
  operation: string,
  options?: ReadOptions,
): Promise<readonly Delivery[]> {
  const about = { kind: 'return', operation } as const;
  const found = new Map<number, Delivery>();
  let wanted: Domain = [['id', 'in', ids]];
  // Up to what they are the rest of, and down to their own rests; with an order, everything that came back of that.
  for (;;) {
    const fresh = await transfersWhere(connection, [...wanted, ...fromBuyers], about, options);
    const added = fresh.filter(({ picking }) => !found.has(picking.id));
    if (added.length === 0) return [...found.values()];
    for (const one of added) found.set(one.picking.id, one);
    const pickings = added.map(({ picking }) => picking);
    const orders = [...new Set(pickings.flatMap(({ sale_id }) => sale_id?.id ?? []))];
    const above = pickings.flatMap(({ backorder_id }) => backorder_id?.id ?? []);
    const below = pickings.map((picking) => picking.id);
    wanted = ['|', '|', ['sale_id', 'in', orders], ['id', 'in', above], ['backorder_id', 'in', below]];
  }
}

/** The transfers among these that make up one return with the given one. */
function groupIn(transfers: readonly Delivery[], id: number): ReturnGroup | undefined {
  const byId = new Map(transfers.map((one) => [one.picking.id, one]));
  const asked = byId.get(id);
  if (!asked) return undefined;
  const rootOf = (start: PickingWire): PickingWire => {
    let root = start;
    for (let above = byId.get(root.backorder_id?.id ?? 0); above; above = byId.get(root.backorder_id?.id ?? 0)) {
      root = above.picking;
    }
    return root;
  };
  const keyOf = (picking: PickingWire) => familyOf(rootOf(picking)) ?? rootOf(picking).id;
  const key = keyOf(asked.picking);
  const own = transfers.filter(({ picking }) => keyOf(picking) === key).toSorted((a, b) => a.picking.id - b.picking.id);
  const [first] = own;
  return first && { first: first.picking, transfers: own };
}
