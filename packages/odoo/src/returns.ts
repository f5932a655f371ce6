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
import { confirmReturn } from './return-confirm.ts';
import { createReturn } from './return-create.ts';
import { toReturn } from './return-record.ts';
import { fromBuyers, returnGroup } from './return-records.ts';
import { ownProblem } from './unreadable.ts';
import { moveLineRow, pickingRow } from './wire/picking.ts';

/** Transfers changed per page. */
export const returnsPerPage = 100;
const source = 'picking';
const model = 'stock.picking';

/** Goods that come back from buyers. */
export function returnsPort(connection: Connection) {
  return {
    create: (draft: ReturnDraft, options: WriteOptions): Promise<Ref<'return'>> =>
      createReturn(connection, draft, options),
    confirm: (receipt: ReturnReceipt, options: WriteOptions): Promise<Ref<'return'>> =>
      confirmReturn(connection, receipt, options),

    /** `undefined` where there is no such return. One that is the rest of another is told with that one. */
    async get(ref: Ref<'return'>, options?: ReadOptions): Promise<Return | undefined> {
      const id = knownId(connection, ref);
      return id === undefined ? undefined : readReturn(connection, id, 'returns.get', options);
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
        const problems: PageProblem[] = page.unreadable.map((bad) =>
          ownProblem(connection, 'return', { model, operation, bad }),
        );
        const items = new Map<string, Return>();
        for (const picking of page.rows) {
          try {
            const found = await readReturn(connection, picking.id, operation, options);
            if (found) items.set(found.ref.id, found);
          } catch (error) {
            if (!isCommerceError(error) || error.kind !== 'business') throw error;
            problems.push({ ref: refTo(connection, 'return', picking.id), error, version: picking.write_date });
          }
        }
        const told = [...items.values()];
        yield { items: told, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },
  };
}

async function readReturn(
  connection: Connection,
  id: number,
  operation: string,
  options?: ReadOptions,
): Promise<Return | undefined> {
  const group = await returnGroup(connection, id, operation, options);
  if (!group) return undefined;
  for (const transfer of group.transfers) demandKnownUnits(connection, transfer, operation);
  const ids = group.transfers.map(({ picking }) => picking.id);
  const query = { domain: [['picking_id', 'in', ids] as const], order: 'id' };
  const lines = await connection.client.searchRead('stock.move.line', moveLineRow, query, options);
  return toReturn(connection, group, lines);
}
