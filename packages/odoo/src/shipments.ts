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
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { demandOwnUnits, hasCarrier, withMoves } from './delivery-records.ts';
import { confirmShipment } from './shipment-confirm.ts';
import { toShipment } from './shipment-record.ts';
import { moveLineRow, pickingRow, pickingTypeRow, type PickingWire } from './wire/picking.ts';

/** Deliveries changed per page. */
export const shipmentsPerPage = 100;
const source = 'picking';

/** Deliveries to buyers. */
export function shipmentsPort(connection: Connection) {
  return {
    confirm: (confirmation: ShipmentConfirmation, options: WriteOptions): Promise<Ref<'shipment'>> =>
      confirmShipment(connection, confirmation, options),

    /** Deliveries that are done, with their parcels and tracking numbers. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Shipment>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const row = pickingRow(await hasCarrier(connection, options));
      const domain: Domain = [
        ['state', '=', 'done'],
        ['picking_type_id.code', '=', 'outgoing'],
      ];
      const watched = { model: 'stock.picking', domain, row };
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      for await (const { rows, newest, finished } of changesSince(client, watched, from, shipmentsPerPage, options)) {
        marks = passed(newest, finished);
        yield { ...(await readShipments(connection, rows, options)), cursor: cursorOf({ marks }) };
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
      : await client.searchRead('stock.move.line', moveLineRow, { domain, order: 'id' }, options);
  const types = await client.read('stock.picking.type', typeIds, pickingTypeRow, {
    ...options,
    context: { active_test: false },
  });
  const items: Shipment[] = [];
  const problems: PageProblem[] = [];
  for (const delivery of await withMoves(connection, pickings, options)) {
    const { picking } = delivery;
    try {
      demandOwnUnits(connection, delivery, 'shipments.pull');
      const own = lines.filter(({ picking_id }) => picking_id?.id === picking.id);
      const warehouse = types.find(({ id }) => id === picking.picking_type_id.id)?.warehouse_id?.id;
      items.push(toShipment(connection, delivery, own, warehouse));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref: refTo(connection, 'shipment', picking.id), error, version: picking.write_date });
    }
  }
  return { items, ...(problems.length === 0 ? {} : { problems }) };
}
