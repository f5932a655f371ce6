import { idIn } from '../gid.ts';
import type { Units } from '../life/fulfillment-orders.ts';
import type { FulfillmentOrderRecord } from '../records.ts';
import { userError, type UserError } from './user-error.ts';

/** The units that are named of a fulfillment order, or what is wrong with them. */
export function unitsOf(
  record: FulfillmentOrderRecord,
  wanted: readonly { readonly id: string; readonly quantity: number }[],
  field: readonly string[],
  codes: { readonly few?: string; readonly wrong?: string; readonly twice?: string } = {},
): Units | UserError {
  const units: { readonly line: FulfillmentOrderRecord['lines'][number]; readonly quantity: number }[] = [];
  for (const [index, { id, quantity }] of wanted.entries()) {
    const at = [...field, String(index)];
    const line = record.lines.find((each) => each.id === idIn(id, 'FulfillmentOrderLineItem'));
    if (quantity < 1) return userError([...at, 'quantity'], 'Quantity must be greater than 0', codes.few);
    if (!line) return userError([...at, 'id'], 'Fulfillment order line item does not exist.', codes.wrong);
    if (units.some((each) => each.line === line)) {
      return userError([...at, 'id'], 'The fulfillment order line items are not unique.', codes.twice);
    }
    if (quantity > line.remaining) {
      const words = 'Invalid fulfillment order line item quantity requested.';
      return userError([...at, 'quantity'], words, codes.wrong);
    }
    units.push({ line, quantity });
  }
  return units;
}
