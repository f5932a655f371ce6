import { isCommerceError, type CommerceError, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refusalOf } from './attempt.ts';
import { refused, type Connection } from './connection.ts';
import { command, recordId, type Row } from './wire/value.ts';

/** No dialogues: the rest becomes a backorder, nobody gets an SMS. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
const quietly = { skip_backorder: true, skip_sms: true, skip_expired: true, skip_immediate: true };

/** A dialogue that Odoo answers with instead of doing what was asked. */
const dialogue = z.object({
  type: z.literal('ir.actions.act_window'),
  res_model: z.string(),
  res_id: z.union([recordId, z.literal(false)]).nullish(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/** What every transfer has, whichever way its goods go. */
export interface Transfer {
  readonly id: number;
  readonly name: string;
  readonly state: string;
}

/** What is booked on transfers, and how to tell that it was. */
export interface Task<T extends Transfer> {
  readonly operation: string;
  /** Begins a message: `Shipment "S-1" was not confirmed`. */
  readonly what: string;
  readonly refs: readonly Ref[];
  /** What to ask of a transfer, so that `isOurs` can tell. */
  readonly row: Row<T>;
  /** Whether what it leaves behind of the transfer is canceled. Else it waits in a transfer of its own. */
  readonly cancelsRest?: boolean | undefined;
  /** Whether what stands on the transfer is what this task wrote there. */
  readonly isOurs: (transfer: T) => boolean;
}

/**
 * Makes a transfer done and makes sure of it: whatever was answered, an error or nothing at all, the state is read again
 * and decides. A transfer that is done already stays as it is. Gives what Odoo refused, where it did.
 */
export async function validateTransfer<T extends Transfer>(
  connection: Connection,
  { id, name }: Transfer,
  task: Task<T>,
  options: WriteOptions,
): Promise<CommerceError | undefined> {
  const { client, settings } = connection;
  // Recorded on Odoo 19.0, 2026-11-23.
  const context = task.cancelsRest ? { ...quietly, picking_ids_not_to_backorder: [id] } : quietly;
  let answer: unknown;
  let refusal: CommerceError | undefined;
  try {
    const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
    answer = await client.call('stock.picking', 'button_validate', call, { ...options, context });
    // One dialogue may lead to the next.
    for (let asked = 0; asked < dialogues; asked++) {
      const question = dialogue.safeParse(answer);
      const reply = question.success ? replyIn(question.data.res_model, task.cancelsRest ?? false) : undefined;
      if (!question.success || reply === undefined) break;
      answer = await replyTo(connection, id, question.data, reply, options);
    }
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  const [after] = await client.read('stock.picking', [id], task.row, options);
  if (after && !task.isOurs(after)) throw overtaken(connection, name, task);
  if (after?.state === 'done') return undefined;
  if (refusal) {
    const told = refusalOf(connection, refusal, { ...task, advice: 'See what it names, then replay.' });
    if (isCommerceError(told, 'record.rejected')) return told;
    throw told;
  }
  const asked = dialogue.safeParse(answer);
  throw refused(settings, 'record.rejected', task.operation, {
    message: `${task.what} in "${settings.name}": "${name}" is "${after?.state ?? 'gone'}" after it was validated${asked.success ? `, and Odoo asks "${asked.data.res_model}"` : ''}. Validate it in Odoo, then replay.`,
    refs: task.refs,
  });
}

/** Something else was booked on the transfer after it was read. Nothing of this task was: it is planned on what is left. */
export function overtaken(
  { settings }: Connection,
  name: string,
  { what, operation, refs }: { readonly what: string; readonly operation: string; readonly refs: readonly Ref[] },
): CommerceError {
  return refused(settings, 'platform.conflict', operation, {
    message: `${what} in "${settings.name}": something else was booked on "${name}" at the same moment, again and again. Replay it: it is planned on what is left.`,
    refs,
  });
}

/** More dialogues in a row than any Odoo asks. */
const dialogues = 5;

/**
 * What a person would press, by the dialogue that some modules ask all the same: the goods have left or arrived, so the
 * rest waits, nobody gets an SMS, and goods past their day are booked. Recorded on Odoo 17.0 to 19.0, 2026-11-23; the one
 * about the day: source of Odoo 19.0, read 2026-11-26.
 */
const replies: Readonly<Record<string, { readonly method: string; readonly links: string }>> = {
  'stock.backorder.confirmation': { method: 'process', links: 'pick_ids' },
  'confirm.stock.sms': { method: 'dont_send_sms', links: 'pick_ids' },
  'expiry.picking.confirmation': { method: 'process', links: 'picking_ids' },
};

function replyIn(model: string, cancelsRest: boolean) {
  const reply = replies[model];
  return reply && cancelsRest && model === 'stock.backorder.confirmation'
    ? { ...reply, method: 'process_cancel_backorder' }
    : reply;
}

async function replyTo(
  { client }: Connection,
  id: number,
  question: z.output<typeof dialogue>,
  { method, links }: { readonly method: string; readonly links: string },
  options: WriteOptions,
): Promise<unknown> {
  const { res_model: model, res_id: made } = question;
  const asked = { ...options, context: { ...question.context, ...quietly } };
  const ids = made ? [made] : await client.create(model, [{ [links]: [command.set([id])] }], asked);
  return client.call(model, method, { ids, answer: z.unknown(), safety: 'repeatable' }, asked);
}
