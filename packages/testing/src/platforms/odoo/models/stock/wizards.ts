import { idsOf, link, list, rowOf, rowsWhere, store, withContext, flag, num, type Env } from '../../orm/env.ts';
import { boolean, many2many, many2one, one2many } from '../../orm/field.ts';
import { modelOf } from '../../orm/get.ts';
import { done, defineModel, onRecords, type Model, type Result } from '../../orm/model.ts';
import { existing, unlink } from '../../orm/records.ts';
import { access } from '../groups.ts';
import { isToRemove } from './expiry.ts';
import { validate } from './validate.ts';

/** The questions that validating a transfer asks, and what answering them does. Recorded on Odoo 19.0, 2026-11-23. */
export function stockWizards(): Model[] {
  return [
    defineModel({
      name: 'stock.backorder.confirmation',
      label: 'Backorder Confirmation',
      fields: {
        pick_ids: many2many('Pick', 'stock.picking'),
        show_transfers: boolean('Show Transfers'),
        backorder_confirmation_line_ids: one2many(
          'Backorder Confirmation Lines',
          'stock.backorder.confirmation.line',
          'backorder_confirmation_id',
        ),
      },
      methods: {
        process: onRecords((env, ids) => {
          const refused = ids.flatMap((id) =>
            rowsWhere(env, 'stock.backorder.confirmation.line', 'backorder_confirmation_id', id)
              .filter((line) => !flag(line, 'to_backorder'))
              .map((line) => num(line, 'picking_id')),
          );
          return resume(env, {
            skip_backorder: true,
            ...(refused.length > 0 ? { picking_ids_not_to_backorder: refused } : {}),
          });
        }),
        process_cancel_backorder: onRecords((env, ids) => {
          const pickings = ids.flatMap((id) => list(rowOf(env, 'stock.backorder.confirmation', id), 'pick_ids'));
          return resume(env, { skip_backorder: true, picking_ids_not_to_backorder: pickings });
        }),
      },
    }),
    defineModel({
      name: 'stock.backorder.confirmation.line',
      label: 'Backorder Confirmation Line',
      fields: {
        backorder_confirmation_id: many2one('Immediate Transfer', 'stock.backorder.confirmation', {
          onDelete: 'cascade',
        }),
        picking_id: many2one('Transfer', 'stock.picking'),
        to_backorder: boolean('To Backorder'),
      },
    }),
    defineModel({
      name: 'confirm.stock.sms',
      label: 'Confirm Stock SMS',
      fields: { pick_ids: many2many('Pick', 'stock.picking') },
      methods: { send_sms: onRecords(answerSms), dont_send_sms: onRecords(answerSms) },
    }),
    defineModel({
      name: 'expiry.picking.confirmation',
      label: 'Confirm Expiry',
      fields: { picking_ids: many2many('Picking', 'stock.picking'), lot_ids: many2many('Lots', 'stock.lot') },
      access: access.stock,
      methods: {
        process: onRecords((env) => resume(env, { skip_expired: true })),
        process_no_expired: onRecords((env, ids) => {
          const pickings = ids.flatMap((id) => list(rowOf(env, 'expiry.picking.confirmation', id), 'picking_ids'));
          const lines = pickings.flatMap((id) => rowsWhere(env, 'stock.move.line', 'picking_id', id));
          const expired = lines.filter((line) => isToRemove(env, link(line, 'lot_id')));
          unlink(
            env,
            'stock.move.line',
            expired.map(({ id }) => id),
          );
          return resume(env, {});
        }),
      },
    }),
  ];
}

function answerSms(env: Env): Result {
  store(env, 'res.company', rowOf(env, 'res.company', 1), { has_received_warning_stock_sms: true });
  return resume(env, { skip_sms: true });
}

/** Goes on with the transfers that the context remembers; without them the answer is true and nothing happens. */
function resume(env: Env, answer: { readonly [key: string]: boolean | readonly number[] }): Result {
  const ids = idsOf(env.context['button_validate_picking_ids']);
  if (ids.length === 0) return done;
  return validate(withContext(env, answer), existing(env, modelOf(env, 'stock.picking'), ids));
}
