import { char, html, integer } from '../orm/field.ts';
import { defineModel, onRecords, type Method, type Model } from '../orm/model.ts';
import { create } from '../orm/records.ts';

/** Notes under a record. */
export function mailModel(): Model {
  return defineModel({
    name: 'mail.message',
    label: 'Message',
    order: 'id desc',
    fields: { body: html('Contents'), model: char('Related Document Model'), res_id: integer('Related Document ID') },
  });
}

export function postMessage(model: string): Method {
  return onRecords(
    (env, ids, args) => ({
      records: ids.flatMap((id) => create(env, 'mail.message', [{ model, res_id: id, body: args['body'] }])),
    }),
    ['body', 'subject', 'message_type', 'subtype_xmlid'].map((name) => ({ name })),
  );
}
