import { CommerceError, isCommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { attempt } from './attempt.ts';
import type { Connection } from './connection.ts';
import { guardOf, type TransferPlan } from './transfer-plan.ts';
import type { Task, Transfer } from './transfer-validation.ts';
import { tidy } from './shipment-demand.ts';
import { command, idList, many2one, recordId, rowOf } from './wire/value.ts';

/**
 * Takes back what was written on a transfer that Odoo then refused to validate, and gives the refusal with what became of
 * it. Left as it is, somebody would validate goods that never left. Lines of ours go, and what lies free is reserved anew:
 * recorded on Odoo 19.0, 2026-11-26. Where somebody else wrote since, or had picked before, it is left to a person.
 */
export async function takenBack<T extends Transfer>(
  connection: Connection,
  plan: TransferPlan<T>,
  task: Task<T>,
  refusal: CommerceError,
  options: WriteOptions,
): Promise<CommerceError> {
  const { name } = plan.picking;
  const isUndone = await undo(connection, plan, task, options).catch((error: unknown) => {
    // The refusal is what has to be told. A transfer that could not be set back is named with it.
    if (isCommerceError(error)) return false;
    throw error;
  });
  const left = isUndone
    ? `What was written on "${name}" for it was taken back.`
    : `Its quantities and its mark stay on "${name}", which is not validated: reset or correct them there before anybody validates it. A replay writes them anew.`;
  return new CommerceError({
    code: refusal.code,
    message: `${refusal.message} ${left}`,
    system: connection.settings.name,
    operation: task.operation,
    refs: refusal.refs,
    details: refusal.details,
    cause: refusal,
  });
}

async function undo<T extends Transfer>(
  connection: Connection,
  { picking, planned, before }: TransferPlan<T>,
  task: Task<T>,
  options: WriteOptions,
): Promise<boolean> {
  const { client } = connection;
  const open = before.moves.filter(({ state }) => state !== 'done' && state !== 'cancel');
  if (!task.isOurs(picking) && open.some(({ picked }) => picked)) return false;
  const [now] = await client.read('stock.picking', [picking.id], task.row, options);
  if (!now || !task.isOurs(now) || now.state === 'done' || now.state === 'cancel') return false;
  const domain = [['picking_id', '=', picking.id] as const, ['state', 'not in', ['done', 'cancel']] as const];
  const moves = await client.searchRead('stock.move', writtenRow, { domain, order: 'id' }, options);
  const isAsWritten = moves.every(({ id, picked, quantity }) => {
    const wanted = planned.get(id);
    return wanted === undefined ? !picked : picked && tidy(quantity - wanted) === 0;
  });
  if (!isAsWritten || moves.length !== open.length) return false;
  const values = {
    ...before.fields,
    note: (before.note ?? '').replaceAll(marksOn(picking.id), '(not booked)') || false,
    move_ids: moves.map((move) => {
      const lines = planned.has(move.id) ? { move_line_ids: move.move_line_ids.map((id) => command.delete(id)) } : {};
      return command.update(move.id, { ...guardOf(move), picked: false, ...lines });
    }),
  };
  await client.write('stock.picking', [picking.id], values, options);
  if (open.every(({ quantity }) => quantity === 0)) return true;
  const step = { model: 'stock.picking', method: 'action_assign', ids: [picking.id] };
  // What is not reserved waits, as it would anyhow.
  await attempt(connection, step, options);
  return true;
}

/** Every mark of ours that means something on this transfer. */
function marksOn(pickingId: number): RegExp {
  return new RegExp(`\\[crossdock [^\\]]*(?: @${pickingId}\\]|\\]@${pickingId}(?!\\d))`, 'g');
}

const writtenRow = rowOf(
  z.object({
    id: recordId,
    product_uom: many2one,
    quantity: z.number(),
    picked: z.boolean(),
    move_line_ids: idList,
  }),
);
