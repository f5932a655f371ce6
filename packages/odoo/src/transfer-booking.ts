import { isCommerceError, type CommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refused, type Connection } from './connection.ts';
import { maybeDone } from './errors.ts';
import { tidy } from './shipment-demand.ts';
import type { TransferPlan } from './transfer-plan.ts';
import { takenBack } from './transfer-undoing.ts';
import { overtaken, validateTransfer, type Task, type Transfer } from './transfer-validation.ts';
import { recordId, rowOf } from './wire/value.ts';

/** Whether this is the first plan of a call, one of those that take its place, or the last one. */
export interface Attempt {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Runs `book`, and plans it anew where another caller was faster or replaced the lines that ours named: nothing of ours
 * was booked then, and the next plan is made on what is left. After the last one it is `platform.conflict`.
 */
export async function plannedAnew<R>(operation: string, book: (attempt: Attempt) => Promise<R>): Promise<R> {
  for (let count = 1; ; count++) {
    const isLast = count === mostAttempts;
    try {
      return await book({ isFirst: count === 1, isLast });
    } catch (error) {
      const linesGone = isCommerceError(error, 'record.missing') && error.operation !== operation;
      if (isLast || !(isCommerceError(error, 'platform.conflict') || linesGone)) throw error;
    }
  }
}

/** Each time somebody else's goods were booked, so more come only where more than that are booked at one moment. */
const mostAttempts = 10;

/**
 * Writes what is planned on one transfer, makes it done, and makes sure that this is what was booked. The values hold every
 * open move with the unit that it has (`guardOf`): Odoo refuses a unit on a move that is done, and with it the whole write.
 * So a write that comes after somebody else's changes nothing, and `platform.conflict` says so. What Odoo then refuses to
 * validate is taken back.
 */
export async function bookTransfer<T extends Transfer>(
  connection: Connection,
  plan: TransferPlan<T>,
  task: Task<T>,
  options: WriteOptions,
): Promise<void> {
  await writeOnce(connection, plan, task, options);
  const refusal = await validateTransfer(connection, plan.picking, task, options);
  if (refusal) throw await takenBack(connection, plan, task, refusal, options);
  await demandAsPlanned(connection, plan, task, options);
}

/**
 * Whether a transfer was read while somebody booked on it: it looks open, and something on it is done. Its other moves may
 * have left for a backorder that was not read.
 */
export function isTorn(picking: Transfer, moves: readonly { readonly state: string }[]): boolean {
  return picking.state !== 'done' && picking.state !== 'cancel' && moves.some(({ state }) => state === 'done');
}

/** A lost answer is not followed by a second write blindly: the mark says whether the first one arrived. */
async function writeOnce<T extends Transfer>(
  connection: Connection,
  { picking: { id, name }, values }: TransferPlan<T>,
  task: Task<T>,
  options: WriteOptions,
): Promise<void> {
  const { client } = connection;
  const write = () => client.write('stock.picking', [id], values, options);
  try {
    await write();
  } catch (error) {
    const isRefused = isCommerceError(error, 'record.rejected');
    if (!isRefused && !maybeDone(error)) throw error;
    const [now] = await client.read('stock.picking', [id], task.row, options);
    if (!now) throw error;
    if (task.isOurs(now)) return;
    if (now.state === 'done' || now.state === 'cancel') throw overtaken(connection, name, task);
    if (isRefused) throw error;
    await secondWrite(connection, write, name, task);
  }
}

/** The first one may have been under way still: what refuses the second is then the first, or somebody else's. */
async function secondWrite<T extends Transfer>(
  connection: Connection,
  write: () => Promise<unknown>,
  name: string,
  task: Task<T>,
): Promise<void> {
  await write().catch((error: unknown) => {
    throw isCommerceError(error, 'record.rejected') ? overtaken(connection, name, task) : error;
  });
}

/**
 * A person who splits the transfer, or types other quantities, between our write and our validation leaves our mark on
 * what is theirs. Then a new plan is made, which counts what is booked under the mark.
 */
async function demandAsPlanned<T extends Transfer>(
  connection: Connection,
  { picking: { id, name }, planned }: TransferPlan<T>,
  task: Task<T>,
  options: WriteOptions,
): Promise<void> {
  const domain = [['picking_id', '=', id] as const, ['state', '=', 'done'] as const];
  const moves = await connection.client.searchRead('stock.move', bookedRow, { domain, order: 'id' }, options);
  const booked = new Map(moves.flatMap((move) => (move.quantity === 0 ? [] : [[move.id, move.quantity]])));
  const isAsPlanned = [...planned].every(([move, quantity]) => tidy((booked.get(move) ?? 0) - quantity) === 0);
  if (!isAsPlanned || booked.size !== planned.size) throw overtaken(connection, name, task);
}

const bookedRow = rowOf(z.object({ id: recordId, quantity: z.number() }));

/** Whether more was booked, or other goods, than a task was for. */
export function isOver(booked: ReadonlyMap<string, number>, goods: readonly Counted[]): boolean {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of goods) wanted.set(sku, tidy((wanted.get(sku) ?? 0) + quantity));
  return [...booked].some(([sku, quantity]) => quantity > (wanted.get(sku) ?? 0));
}

interface Counted {
  readonly sku: string;
  readonly quantity: number;
}

/** What was booked under our mark is more than was meant: somebody changed it while we wrote, and a person has to look. */
export function changedBeside<T extends Transfer>(
  { settings }: Connection,
  { what, operation, refs }: Pick<Task<T>, 'what' | 'operation' | 'refs'>,
): CommerceError {
  return refused(settings, 'write.uncertain', operation, {
    message: `${what} in "${settings.name}" as it is: somebody changed the quantities at the same moment, and more is booked under its mark. Compare it with what left or arrived, correct it in Odoo, then resolve.`,
    refs,
  });
}
