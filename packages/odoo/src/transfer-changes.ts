import type { PageProblem, ReadOptions, Ref, Since } from '@crossdock/core';
import { changesSince, type Source } from './changes.ts';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf, type Marks } from './cursor.ts';
import { newestMark } from './delivery-records.ts';
import { ownProblem, problemOf } from './unreadable.ts';
import { moveTouchRow } from './wire/picking.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';

const model = 'stock.picking';
const sources = ['picking', 'move'];

/** Which transfers are watched, and by which of their moves they are known. */
export interface WatchedTransfers<T> {
  readonly kind: Ref['kind'];
  readonly operation: string;
  readonly transfers: Omit<Source<T>, 'model'>;
  readonly moves: Domain;
  readonly perPage: number;
}

/** A page of transfers that changed. */
export interface TransferPage<T> {
  readonly rows: readonly T[];
  readonly problems: readonly PageProblem[];
  readonly cursor: string;
}

/**
 * Transfers that changed, and then those of which only a move did: what is reserved, and the quantity of a done move that
 * a person corrects, are written on the move and not always on its transfer. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function* transferChanges<T extends { readonly id: number }>(
  connection: Connection,
  since: Since,
  watched: WatchedTransfers<T>,
  options?: ReadOptions,
): AsyncGenerator<TransferPage<T>> {
  const { client, settings } = connection;
  const { kind, operation, transfers, perPage } = watched;
  const moved = { model: 'stock.move', domain: watched.moves, row: moveTouchRow };
  const start = positionOf(since, sources, connection);
  // A first pull reads every transfer: no move before it can tell anything more.
  let marks: Marks = start?.marks ?? (await newestMark(connection, 'move', moved, options));
  const given = new Set<number>();
  const page = (rows: readonly T[], problems: readonly PageProblem[]): TransferPage<T> => {
    for (const { id } of rows) given.add(id);
    return { rows, problems, cursor: cursorOf({ marks }) };
  };

  const passed = reading(marks, 'picking', connection);
  const from = startOf(marks, 'picking', settings.overlapSeconds);
  for await (const changes of changesSince(client, { model, ...transfers }, from, perPage, options)) {
    marks = passed(changes.newest, changes.finished);
    for (const { stamp } of changes.unreadable) if (stamp.id !== undefined) given.add(stamp.id);
    yield page(
      changes.rows,
      changes.unreadable.map((bad) => ownProblem(connection, kind, { model, operation, bad })),
    );
  }

  const gone = reading(marks, 'move', connection);
  const behind = startOf(marks, 'move', settings.overlapSeconds);
  for await (const changes of changesSince(client, moved, behind, perPage, options)) {
    marks = gone(changes.newest, changes.finished);
    // What was given already is read again by the next pull, which looks back over this moment.
    const ids = new Set(changes.rows.flatMap(({ picking_id }) => picking_id?.id ?? []).filter((id) => !given.has(id)));
    const domain: Domain = [['id', 'in', [...ids]], ...transfers.domain];
    const rows =
      ids.size === 0 ? [] : await client.searchRead(model, rowByRow(transfers.row), { domain, order: 'id' }, options);
    yield page(readable(rows), [
      ...unreadable(rows).map((bad) => ownProblem(connection, kind, { model, operation, bad })),
      ...changes.unreadable.map((bad) => problemOf(connection, { model: 'stock.move', operation, bad })),
    ]);
  }
}
