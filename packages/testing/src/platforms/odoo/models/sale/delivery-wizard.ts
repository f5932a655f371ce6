import { link, num, rowOf, rowsWhere, store, str } from '../../orm/env.ts';
import { boolean, char, float, many2one } from '../../orm/field.ts';
import { defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { create, write } from '../../orm/records.ts';

/** Puts the cost of a delivery method on an order. Recorded on Odoo 19.0, 2026-11-23. */
export function deliveryWizard(): Model {
  return defineModel({
    name: 'choose.delivery.carrier',
    label: 'Delivery Method Selection Wizard',
    fields: {
      order_id: many2one('Order', 'sale.order', { required: true, onDelete: 'cascade' }),
      carrier_id: many2one('Delivery Method', 'delivery.carrier', { required: true }),
      delivery_price: float('Delivery Price'),
      display_price: float('Cost'),
      delivery_message: char('Delivery Message'),
      is_priced: boolean('Priced'),
    },
    methods: {
      update_price: onRecords((env, ids) => {
        for (const id of ids) {
          const wizard = rowOf(env, 'choose.delivery.carrier', id);
          const price = num(rowOf(env, 'delivery.carrier', num(wizard, 'carrier_id')), 'fixed_price');
          store(env, 'choose.delivery.carrier', wizard, { delivery_price: price, display_price: price });
        }
        return {
          value: {
            name: 'Add a shipping method',
            type: 'ir.actions.act_window',
            view_mode: 'form',
            res_model: 'choose.delivery.carrier',
            res_id: ids[0],
            target: 'new',
            context: { no_rate: false },
          },
        };
      }),
      button_confirm: onRecords((env, ids) => {
        for (const id of ids) {
          const wizard = rowOf(env, 'choose.delivery.carrier', id);
          const carrier = rowOf(env, 'delivery.carrier', num(wizard, 'carrier_id'));
          const order = num(wizard, 'order_id');
          const old = rowsWhere(env, 'sale.order.line', 'order_id', order).filter(
            (line) => line['is_delivery'] === true,
          );
          for (const line of old) write(env, 'sale.order', [order], { order_line: [[2, line.id, 0]] });
          create({ ...env, context: {} }, 'sale.order.line', [
            {
              order_id: order,
              product_id: link(carrier, 'product_id') ?? false,
              name: str(carrier, 'name'),
              price_unit: num(wizard, 'delivery_price'),
              discount: 0,
              is_delivery: true,
            },
          ]);
          write(env, 'sale.order', [order], { carrier_id: carrier.id });
        }
        return none;
      }),
    },
  });
}
