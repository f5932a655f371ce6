import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowOf, rowsWhere, str, type Env } from '../../orm/env.ts';
import type { KitPart } from '../mrp/kit.ts';
import { inUnit, unitOf } from '../uom.ts';

/**
 * What went to the customer for one component of a kit less what came back, in the component's unit; `undefined` where
 * there is no move for it. Source of Odoo 19.0, read 2026-11-26.
 */
export function movedFor(env: Env, line: Row, part: KitPart, counts: (state: string) => boolean): number | undefined {
  const moves = rowsWhere(env, 'stock.move', 'sale_line_id', line.id).filter(
    (move) => link(move, 'bom_line_id') === part.line.id && counts(str(move, 'state')),
  );
  if (moves.length === 0) return undefined;
  return moves.reduce((sum, move) => sum + signOf(env, move) * quantityOf(env, move), 0);
}

function signOf(env: Env, move: Row): number {
  if (usage(env, move, 'location_dest_id') === 'customer') return 1;
  return usage(env, move, 'location_id') === 'customer' && flag(move, 'to_refund') ? -1 : 0;
}

const usage = (env: Env, move: Row, place: string) => str(rowOf(env, 'stock.location', num(move, place)), 'usage');

function quantityOf(env: Env, move: Row): number {
  const quantity = flag(move, 'picked') ? num(move, 'quantity') : num(move, 'product_uom_qty');
  return inUnit(env, quantity, link(move, 'product_uom'), unitOf(env, num(move, 'product_id')));
}
