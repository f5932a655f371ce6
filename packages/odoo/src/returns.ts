import {
  isCommerceError,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Ref,
  type Return,
  type ReturnDraft,
  type ReturnReceipt,
  type Since,
  type WriteOptions,
} from '@crossdock/core';
import { changesSince } from './changes.ts';
import { knownId, refTo, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { demandKnownUnits, hasCarrier } from './delivery-records.ts';
import { seenThrough } from './half-done.ts';
import { confirmReturn } from './return-confirm.ts';
import { createReturn } from './return-create.ts';
import { toReturn } from './return-record.ts';
import { fromBuyers, returnGroups } from './return-records.ts';
import { ownProblem } from './unreadable.ts';
import { unitsOf, type UnitPair } from './units.ts';
import { moveLineRow, pickingRow, type PickingWire } from './wire/picking.ts';

/** Transfers changed per page. */
export const returnsPerPage = 100;
const source = 'picking';
const model = 'stock.picking';

/** Goods that come back from buyers. */
export function returnsPort(connection: Connection) {
  return {
    create: (draft: ReturnDraft, options: WriteOptions): Promise<Ref<'return'>> =>
      seenThrough(connection, { operation: 'returns.create', refs: [draft.order] }, (watched) =>
        createReturn(watched, draft, options),
      ),
    confirm: (receipt: ReturnReceipt, options: WriteOptions): Promise<Ref<'return'>> =>
      seenThrough(connection, { operation: 'returns.confirm', refs: [receipt.return] }, (watched) =>
        confirmReturn(watched, receipt, options),
      ),

    /** `undefined` where there is no such return. One that is the rest of another is told with that one. */
    async get(ref: Ref<'return'>, options?: ReadOptions): Promise<Return | undefined> {
      const id = knownId(connection, ref);
      return id === undefined ? undefined : (await readReturns(connection, [id], 'returns.get', options))[0];
    },

    /** Every return of which a transfer changed. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Return>> {
      const { client, settings } = connection;
      const operation = 'returns.pull';
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const row = pickingRow(await hasCarrier(connection, options));
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      const watched = { model, domain: fromBuyers, row };
      for await (const page of changesSince(client, watched, from, returnsPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const { items, problems } = await readPage(connection, page.rows, options);
        const lost = page.unreadable.map((bad) => ownProblem(connection, 'return', { model, operation, bad }));
        const all = [...problems, ...lost];
        yield { items, ...(all.length === 0 ? {} : { problems: all }), cursor: cursorOf({ marks }) };
      }
    },
  };
}

/** All returns at once; where something of them cannot be understood one by one, so that the others come. */
async function readPage(connection: Connection, pickings: readonly PickingWire[], options?: ReadOptions) {
  const ids = pickings.map(({ id }) => id);
  const problems: PageProblem[] = [];
  try {
    return { items: await readReturns(connection, ids, 'returns.pull', options), problems };
  } catch (error) {
    if (!isCommerceError(error) || error.kind !== 'business') throw error;
  }
  const items = new Map<string, Return>();
  for (const picking of pickings) {
    try {
      const [found] = await readReturns(connection, [picking.id], 'returns.pull', options);
      if (found) items.set(found.ref.id, found);
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref: refTo(connection, 'return', picking.id), error, version: picking.write_date });
    }
  }
  return { items: [...items.values()], problems };
}

async function readReturns(
  connection: Connection,
  ids: readonly number[],
  operation: string,
  options?: ReadOptions,
): Promise<readonly Return[]> {
  const groups = await returnGroups(connection, ids, operation, options);
  const transfers = groups.flatMap((group) => group.transfers);
  if (transfers.length === 0) return [];
  for (const transfer of transfers) demandKnownUnits(connection, transfer, operation);
  const query = { domain: [['picking_id', 'in', transfers.map(({ picking }) => picking.id)] as const], order: 'id' };
  const lines = await connection.client.searchRead('stock.move.line', moveLineRow, query, options);
  const moves = new Map(transfers.flatMap((one) => one.moves).map((one) => [one.move.id, one]));
  const pairs = lines.flatMap(({ move_id, product_uom_id }): UnitPair[] => {
    const of = moves.get(move_id?.id ?? 0);
    return of ? [[product_uom_id.id, of.unitId]] : [];
  });
  const units = await unitsOf(connection, pairs, options);
  return groups.map((group) => toReturn(connection, group, lines, units));
}
