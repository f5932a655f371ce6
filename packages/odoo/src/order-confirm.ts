import { isCommerceError, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import { wasConfirmed } from './order-trace.ts';
import { orderStateRow, type OrderStateWire } from './wire/order.ts';

/** Whose confirmation it is: how messages begin, and what they refer to. */
export interface Confirmation {
  readonly id: number;
  /** 'Order "1042" was not confirmed'. */
  readonly what: string;
  readonly operation: 'orders.create' | 'orders.confirm';
  readonly refs: readonly Ref[];
}

/** Confirms a quotation; an order stays as it is. The day of the order stays what it was. */
export async function confirmOrder(
  connection: Connection,
  ref: Ref<'order'>,
  options: WriteOptions,
): Promise<Ref<'order'>> {
  const { client, settings } = connection;
  const operation = 'orders.confirm';
  const id = idOf(connection, ref);
  const [order] = await client.read('sale.order', [id], orderStateRow, options);
  if (!order) {
    throw refused(settings, 'record.missing', operation, {
      message: `Order "${ref.id}" was not confirmed in "${settings.name}": there is none with this id. See who deleted it.`,
      refs: [ref],
    });
  }
  const what = `Order "${order.name}" was not confirmed`;
  if (order.state === 'cancel') {
    if (await wasConfirmed(connection, id, options)) return ref;
    throw refused(settings, 'record.rejected', operation, {
      message: `${what} in "${settings.name}": it was canceled there. Set it back to a quotation in Odoo if it counts, then replay.`,
      refs: [ref],
    });
  }
  if (order.state === 'sale') return ref;
  await confirm(connection, { id, what, operation, refs: [ref] }, options);
  await keepOrderDate(connection, id, order.date_order, options);
  return ref;
}

/** Has Odoo confirm a quotation, and reads what became of it, whatever was answered. */
export async function confirm(
  connection: Connection,
  { id, what, operation, refs }: Confirmation,
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  let refusal: unknown;
  try {
    // Repeatable: Odoo refuses to confirm a second time. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
    const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
    if ((await client.call('sale.order', 'action_confirm', call, options)) === true) return;
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  // Whatever was answered, a dialogue among it, the state says what happened.
  const [order] = await client.read('sale.order', [id], orderStateRow, options);
  if (order?.state === 'sale') return;
  const named = [...refs, refTo(connection, 'order', id)];
  if (order?.state === 'cancel') {
    if (await wasConfirmed(connection, id, options)) return;
    throw refused(settings, 'record.rejected', operation, {
      message: `${what} in "${settings.name}": its quotation "${order.name}" was canceled there before. If the order still counts, replay: another one is made.`,
      refs: named,
    });
  }
  if (refusal !== undefined) throw refusal;
  throw refused(settings, 'record.rejected', operation, {
    message: `${what} in "${settings.name}": after the confirmation its state is "${order?.state ?? 'gone'}". Confirm it in Odoo and see what it asks, then replay.`,
    refs: named,
  });
}

/** Confirming sets the order's date to now; the day of the purchase is another. Recorded on Odoo 19.0, 2026-11-23. */
export async function keepOrderDate({ client }: Connection, id: number, date: string, options: WriteOptions) {
  await client.write('sale.order', [id], { date_order: date }, { ...options, repeatable: true });
}

/** Whether an order has its day, so that nothing need be written. */
export function hasDate(order: OrderStateWire, date: string): boolean {
  return order.state === 'sale' && order.date_order === date;
}
