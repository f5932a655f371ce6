import { isCommerceError, type CommerceError, type ReceiptDraft, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refusalOf } from './attempt.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { stampIn, type ReceiptStamp } from './receipt-stamp.ts';
import { arrivalRow, type ArrivalWire } from './wire/purchase.ts';
import { recordId } from './wire/value.ts';

const operation = 'receipts.confirm';

/** No dialogues: the rest becomes a backorder. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
const quietly = { skip_backorder: true, skip_sms: true, skip_expired: true, skip_immediate: true };

const dialogue = z.object({
  type: z.literal('ir.actions.act_window'),
  res_model: z.string(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Makes a picking done and makes sure of it: whatever was answered, its state is read again and decides. `late` when it
 * was written to after it had become done.
 */
export async function validateArrival(
  connection: Connection,
  picking: ArrivalWire,
  draft: ReceiptDraft,
  stamp: ReceiptStamp,
  options: WriteOptions,
): Promise<'booked' | 'late'> {
  const { client, settings } = connection;
  const { id } = picking;
  const what = `Receipt "${draft.number}" was not booked`;
  const refs = [draft.purchase, refTo(connection, 'receipt', id)];
  let asks: string | undefined;
  let refusal: CommerceError | undefined;
  try {
    const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
    const answer = await client.call('stock.picking', 'button_validate', call, { ...options, context: quietly });
    const asked = dialogue.safeParse(answer);
    if (asked.success) asks = asked.data.res_model;
    if (asked.success && asks === 'stock.backorder.confirmation') {
      const context = { ...asked.data.context, ...quietly };
      const made = {
        params: { vals_list: [{ pick_ids: [[6, 0, [id]]] }] },
        answer: z.tuple([recordId]),
        safety: 'repeatable' as const,
      };
      const ids = await client.call(asks, 'create', made, { ...options, context });
      await client.call(asks, 'process', { ids, answer: z.unknown(), safety: 'repeatable' }, { ...options, context });
    }
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  const [after] = await client.read('stock.picking', [id], arrivalRow, options);
  if (after?.state === 'done') {
    const there = stampIn(after);
    if (there?.arrival !== stamp.arrival || there.content !== stamp.content) throw overtaken(connection, after, draft);
    return after.date_done === null || after.write_date <= after.date_done ? 'booked' : 'late';
  }
  if (refusal) throw refusalOf(connection, refusal, { what, operation, advice: 'Nothing was booked.', refs });
  throw refused(settings, 'record.rejected', operation, {
    message: `${what} in "${settings.name}": "${picking.name}" is "${after?.state ?? 'gone'}" after it was validated${asks === undefined ? '' : `, and Odoo asks "${asks}"`}. Validate it in Odoo, then replay.`,
    refs,
  });
}

/** Another arrival was booked on the picking after it was read. Nothing of this one was. */
export function overtaken({ settings }: Connection, { name }: ArrivalWire, draft: ReceiptDraft): CommerceError {
  return refused(settings, 'platform.conflict', operation, {
    message: `Receipt "${draft.number}" was not booked in "${settings.name}": another arrival was booked on "${name}" at the same moment, again and again. Replay it: it is planned on what is left.`,
    refs: [draft.purchase],
  });
}
