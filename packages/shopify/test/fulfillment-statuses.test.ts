import { fulfillmentStatuses, holdReasons, shipmentStatuses, type ShipmentStatus } from '@crossdock/core';
import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { holdWords, toFulfillmentStatus } from '../src/fulfillment-statuses.ts';
import { eventWords, toShipmentStatus } from '../src/shipment-statuses.ts';
import { trueSchema, versions } from './schema/true-schema.ts';

const ref = { system: 'shopify', kind: 'fulfillment', id: 'gid://shopify/FulfillmentOrder/1' } as const;
const shipment = { system: 'shopify', kind: 'shipment', id: 'gid://shopify/Fulfillment/1' } as const;
const nothingLeft = { nodes: [] };
const somethingLeft = { nodes: [{ status: 'CANCELLED' }, { status: 'SUCCESS' }] };

/** Every word that any supported version has. */
function wordsOf(name: string): readonly string[] {
  const words = versions.flatMap((version) => {
    const type = trueSchema(version).schema.getType(name);
    return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  });
  return [...new Set(words)];
}

const statuses = wordsOf('FulfillmentOrderStatus');
const requestStatuses = wordsOf('FulfillmentOrderRequestStatus');
const all = statuses.flatMap((status) => requestStatuses.map((requestStatus) => [status, requestStatus] as const));

/** Given back unfinished by its service, which makes it incomplete, and going on all the same. */
function isContradiction([status, requestStatus]: readonly [string, string]): boolean {
  return requestStatus === 'CLOSED' && ['OPEN', 'IN_PROGRESS', 'SCHEDULED', 'ON_HOLD'].includes(status);
}

describe('the status of a fulfillment order', () => {
  it('has seven words and eight for what was asked, in the versions that are supported', () => {
    expect([statuses.length, requestStatuses.length]).toEqual([7, 8]);
  });

  it.each(all.filter((words) => !isContradiction(words)))('is known for %s with %s', (status, requestStatus) => {
    const wire = { status, requestStatus, fulfillments: nothingLeft };
    expect(fulfillmentStatuses).toContain(toFulfillmentStatus(wire, [], ref));
  });

  it.each(all.filter(isContradiction))('waits for a person for %s with %s', (status, requestStatus) => {
    const read = () => toFulfillmentStatus({ status, requestStatus, fulfillments: nothingLeft }, [], ref);
    expect(read).toThrow(expect.objectContaining({ code: 'status.unmapped', refs: [ref] }));
  });

  it.each([
    ['OPEN', 'UNSUBMITTED', 'queued'],
    ['OPEN', 'SUBMITTED', 'submitted'],
    ['IN_PROGRESS', 'ACCEPTED', 'acknowledged'],
    ['OPEN', 'REJECTED', 'action-required'],
    ['IN_PROGRESS', 'CANCELLATION_REQUESTED', 'cancel-requested'],
    ['IN_PROGRESS', 'CANCELLATION_REJECTED', 'cancel-refused'],
    ['ON_HOLD', 'UNSUBMITTED', 'on-hold'],
    ['SCHEDULED', 'UNSUBMITTED', 'on-hold'],
    ['INCOMPLETE', 'UNSUBMITTED', 'exception'],
    ['CANCELLED', 'UNSUBMITTED', 'canceled'],
  ])('says %s with %s as %s', (status, requestStatus, wanted) => {
    expect(toFulfillmentStatus({ status, requestStatus, fulfillments: nothingLeft }, [], ref)).toBe(wanted);
  });

  it.each([
    ['CANCELLED', 'CANCELLATION_ACCEPTED'],
    ['INCOMPLETE', 'CLOSED'],
  ])('says that somebody has to ship what its service let go: %s with %s', (status, requestStatus) => {
    const statusOf = (fulfillments: typeof nothingLeft | typeof somethingLeft, remainingQuantity: number) =>
      toFulfillmentStatus({ status, requestStatus, fulfillments }, [{ remainingQuantity }], ref);
    expect(statusOf(nothingLeft, 1)).toBe('action-required');
    expect(statusOf(somethingLeft, 1)).toBe('action-required');
    expect(statusOf(somethingLeft, 0)).toBe('shipped');
    expect(statusOf(nothingLeft, 0)).toBe('canceled');
  });

  it('says that a part left, once it did', () => {
    const wire = { status: 'IN_PROGRESS', requestStatus: 'ACCEPTED', fulfillments: somethingLeft };
    expect(toFulfillmentStatus(wire, [{ remainingQuantity: 1 }, { remainingQuantity: 0 }], ref)).toBe(
      'partially-shipped',
    );
    expect(toFulfillmentStatus({ ...wire, status: 'ON_HOLD' }, [{ remainingQuantity: 1 }], ref)).toBe('on-hold');
  });

  it('does not say of what was closed with nothing shipped that it left', () => {
    const wire = { status: 'CLOSED', requestStatus: 'UNSUBMITTED' };
    const taken = { nodes: [{ status: 'CANCELLED' }] };
    expect(toFulfillmentStatus({ ...wire, fulfillments: somethingLeft }, [], ref)).toBe('shipped');
    expect(toFulfillmentStatus({ ...wire, fulfillments: nothingLeft }, [], ref)).toBe('canceled');
    expect(toFulfillmentStatus({ ...wire, fulfillments: taken }, [], ref)).toBe('canceled');
  });

  it.each([
    ['TELEPORTED', 'UNSUBMITTED'],
    ['OPEN', 'WHISPERED'],
    ['constructor', 'name'],
  ])('is a question for a person for %s with %s', (status, requestStatus) => {
    const read = () => toFulfillmentStatus({ status, requestStatus, fulfillments: nothingLeft }, [], ref);
    expect(read).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
  });
});

describe('why goods are held', () => {
  it('is known for every word of Shopify, and can be said for every word of ours', () => {
    for (const word of wordsOf('FulfillmentHoldReason')) expect(holdReasons).toContain(holdWords.decode(word));
    for (const reason of holdReasons) expect(holdWords.decode(holdWords.encode(reason))).toBe(reason);
  });
});

describe('the status of a shipment', () => {
  it('is known for every word that is shown', () => {
    for (const displayStatus of wordsOf('FulfillmentDisplayStatus')) {
      expect(shipmentStatuses).toContain(toShipmentStatus({ status: 'SUCCESS', displayStatus }, shipment));
    }
  });

  it('is known where nothing is shown', () => {
    for (const status of wordsOf('FulfillmentStatus')) {
      expect(shipmentStatuses).toContain(toShipmentStatus({ status, displayStatus: null }, shipment));
    }
  });

  it('is that nothing left, whatever a carrier reported of what was canceled or came to nothing', () => {
    for (const status of ['CANCELLED', 'ERROR', 'FAILURE']) {
      expect(toShipmentStatus({ status, displayStatus: 'IN_TRANSIT' }, shipment)).toBe('voided');
    }
  });

  it.each([
    [{ status: 'SUCCESS', displayStatus: 'TELEPORTED' }],
    [{ status: 'TELEPORTED', displayStatus: 'DELIVERED' }],
  ])('is a question for a person for %o', (wire) => {
    expect(() => toShipmentStatus(wire, shipment)).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
  });
});

describe('what a carrier can be said to have reported', () => {
  it('is understood for every word of Shopify', () => {
    for (const word of wordsOf('FulfillmentEventStatus')) expect(shipmentStatuses).toContain(eventWords.decode(word));
  });

  it.each(['label-created', 'handed-over', 'in-transit', 'out-for-delivery', 'delivered', 'exception'] as const)(
    'is "%s" there as here',
    (status) => {
      expect(eventWords.decode(eventWords.encode(status))).toBe(status);
      expect(wordsOf('FulfillmentEventStatus')).toContain(eventWords.encode(status));
    },
  );

  it.each(['created', 'returning', 'returned', 'voided'] satisfies ShipmentStatus[])(
    'has no word for "%s"',
    (status) => {
      expect(() => eventWords.encode(status)).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
    },
  );
});
