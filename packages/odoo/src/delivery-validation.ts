import { isCommerceError, type CommerceError, type Shipment, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refTo, refused, type Connection } from './connection.ts';
import { hasCarrier } from './delivery-records.ts';
import type { Delivery } from './shipment-plan.ts';
import { isStamped } from './shipment-stamp.ts';
import { pickingRow } from './wire/picking.ts';
import { recordId } from './wire/value.ts';

/** No dialogues: the rest becomes a backorder, nobody gets an SMS. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
const quietly = { skip_backorder: true, skip_sms: true, skip_expired: true, skip_immediate: true };

/** A dialogue that Odoo answers with instead of doing what was asked. */
const dialogue = z.object({
  type: z.literal('ir.actions.act_window'),
  res_model: z.string(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Makes a delivery done and makes sure of it: whatever was answered, an error or nothing at all, the state is read again
 * and decides. A delivery that is done already stays as it is.
 */
export async function validateDelivery(
  connection: Connection,
  { picking }: Delivery,
  shipment: Shipment,
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  const { id } = picking;
  let answer: unknown;
  let refusal: CommerceError | undefined;
  try {
    const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
    answer = await client.call('stock.picking', 'button_validate', call, { ...options, context: quietly });
    const asked = dialogue.safeParse(answer);
    if (asked.success && asked.data.res_model === 'stock.backorder.confirmation') {
      await makeBackorder(connection, id, asked.data.context, options);
    }
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  const row = pickingRow(await hasCarrier(connection, options));
  const [after] = await client.read('stock.picking', [id], row, options);
  if (after?.state === 'done') {
    if (!isStamped(after, shipment)) throw overtaken(connection, shipment, after.name);
    if (after.date_done !== null && after.write_date > after.date_done) throw tooLate(connection, shipment, after.name);
    return;
  }
  if (refusal) throw refusal;
  const asked = dialogue.safeParse(answer);
  throw refused(settings, 'record.rejected', 'shipments.confirm', {
    message: `Shipment "${shipment.number}" was not confirmed in "${settings.name}": "${picking.name}" is "${after?.state ?? 'gone'}" after it was validated${asked.success ? `, and Odoo asks "${asked.data.res_model}"` : ''}. Validate it in Odoo, then replay.`,
    refs: [shipment.ref, refTo(connection, 'shipment', id)],
  });
}

/** Some modules ask all the same. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
async function makeBackorder(
  { client }: Connection,
  id: number,
  context: Readonly<Record<string, unknown>>,
  options: WriteOptions,
): Promise<void> {
  const model = 'stock.backorder.confirmation';
  const asked = { ...options, context: { ...context, ...quietly } };
  const [wizard] = await client.create(model, [{ pick_ids: [[6, 0, [id]]] }], asked);
  const ids = z.array(recordId).parse([wizard]);
  await client.call(model, 'process', { ids, answer: z.unknown(), safety: 'repeatable' }, asked);
}

/** Our write came after somebody else's validation: what Odoo booked may be our quantities in place of theirs. */
function tooLate({ settings }: Connection, shipment: Shipment, name: string): CommerceError {
  return refused(settings, 'write.uncertain', 'shipments.confirm', {
    message: `Shipment "${shipment.number}" was written on "${name}" in "${settings.name}" after that delivery had been made done by somebody else. Compare its quantities with what left the warehouse, correct them in Odoo, then resolve.`,
    refs: [shipment.ref],
  });
}

/** Another shipment was written onto the delivery between our write and its validation. Ours is booked on what is left. */
function overtaken({ settings }: Connection, shipment: Shipment, name: string): CommerceError {
  return refused(settings, 'platform.conflict', 'shipments.confirm', {
    message: `Shipment "${shipment.number}" was not confirmed in "${settings.name}": another shipment was booked on "${name}" at the same moment. It is tried again on what is left.`,
    refs: [shipment.ref],
  });
}
