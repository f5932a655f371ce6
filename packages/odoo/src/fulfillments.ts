import {
  isCommerceError,
  type Address,
  type FulfillmentOrder,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Ref,
  type Since,
} from '@crossdock/core';
import { toAddress } from './address-record.ts';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { knownId, refTo, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { demandKnownUnits, hasCarrier, newestMark, toBuyers, withMoves } from './delivery-records.ts';
import { toFulfillment } from './fulfillment-record.ts';
import { countryCodes } from './places.ts';
import { misfit, ownProblem, problemOf } from './unreadable.ts';
import { partnerRow } from './wire/partner.ts';
import { moveTouchRow, pickingRow, stepRow, type PickingWire } from './wire/picking.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Deliveries changed per page. */
export const fulfillmentsPerPage = 100;

const model = 'stock.picking';
/** What is reserved changes the moves of a delivery and not always the delivery. Recorded on Odoo 19.0, 2026-11-26. */
const sources = ['picking', 'move'];
const movesToBuyers: Domain = [
  ['picking_id.picking_type_id.code', '=', 'outgoing'],
  ['picking_id.location_dest_id.usage', '=', 'customer'],
];

/** What is to leave to buyers, however far it is. */
export function fulfillmentsPort(connection: Connection) {
  const { client, settings } = connection;
  return {
    /** Every delivery to a buyer that changed, and those of which only a reservation did. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<FulfillmentOrder>> {
      const operation = 'fulfillments.pull';
      const moved = { model: 'stock.move', domain: movesToBuyers, row: moveTouchRow };
      const start = positionOf(since, sources, connection);
      // A first pull reads every delivery: no move before it can tell anything more.
      let marks = start?.marks ?? (await newestMark(connection, 'move', moved, options));
      const row = pickingRow(await hasCarrier(connection, options));
      const given = new Set<number>();
      const page = async (pickings: readonly PickingWire[], lost: readonly PageProblem[]) => {
        for (const { id } of pickings) given.add(id);
        const { items, problems } = await readFulfillments(connection, pickings, operation, options);
        const all = [...problems, ...lost];
        return { items, ...(all.length === 0 ? {} : { problems: all }), cursor: cursorOf({ marks }) };
      };

      const picked = { model, domain: toBuyers, row };
      const passed = reading(marks, 'picking', connection);
      const from = startOf(marks, 'picking', settings.overlapSeconds);
      for await (const changes of changesSince(client, picked, from, fulfillmentsPerPage, options)) {
        marks = passed(changes.newest, changes.finished);
        const lost = changes.unreadable.map((bad) => ownProblem(connection, 'fulfillment', { model, operation, bad }));
        yield await page(changes.rows, lost);
      }

      const gone = reading(marks, 'move', connection);
      const behind = startOf(marks, 'move', settings.overlapSeconds);
      for await (const changes of changesSince(client, moved, behind, fulfillmentsPerPage, options)) {
        marks = gone(changes.newest, changes.finished);
        // What was given already is read again by the next pull, which looks back over this moment.
        const ids = new Set(
          changes.rows.flatMap(({ picking_id }) => picking_id?.id ?? []).filter((id) => !given.has(id)),
        );
        const domain: Domain = [['id', 'in', [...ids]], ...toBuyers];
        const rows =
          ids.size === 0 ? [] : await client.searchRead(model, rowByRow(row), { domain, order: 'id' }, options);
        const lost = [
          ...unreadable(rows).map((bad) => ownProblem(connection, 'fulfillment', { model, operation, bad })),
          ...changes.unreadable.map((bad) => problemOf(connection, { model: 'stock.move', operation, bad })),
        ];
        yield await page(readable(rows), lost);
      }
    },

    /** `undefined` where there is no such delivery, or what has the id is none to a buyer. */
    async get(ref: Ref<'fulfillment'>, options?: ReadOptions): Promise<FulfillmentOrder | undefined> {
      const id = knownId(connection, ref);
      if (id === undefined) return undefined;
      const row = pickingRow(await hasCarrier(connection, options));
      const domain: Domain = [['id', '=', id], ...toBuyers];
      const pickings = await client.searchRead(model, row, { domain }, options);
      const { items, problems } = await readFulfillments(connection, pickings, 'fulfillments.get', options);
      const [problem] = problems;
      if (problem) throw problem.error;
      return items[0];
    },
  };
}

async function readFulfillments(
  connection: Connection,
  pickings: readonly PickingWire[],
  operation: string,
  options?: ReadOptions,
) {
  const { client } = connection;
  const archived = { ...options, context: { active_test: false } };
  const stepIds = [...new Set(pickings.map(({ picking_type_id }) => picking_type_id.id))];
  const [deliveries, steps, addresses] = await Promise.all([
    withMoves(connection, pickings, { kind: 'fulfillment', operation }, options),
    client.read('stock.picking.type', stepIds, rowByRow(stepRow), archived),
    addressesOf(connection, pickings, operation, options),
  ]);
  const items: FulfillmentOrder[] = [];
  const problems: PageProblem[] = [];
  for (const delivery of deliveries) {
    const { picking } = delivery;
    const ref = refTo(connection, 'fulfillment', picking.id);
    const badStep = unreadable(steps).find(({ stamp }) => stamp.id === picking.picking_type_id.id);
    const badAddress = picking.partner_id === null ? undefined : addresses.bad.get(picking.partner_id.id);
    try {
      if (delivery.misfit) throw delivery.misfit;
      if (badStep) throw misfit(connection, { model: 'stock.picking.type', operation, bad: badStep, ref });
      if (badAddress) throw badAddress;
      demandKnownUnits(connection, delivery, operation);
      const step = readable(steps).find(({ id }) => id === picking.picking_type_id.id);
      const shipTo = picking.partner_id === null ? undefined : addresses.good.get(picking.partner_id.id);
      const around = {
        warehouseId: step?.warehouse_id?.id,
        reservesAtOnce: step?.reservation_method === 'at_confirm',
        shipTo,
      };
      items.push(toFulfillment(connection, delivery, around));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref, error, version: picking.write_date });
    }
  }
  return { items, problems };
}

/** Addresses by partner, and what is wrong with those that cannot be read. */
async function addressesOf(
  connection: Connection,
  pickings: readonly PickingWire[],
  operation: string,
  options?: ReadOptions,
) {
  const ids = [...new Set(pickings.flatMap(({ partner_id }) => partner_id?.id ?? []))];
  const archived = { ...options, context: { active_test: false } };
  const rows = await connection.client.read('res.partner', ids, rowByRow(partnerRow), archived);
  const partners = readable(rows);
  const countries = await countryCodes(connection, partners, options);
  const good = new Map<number, Address>();
  for (const partner of partners) {
    const address = toAddress(partner, countries);
    if (address) good.set(partner.id, address);
  }
  const bad = new Map(
    unreadable(rows).flatMap((one) =>
      one.stamp.id === undefined
        ? []
        : [[one.stamp.id, misfit(connection, { model: 'res.partner', operation, bad: one })]],
    ),
  );
  return { good, bad };
}
