import {
  isCommerceError,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Ref,
  type Shipment,
  type ShipmentConfirmation,
  type Since,
  type WriteOptions,
} from '@crossdock/core';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { demandKnownUnits, hasCarrier, movesToBuyers, toBuyers, withMoves } from './delivery-records.ts';
import { seenThrough } from './half-done.ts';
import { confirmShipment } from './shipment-confirm.ts';
import { toShipment } from './shipment-record.ts';
import { transferChanges } from './transfer-changes.ts';
import { misfit } from './unreadable.ts';
import { unitsOf, type UnitPair } from './units.ts';
import { moveLineRow, pickingRow, pickingTypeRow, type PickingWire } from './wire/picking.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Deliveries changed per page. */
export const shipmentsPerPage = 100;
const isDone = ['state', '=', 'done'] as const;
const operation = 'shipments.pull';

/** Deliveries to buyers. */
export function shipmentsPort(connection: Connection) {
  return {
    confirm: (confirmation: ShipmentConfirmation, options: WriteOptions): Promise<Ref<'shipment'>> =>
      seenThrough(connection, { operation: 'shipments.confirm', refs: [confirmation.order] }, (watched) =>
        confirmShipment(watched, confirmation, options),
      ),

    /** Deliveries that are done, with their parcels and tracking numbers, again when a person corrects what was delivered. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Shipment>> {
      const row = pickingRow(await hasCarrier(connection, options));
      const transfers = { domain: [isDone, ...toBuyers], row };
      const moves: Domain = [isDone, ...movesToBuyers];
      const watched = { kind: 'shipment', operation, transfers, moves, perPage: shipmentsPerPage } as const;
      for await (const page of transferChanges(connection, since, watched, options)) {
        const { items, problems } = await readShipments(connection, page.rows, options);
        problems.push(...page.problems);
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: page.cursor };
      }
    },
  };
}

async function readShipments(connection: Connection, pickings: readonly PickingWire[], options?: ReadOptions) {
  const { client } = connection;
  const domain: Domain = [['picking_id', 'in', pickings.map(({ id }) => id)]];
  const typeIds = [...new Set(pickings.map(({ picking_type_id }) => picking_type_id.id))];
  const lines =
    pickings.length === 0
      ? []
      : await client.searchRead('stock.move.line', rowByRow(moveLineRow), { domain, order: 'id' }, options);
  const types = await client.read('stock.picking.type', typeIds, rowByRow(pickingTypeRow), {
    ...options,
    context: { active_test: false },
  });
  const deliveries = await withMoves(connection, pickings, { kind: 'shipment', operation }, options);
  const pairs = readable(lines).flatMap(({ product_id, product_uom_id }): UnitPair[] => {
    const of = deliveries.flatMap(({ moves }) => moves).find(({ move }) => move.product_id.id === product_id.id);
    return of ? [[product_uom_id.id, of.unitId]] : [];
  });
  const units = await unitsOf(connection, pairs, options);
  const items: Shipment[] = [];
  const problems: PageProblem[] = [];
  for (const delivery of deliveries) {
    const { picking } = delivery;
    const ref = refTo(connection, 'shipment', picking.id);
    const badLine = unreadable(lines).find((bad) => (bad.linkOf('picking_id') ?? picking.id) === picking.id);
    const badType = unreadable(types).find(({ stamp }) => stamp.id === picking.picking_type_id.id);
    try {
      if (delivery.misfit) throw delivery.misfit;
      if (badLine) throw misfit(connection, { model: 'stock.move.line', operation, bad: badLine, ref });
      if (badType) throw misfit(connection, { model: 'stock.picking.type', operation, bad: badType, ref });
      demandKnownUnits(connection, delivery, operation);
      const own = readable(lines).filter(({ picking_id }) => picking_id?.id === picking.id);
      const warehouse = readable(types).find(({ id }) => id === picking.picking_type_id.id)?.warehouse_id?.id;
      items.push(toShipment(connection, delivery, own, units, warehouse));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref, error, version: picking.write_date });
    }
  }
  return { items, problems };
}
