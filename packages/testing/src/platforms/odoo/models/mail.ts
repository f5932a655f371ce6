import type { Row } from '../orm/database.ts';
import type { Env } from '../orm/env.ts';
import { resolveExternalId } from '../orm/external-id.ts';
import { char, datetime, html, integer, many2one } from '../orm/field.ts';
import { nowOf } from '../orm/env.ts';
import { defineModel, onRecords, type Method, type Model } from '../orm/model.ts';
import { create } from '../orm/records.ts';

/** Notes under a record, and of which kind one may be. */
export function mailModels(): Model[] {
  return [
    defineModel({
      name: 'mail.message.subtype',
      label: 'Message subtypes',
      order: 'id',
      fields: { name: char('Message Type', { required: true }), res_model: char('Model') },
    }),
    defineModel({
      name: 'mail.message',
      label: 'Message',
      order: 'id desc',
      fields: {
        body: html('Contents'),
        model: char('Related Document Model', { index: true }),
        res_id: integer('Related Document ID', { index: true }),
        subtype_id: many2one('Subtype', 'mail.message.subtype'),
        date: datetime('Date', { defaultsTo: nowOf }),
      },
    }),
  ];
}

/** The kind of the note that every confirmation leaves. */
export const orderConfirmed = 'sale.mt_order_confirmed';

/**
 * A confirmation leaves a note under the order in the same transaction, whoever confirms, and a cancellation leaves it
 * there. Recorded on Odoo 19.0, 2026-11-26.
 */
export function noteConfirmation(env: Env, order: Row): void {
  const subtype = resolveExternalId(env, orderConfirmed)?.id ?? false;
  create(env, 'mail.message', [{ model: 'sale.order', res_id: order.id, subtype_id: subtype }]);
}

export function postMessage(model: string): Method {
  return onRecords(
    (env, ids, args) => ({
      records: ids.flatMap((id) => create(env, 'mail.message', [{ model, res_id: id, body: args['body'] }])),
    }),
    ['body', 'subject', 'message_type', 'subtype_xmlid'].map((name) => ({ name })),
  );
}
