import { isCommerceError, type CommerceError, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refused, type Connection } from './connection.ts';
import { hasCarrier } from './delivery-records.ts';
import { pickingRow, type PickingWire } from './wire/picking.ts';
import { recordId } from './wire/value.ts';

/** No dialogues: the rest becomes a backorder, nobody gets an SMS. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
const quietly = { skip_backorder: true, skip_sms: true, skip_expired: true, skip_immediate: true };

/** A dialogue that Odoo answers with instead of doing what was asked. */
const dialogue = z.object({
  type: z.literal('ir.actions.act_window'),
  res_model: z.string(),
  res_id: z.union([recordId, z.literal(false)]).nullish(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Makes a delivery done and makes sure of it: whatever was answered, an error or nothing at all, the state is read again
 * and decides. A delivery that is done already stays as it is.
 */
export async function validateTransfer(
  connection: Connection,
  picking: PickingWire,
  task: Task,
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  const { id } = picking;
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
      const reply = question.success ? replyIn(question.data.res_model, task) : undefined;
      if (!question.success || reply === undefined) break;
      answer = await replyTo(connection, id, question.data, reply, options);
    }
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  const row = pickingRow(await hasCarrier(connection, options));
  const [after] = await client.read('stock.picking', [id], row, options);
  if (after?.state === 'done') {
    if (!task.isOurs(after)) throw overtaken(connection, task, after.name);
    if (after.date_done !== null && after.write_date > after.date_done) throw tooLate(connection, task, after.name);
    return;
  }
  if (refusal) throw refusal;
  const asked = dialogue.safeParse(answer);
  throw refused(settings, 'record.rejected', task.operation, {
    message: `${task.what} was not confirmed in "${settings.name}": "${picking.name}" is "${after?.state ?? 'gone'}" after it was validated${asked.success ? `, and Odoo asks "${asked.data.res_model}"` : ''}. Validate it in Odoo, then replay.`,
    refs: task.refs,
  });
}

/** What is booked by a validation, and how to tell that it was. */
export interface Task {
  readonly operation: string;
  /** For messages: `Shipment "S-1"`. */
  readonly what: string;
  readonly refs: readonly Ref[];
  /** Whether what it leaves behind of the transfer is canceled. Else it waits in a transfer of its own. */
  readonly cancelsRest?: boolean | undefined;
  /** Whether what stands on the transfer is what this task wrote there. */
  readonly isOurs: (picking: PickingWire) => boolean;
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

function replyIn(model: string, { cancelsRest }: Task) {
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
  const ids = made ? [made] : await client.create(model, [{ [links]: [[6, 0, [id]]] }], asked);
  return client.call(model, method, { ids, answer: z.unknown(), safety: 'repeatable' }, asked);
}

/** Our write came after somebody else's validation: what Odoo booked may be our quantities in place of theirs. */
function tooLate({ settings }: Connection, task: Task, name: string): CommerceError {
  return refused(settings, 'write.uncertain', task.operation, {
    message: `${task.what} was written on "${name}" in "${settings.name}" after that delivery had been made done by somebody else. Compare its quantities with what left or arrived, correct them in Odoo, then resolve.`,
    refs: task.refs,
  });
}

/** Another shipment was written onto the delivery between our write and its validation. Ours is booked on what is left. */
function overtaken({ settings }: Connection, task: Task, name: string): CommerceError {
  return refused(settings, 'platform.conflict', task.operation, {
    message: `${task.what} was not confirmed in "${settings.name}": something else was booked on "${name}" at the same moment. It is tried again on what is left.`,
    refs: task.refs,
  });
}
