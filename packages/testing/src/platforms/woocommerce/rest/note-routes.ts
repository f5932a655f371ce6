import { addNote } from '../life/notes.ts';
import { wholeSecond } from '../moments.ts';
import type { WooNote, WooOrder } from '../records.ts';
import { noteView } from '../views/small.ts';
import { url } from '../views/format.ts';
import { booleanOf, textOf } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { boolean, oneOf, text } from './check.ts';
import { orderAt } from './order-routes.ts';
import { Refused } from './refused.ts';

/** `/orders/{id}/notes`. A note cannot be changed, and does not change its order. */
export function noteRoutes(): readonly Route[] {
  return [
    route('orders/:order/notes', {
      GET: {
        deed: 'list',
        checks: { type: oneOf(['any', 'customer', 'internal']) },
        answer: (call) => ({ body: list(call), isList: true }),
      },
      POST: {
        deed: 'create',
        checks: { note: text, customer_note: boolean, added_by_user: boolean },
        async answer(call) {
          const order = ordered(call, 'order');
          await pause(call, 'other');
          const note = addNote(call.site, order, textOf(call.body['note']) ?? '', {
            author: booleanOf(call.body['added_by_user']) === true ? 'admin' : 'WooCommerce',
            customerNote: booleanOf(call.body['customer_note']) ?? false,
          });
          const location = url(call.site, `orders/${order.id}/notes/${note.id}`);
          return { status: 201, body: noteView(call.site, order, note), headers: { location } };
        },
      },
    }),
    route('orders/:order/notes/:id', {
      GET: {
        deed: 'view',
        answer(call) {
          const { order, note } = noteAt(call);
          return { body: noteView(call.site, order, note) };
        },
      },
      DELETE: {
        deed: 'delete',
        answer(call) {
          const { order, note } = noteAt(call);
          if (booleanOf(call.params['force']) !== true) {
            throw new Refused(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
          }
          order.notes = order.notes.filter(({ id }) => id !== note.id);
          return { body: noteView(call.site, order, note) };
        },
      },
    }),
  ];
}

/** The order of notes, which is named in another way where one is written. Compared with WooCommerce 10.5.0, 2026-11-26. */
function ordered(call: Call, name: 'order' | 'shop_order'): WooOrder {
  const order = call.site.store.orders.get(numberAt(call, 'order'));
  if (order) return order;
  throw new Refused(404, `woocommerce_rest_${name}_invalid_id`, 'Invalid order ID.');
}

function list(call: Call) {
  const order = ordered(call, 'shop_order');
  const type = textOf(call.params['type']) ?? 'any';
  return order.notes
    .filter(({ customerNote }) => type === 'any' || customerNote === (type === 'customer'))
    .toSorted((a, b) => wholeSecond(b.createdAt) - wholeSecond(a.createdAt) || a.id - b.id)
    .map((note) => noteView(call.site, order, note));
}

function noteAt(call: Call): { readonly order: WooOrder; readonly note: WooNote } {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  const note = order.notes.find(({ id }) => id === numberAt(call, 'id'));
  if (note) return { order, note };
  throw new Refused(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
}
