import { serviceOf } from '../life/services.ts';
import { fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type { FulfillmentOrderRecord } from '../records.ts';
import type { Store } from '../store.ts';

/**
 * What may be done now. The set of an open one that the merchant ships himself as recorded on API 2026-04; those of
 * services from shopify.dev, cancellation requests, and from what each mutation says of itself, read 2026-11-26.
 */
export function actionsOf(store: Store, record: FulfillmentOrderRecord, version: string): readonly string[] {
  if (!isOpen(record)) return [];
  // The word came with 2026-04. Schema of the Admin API, read 2026-11-26.
  const report = version >= '2026-04' ? ['REPORT_PROGRESS'] : [];
  if (record.status === 'ON_HOLD') return ['RELEASE_HOLD', 'HOLD', 'MOVE'];
  if (record.status === 'SCHEDULED') return ['MARK_AS_OPEN'];
  const units = record.lines.reduce((total, { remaining }) => total + remaining, 0);
  const split = units > 1 ? ['SPLIT'] : [];
  if (serviceOf(store, record)) {
    switch (record.requestStatus) {
      case 'UNSUBMITTED':
      case 'REJECTED':
        return ['REQUEST_FULFILLMENT', 'CREATE_FULFILLMENT', 'MOVE', 'HOLD', ...split];
      case 'SUBMITTED':
        return ['CANCEL_FULFILLMENT_ORDER'];
      case 'ACCEPTED':
      case 'CANCELLATION_REJECTED':
        return ['CREATE_FULFILLMENT', ...report, 'REQUEST_CANCELLATION'];
      case 'CANCELLATION_REQUESTED':
        return ['CREATE_FULFILLMENT', 'CANCEL_FULFILLMENT_ORDER'];
      case 'CANCELLATION_ACCEPTED':
      case 'CLOSED':
        return ['REQUEST_FULFILLMENT', 'CREATE_FULFILLMENT', 'HOLD'];
    }
  }
  if (record.progress) return ['CREATE_FULFILLMENT', ...report, 'HOLD', 'MARK_AS_OPEN'];
  const others = fulfillmentOrdersOf(store, record.orderId).filter(
    (each) => each !== record && each.locationId === record.locationId && each.status === 'OPEN' && isOpen(each),
  );
  return ['CREATE_FULFILLMENT', ...report, 'MOVE', 'HOLD', ...split, ...(others.length > 0 ? ['MERGE'] : [])];
}
