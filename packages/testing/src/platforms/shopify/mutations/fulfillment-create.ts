import { apiError } from '../api-error.ts';
import { idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { fulfill, type Packed } from '../life/fulfill.ts';
import { isOpen } from '../order-status.ts';
import type { FulfillmentOrderRecord, TrackingRecord } from '../records.ts';
import { unsupported } from '../unsupported.ts';
import type { View } from '../views/views.ts';
import { userError, type UserError } from './user-error.ts';

type Args = {
  readonly fulfillment: {
    readonly lineItemsByFulfillmentOrder: readonly {
      readonly fulfillmentOrderId: string;
      readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
    }[];
    readonly trackingInfo?: TrackingInput | null;
    readonly notifyCustomer?: boolean | null;
    readonly originAddress?: unknown;
  };
};

/** What a client says of a parcel's tracking. */
export type TrackingInput = {
  readonly company?: string | null;
  readonly number?: string | null;
  readonly numbers?: readonly string[] | null;
  readonly url?: string | null;
  readonly urls?: readonly string[] | null;
};

/**
 * Ships units. The only guard against a repeat is what remains: a repeated full shipment is refused, a repeated partial
 * one is made a second time. Texts of the refusals as recorded on API 2026-04.
 */
export function fulfillmentCreate({ fulfillment: input }: Args, { shop, views }: Context): View {
  const { store } = shop;
  if (input.originAddress != null) throw unsupported('FulfillmentInput.originAddress');
  const tooFew = input.lineItemsByFulfillmentOrder.flatMap(({ fulfillmentOrderLineItems }, index) =>
    (fulfillmentOrderLineItems ?? []).flatMap(({ quantity }, at) =>
      quantity > 0
        ? []
        : [
            userError(
              [
                'fulfillment',
                'lineItemsByFulfillmentOrder',
                String(index),
                'fulfillmentOrderLineItems',
                String(at),
                'quantity',
              ],
              'Quantity must be greater than 0',
            ),
          ],
    ),
  );
  if (tooFew.length > 0) return refuse(...tooFew);
  const groups: {
    readonly record: FulfillmentOrderRecord;
    readonly wanted: readonly { readonly id: string; readonly quantity: number }[];
  }[] = [];
  for (const { fulfillmentOrderId, fulfillmentOrderLineItems } of input.lineItemsByFulfillmentOrder) {
    const id = idIn(fulfillmentOrderId, 'FulfillmentOrder');
    // An id of another type is an error of the layer above, in lower case here. Recorded on API 2026-04.
    if (id === undefined) throw apiError('RESOURCE_NOT_FOUND', 'invalid id');
    const record = store.fulfillmentOrders.get(id);
    if (!record) return refuse(userError(['fulfillment'], 'Fulfillment order does not exist.'));
    groups.push({ record, wanted: fulfillmentOrderLineItems ?? [] });
  }
  const orderIds = [...new Set(groups.map(({ record }) => record.orderId))];
  const locationIds = [...new Set(groups.map(({ record }) => record.locationId))];
  if (orderIds.length > 1) {
    return refuse(
      userError(
        ['fulfillment'],
        `All fulfillment orders must belong to the same order. Multiple orders with ids [${orderIds.join(', ')}] were found.`,
      ),
    );
  }
  if (locationIds.length > 1) {
    return refuse(
      userError(
        ['fulfillment'],
        `All fulfillment orders must be assigned to a single location. Multiple locations with ids [${locationIds.join(', ')}] were found.`,
      ),
    );
  }
  const packed: Packed[] = [];
  for (const { record, wanted } of groups) {
    if (!isOpen(record) || record.status === 'ON_HOLD' || record.status === 'SCHEDULED') {
      return refuse(
        userError(
          ['fulfillment'],
          `Fulfillment order ${record.id} has an unfulfillable status= ${record.status.toLowerCase()}.`,
        ),
      );
    }
    // A request that is not answered is not shipped; one that is asked back still can be, until its service has said yes.
    // shopify.dev, cancellation requests, read 2026-11-26. The words are ours.
    if (record.requestStatus === 'SUBMITTED') {
      return refuse(
        userError(['fulfillment'], `Fulfillment order ${record.id} has an unfulfillable request status= submitted.`),
      );
    }
    const problem = pack(record, wanted, packed);
    if (problem) return refuse(userError(['fulfillment'], problem));
  }
  const order = orderIds[0] === undefined ? undefined : store.orders.get(orderIds[0]);
  // The words for an empty list are ours; that nothing is made is sure.
  if (!order || packed.length === 0) return refuse(userError(['fulfillment'], 'Fulfillment order does not exist.'));
  const made = fulfill(shop, order, packed, {
    tracking: trackingOf(input.trackingInfo),
    notifyCustomer: input.notifyCustomer ?? false,
  });
  return { fulfillment: views.fulfillment(made), userErrors: [] };
}

function refuse(...userErrors: readonly UserError[]): View {
  return { fulfillment: null, userErrors };
}

/** Adds the wanted units to the parcel, all that remain when none are named; says why when it cannot. */
function pack(
  record: FulfillmentOrderRecord,
  wanted: readonly { readonly id: string; readonly quantity: number }[],
  packed: Packed[],
): string | undefined {
  if (wanted.length === 0) {
    for (const line of record.lines) {
      if (line.remaining > 0) packed.push({ fulfillmentOrder: record, line, quantity: line.remaining });
    }
    return undefined;
  }
  const taken = new Map<bigint, number>();
  for (const { id, quantity } of wanted) {
    const line = record.lines.find((each) => each.id === idIn(id, 'FulfillmentOrderLineItem'));
    if (!line) return 'Fulfillment order line item does not exist.';
    const sum = (taken.get(line.id) ?? 0) + quantity;
    if (sum > line.remaining) return 'Invalid fulfillment order line item quantity requested.';
    taken.set(line.id, sum);
  }
  for (const [id, quantity] of taken) {
    const line = record.lines.find((each) => each.id === id);
    if (line) packed.push({ fulfillmentOrder: record, line, quantity });
  }
  return undefined;
}

/** The parcels' numbers: `number` or several `numbers`, each with its address by position. */
export function trackingOf(input: TrackingInput | null | undefined): readonly TrackingRecord[] {
  if (!input) return [];
  const numbers = input.numbers?.length ? input.numbers : input.number ? [input.number] : [];
  const urls = input.urls?.length ? input.urls : input.url ? [input.url] : [];
  const count = Math.max(numbers.length, urls.length, input.company ? 1 : 0);
  return Array.from({ length: count }, (_, index) => ({
    company: input.company ?? undefined,
    number: numbers[index],
    url: urls[index],
  }));
}
