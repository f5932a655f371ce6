import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import {
  financialWords,
  fulfillmentWords,
  toOrderStatus,
  toPaymentStatus,
  transactionKindWords,
  transactionStatusWords,
} from '../src/statuses.ts';

const order = {
  name: '#1042',
  cancelledAt: null,
  confirmed: true,
  displayFulfillmentStatus: 'UNFULFILLED',
  returnStatus: 'NO_RETURN',
} as const;
const kept = [{ currentQuantity: 1 }];
const gone = [{ currentQuantity: 0 }];

describe('the status of an order', () => {
  it.each([
    ['UNFULFILLED', 'confirmed'],
    ['OPEN', 'confirmed'],
    ['IN_PROGRESS', 'allocated'],
    ['PENDING_FULFILLMENT', 'allocated'],
    ['PARTIALLY_FULFILLED', 'partially-shipped'],
    ['FULFILLED', 'fulfilled'],
    ['FULFILLMENT_NOT_REQUIRED', 'fulfilled'],
    ['ON_HOLD', 'on-hold'],
    ['SCHEDULED', 'on-hold'],
    ['REQUEST_DECLINED', 'on-hold'],
  ])('%s is %s', (displayFulfillmentStatus, status) => {
    expect(toOrderStatus({ ...order, displayFulfillmentStatus }, kept)).toBe(status);
  });

  it('is pending while no stock is reserved', () => {
    expect(toOrderStatus({ ...order, confirmed: false }, kept)).toBe('pending');
  });

  it('is canceled as soon as there is a moment of it, whatever else is said', () => {
    const canceled = { ...order, cancelledAt: '2026-11-01T00:00:00Z', displayFulfillmentStatus: 'RESTOCKED' };
    expect(toOrderStatus(canceled, kept)).toBe('canceled');
  });

  it('is returned only when nothing is left with the buyer', () => {
    const back = { ...order, displayFulfillmentStatus: 'FULFILLED', returnStatus: 'RETURNED' };
    expect(toOrderStatus(back, kept)).toBe('partially-returned');
    expect(toOrderStatus(back, gone)).toBe('returned');
    expect(toOrderStatus({ ...back, returnStatus: 'IN_PROGRESS' }, kept)).toBe('fulfilled');
  });

  it.each(['UNFULFILLED', 'PARTIALLY_FULFILLED', 'ON_HOLD', 'IN_PROGRESS'])(
    'still waits for a warehouse when a part came back and the rest is %s',
    (displayFulfillmentStatus) => {
      const back = { ...order, displayFulfillmentStatus, returnStatus: 'RETURNED' };
      expect(toOrderStatus(back, kept)).toBe(toOrderStatus({ ...back, returnStatus: 'NO_RETURN' }, kept));
    },
  );

  it.each([
    ['displayFulfillmentStatus', 'RESTOCKED'],
    ['displayFulfillmentStatus', 'TELEPORTED'],
    ['displayFulfillmentStatus', 'toString'],
    ['returnStatus', 'LOST_AT_SEA'],
  ])('waits for a person at %s = %s', (field, word) => {
    expect(codeOf(() => toOrderStatus({ ...order, [field]: word }, kept))).toBe('status.unmapped');
  });
});

describe('the status of a payment', () => {
  it.each([
    ['PENDING', 'pending'],
    ['AUTHORIZED', 'authorized'],
    ['PARTIALLY_PAID', 'partially-paid'],
    ['PAID', 'paid'],
    ['PARTIALLY_REFUNDED', 'partially-refunded'],
    ['REFUNDED', 'refunded'],
    ['VOIDED', 'voided'],
    ['EXPIRED', 'expired'],
  ] as const)('%s is %s, both ways', (wire, status) => {
    expect(toPaymentStatus({ name: '#1042', displayFinancialStatus: wire })).toBe(status);
    expect(financialWords.encode(status)).toBe(wire);
  });

  it('waits for a person where Shopify says none, or a new word', () => {
    expect(codeOf(() => toPaymentStatus({ name: '#1042', displayFinancialStatus: null }))).toBe('status.unmapped');
    expect(codeOf(() => toPaymentStatus({ name: '#1042', displayFinancialStatus: 'IOU' }))).toBe('status.unmapped');
  });
});

it('says which order waits for a person', () => {
  const strange = { ...order, displayFulfillmentStatus: 'TELEPORTED', displayFinancialStatus: 'IOU' };
  expect(() => toOrderStatus(strange, kept)).toThrow(/^Order "#1042" was not taken over: "TELEPORTED"/);
  expect(() => toPaymentStatus(strange)).toThrow(/^Order "#1042" was not taken over: "IOU"/);
});

describe('the words of a transaction', () => {
  it('knows every kind and status, and holds a proposal that moved no money', () => {
    expect(transactionKindWords.decode('EMV_AUTHORIZATION')).toBe('authorization');
    expect(transactionStatusWords.decode('ERROR')).toBe('failed');
    expect(transactionStatusWords.decode('AWAITING_RESPONSE')).toBe('pending');
    expect(codeOf(() => transactionKindWords.decode('SUGGESTED_REFUND'))).toBe('status.unmapped');
  });
});

describe('the way back', () => {
  it('says what Shopify has a word for, and refuses the rest', () => {
    expect(fulfillmentWords.encode('partially-shipped')).toBe('PARTIALLY_FULFILLED');
    expect(codeOf(() => fulfillmentWords.encode('delivered'))).toBe('status.unmapped');
  });
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isCommerceError(error)) return error.code;
  }
  return 'no error';
}
