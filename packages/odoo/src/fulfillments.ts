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
import type { Domain } from './client.ts';
import { knownId, refTo, type Connection } from './connection.ts';
import { demandKnownUnits, hasCarrier, movesToBuyers, toBuyers, withMoves } from './delivery-records.ts';
import { toFulfillment } from './fulfillment-record.ts';
import { countryCodes } from './places.ts';
import { transferChanges } from './transfer-changes.ts';
import { misfit } from './unreadable.ts';
import { partnerRow } from './wire/partner.ts';
import { pickingRow, stepRow, type PickingWire } from './wire/picking.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

/** Deliveries changed per page. */
export const fulfillmentsPerPage = 100;

const kind = 'fulfillment';
const model = 'stock.picking';

/** What is to leave to buyers, however far it is. */
export function fulfillmentsPort(connection: Connection) {
  const { client } = connection;
  return {
    /** Every delivery to a buyer that changed, and those of which only a reservation did. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<FulfillmentOrder>> {
      const operation = 'fulfillments.pull';
      const row = pickingRow(await hasCarrier(connection, options));
      const transfers = { domain: toBuyers, row };
      const watched = { kind, operation, transfers, moves: movesToBuyers, perPage: fulfillmentsPerPage } as const;
      for await (const page of transferChanges(connection, since, watched, options)) {
        const { items, problems } = await readFulfillments(connection, page.rows, operation, options);
        const all = [...problems, ...page.problems];
        yield { items, ...(all.length === 0 ? {} : { problems: all }), cursor: page.cursor };
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
