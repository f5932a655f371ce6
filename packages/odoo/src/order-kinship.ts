import type { OrderDraft, WriteOptions } from '@crossdock/core';
import { knownId, type Connection } from './connection.ts';
import { kinshipOf, markText, type Kinship, type Mark } from './mark.ts';
import { foundOrderRow, type OrderStateWire } from './wire/order.ts';
import { identityRow } from './wire/partner.ts';

/**
 * Whose an order is. Its mark ends with the customer of its making: once a person has merged that one into the draft's
 * customer, the order stands at the latter, and is the same order. While the former is there, archived or not, a draft of
 * another customer is another content.
 */
export async function kinshipToday(
  connection: Connection,
  draft: Pick<OrderDraft, 'customer'>,
  order: OrderStateWire,
  { mark, options }: { readonly mark: Mark; readonly options: WriteOptions },
): Promise<Kinship> {
  const kinship = kinshipOf(order.origin, mark);
  const customer = knownId(connection, draft.customer);
  if (kinship !== 'edited' || customer === undefined) return kinship;
  const open = markText(mark).slice(0, -1 - String(customer).length);
  const [, rest = ''] = (order.origin ?? '').split(open);
  const [, former] = /^(\d+)\]/.exec(rest) ?? [];
  if (former === undefined) return kinship;
  const [now] = await connection.client.read('sale.order', [order.id], foundOrderRow, options);
  if (now?.partner_id.id !== customer) return kinship;
  const query = { domain: [['id', '=', Number(former)] as const], limit: 1 };
  const archived = { ...options, context: { active_test: false } };
  const there = await connection.client.searchRead('res.partner', identityRow, query, archived);
  return there.length === 0 ? 'own' : kinship;
}
