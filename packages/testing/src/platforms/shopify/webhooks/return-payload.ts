import { gid } from '../gid.ts';
import { returnReason } from '../return-reasons.ts';
import type { DispositionRecord, ReturnRecord, ReverseFulfillmentOrderRecord } from '../records.ts';

type Payload = Readonly<Record<string, unknown>>;
type Topic =
  | 'returns/request'
  | 'returns/approve'
  | 'returns/decline'
  | 'returns/cancel'
  | 'returns/close'
  | 'returns/reopen'
  | 'returns/process';

/** A return in the form of its topic. Names of fields from shopify.dev, webhooks of API 2026-04, read 2026-11-26. */
export function returnPayload(topic: Topic, record: ReturnRecord): Payload {
  const own = {
    id: record.id,
    admin_graphql_api_id: gid('Return', record.id),
    status: (record.statusWord ?? record.status).toLowerCase(),
  };
  const order = { id: record.orderId, admin_graphql_api_id: gid('Order', record.orderId) };
  switch (topic) {
    case 'returns/request':
    case 'returns/approve':
      return {
        ...own,
        order,
        name: record.name,
        total_return_line_items: record.lines.length,
        return_line_items: record.lines.map((line) => ({
          id: line.id,
          admin_graphql_api_id: gid('ReturnLineItem', line.id),
          fulfillment_line_item: {
            id: line.fulfillmentLineId,
            admin_graphql_api_id: gid('FulfillmentLineItem', line.fulfillmentLineId),
            line_item: { id: line.lineId, admin_graphql_api_id: gid('LineItem', line.lineId) },
          },
          quantity: line.quantity,
          return_reason: returnReason(line.reasonId).reason.toLowerCase(),
          return_reason_note: line.note,
          customer_note: line.customerNote ?? null,
        })),
        return_shipping_fees: [],
        exchange_line_items: [],
        total_exchange_line_items: 0,
      };
    case 'returns/decline':
      return {
        ...own,
        order,
        decline: { reason: record.decline?.reason.toLowerCase() ?? 'other', note: record.decline?.note ?? null },
      };
    case 'returns/cancel':
    case 'returns/close':
    case 'returns/reopen':
      return { ...own, order_id: record.orderId };
    case 'returns/process':
      // Its fields are not published.
      return { ...own, order };
  }
}

/** What was taken off a return. */
export function returnUpdatePayload(
  record: ReturnRecord,
  removals: readonly { readonly id: bigint; readonly delta: number }[],
): Payload {
  return {
    admin_graphql_api_id: gid('Return', record.id),
    return_line_items: {
      removals: removals.map(({ id, delta }) => ({
        id,
        admin_graphql_api_id: gid('ReturnLineItem', id),
        delta: -delta,
      })),
    },
  };
}

/** What became of units that came back. */
export function dispositionPayload(reverse: ReverseFulfillmentOrderRecord, disposition: DispositionRecord): Payload {
  const line = reverse.lines.find(({ dispositions }) => dispositions.includes(disposition));
  return {
    id: line?.id ?? null,
    admin_graphql_api_id: gid('ReverseFulfillmentOrderLineItem', line?.id ?? 0n),
    disposition_type: disposition.type.toLowerCase(),
    quantity: disposition.quantity,
    location_id: disposition.locationId ?? null,
    reverse_fulfillment_order: {
      id: reverse.id,
      admin_graphql_api_id: gid('ReverseFulfillmentOrder', reverse.id),
      status: reverse.status.toLowerCase(),
    },
  };
}
