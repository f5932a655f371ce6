import type { WriteOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refused, type Connection } from './connection.ts';
import type { DeliveryPlan } from './shipment-plan.ts';
import { lotRow } from './wire/picking.ts';

/** The ids of lots and serial numbers, by product and name. */
export type LotIds = ReadonlyMap<string, number>;

export function lotKey(productId: number, lot: string): string {
  return `${productId}/${lot}`;
}

/** Looks up every lot that the plans name. Tracked goods without one, and lots that Odoo does not know, are refused. */
export async function lotIds(
  connection: Connection,
  plans: readonly DeliveryPlan[],
  number: string,
  options: WriteOptions,
): Promise<LotIds> {
  const shares = plans.flatMap((plan) => plan.shares).filter(({ move }) => move.tracked);
  const nameless = shares.filter(({ pieces }) => pieces.some(({ lot }) => lot === undefined));
  if (nameless.length > 0)
    throw complaint(
      connection,
      number,
      nameless.map(({ move }) => move.sku ?? ''),
      'come without lot or serial numbers, and Odoo tracks them',
    );
  const ids = await lotsOf(connection, plans, options);
  const unknown = shares.flatMap(({ move, pieces }) =>
    pieces.flatMap(({ sku, lot }) =>
      lot !== undefined && !ids.has(lotKey(move.move.product_id.id, lot)) ? [`${sku} ${lot}`] : [],
    ),
  );
  if (unknown.length > 0)
    throw complaint(connection, number, unknown, 'are lots or serial numbers that Odoo does not know');
  return ids;
}

/** The lots that plans name and Odoo knows. */
export async function lotsOf(
  connection: Connection,
  plans: readonly DeliveryPlan[],
  options: WriteOptions,
): Promise<LotIds> {
  const shares = plans.flatMap((plan) => plan.shares).filter(({ move }) => move.tracked);
  const names = [...new Set(shares.flatMap(({ pieces }) => pieces.flatMap(({ lot }) => lot ?? [])))];
  if (names.length === 0) return new Map();
  const productIds = [...new Set(shares.map(({ move }) => move.move.product_id.id))];
  const domain: Domain = [
    ['name', 'in', names],
    ['product_id', 'in', productIds],
  ];
  const lots = await connection.client.searchRead('stock.lot', lotRow, { domain, order: 'id' }, options);
  return new Map(lots.map((lot) => [lotKey(lot.product_id.id, lot.name), lot.id]));
}

function complaint({ settings }: Connection, number: string, items: readonly string[], what: string) {
  const names = [...new Set(items)];
  return refused(settings, 'record.rejected', 'shipments.confirm', {
    message: `Shipment "${number}" was not confirmed in "${settings.name}": ${names.map((name) => `"${name}"`).join(', ')} ${what}. Correct it at the warehouse or in Odoo, then replay.`,
    details: { items: names },
  });
}
