import { gid } from '../gid.ts';
import { netOf } from '../order-sums.ts';
import { lineInPresentment } from '../presented.ts';
import type { FulfillmentRecord, OrderRecord } from '../records.ts';
import { both, required, type View, type Views } from './views.ts';

/** One item of a parcel. */
export function fulfillmentLineView(
  views: Views,
  order: OrderRecord,
  { id, lineId, quantity }: FulfillmentRecord['lines'][number],
): View {
  const line = required(
    order.lines.find((each) => each.id === lineId),
    `line ${lineId}`,
  );
  const theirs = lineInPresentment(order, line);
  return {
    __typename: 'FulfillmentLineItem',
    id: gid('FulfillmentLineItem', id),
    quantity,
    lineItem: () => views.line(order, line),
    ...both(order, 'originalTotal', line.unitPrice * BigInt(quantity), theirs.unitPrice * BigInt(quantity)),
    ...both(order, 'discountedTotal', netOf(line, quantity), netOf(theirs, quantity)),
  };
}
