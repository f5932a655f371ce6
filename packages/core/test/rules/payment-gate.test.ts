import { describe, expect, it } from 'vitest';
import {
  onAccount,
  paymentGate,
  paymentStatuses,
  prepaid,
  type PaymentPolicy,
  type PaymentStatus,
} from '@crossdock/core/model';
import { euro, order } from './full-order.ts';

const shipped = (policy: PaymentPolicy): PaymentStatus[] =>
  paymentStatuses.filter((paymentStatus) => paymentGate(order({ paymentStatus }), policy).pass);

describe('paymentGate', () => {
  it('ships prepaid orders when the money is there or reserved', () => {
    expect(shipped(prepaid)).toEqual(['authorized', 'paid', 'partially-refunded']);
  });

  it('ships on account before the money comes, and not after it went back', () => {
    expect(shipped(onAccount)).toEqual(['pending', 'authorized', 'partially-paid', 'paid', 'partially-refunded']);
  });

  it('says whether to wait or to ask', () => {
    expect(paymentGate(order({ paymentStatus: 'pending' }), prepaid)).toMatchObject({
      pass: false,
      finding: { code: 'payment.missing', path: 'paymentStatus', paymentStatus: 'pending', refs: [{ id: '7' }] },
    });
    expect(paymentGate(order({ paymentStatus: 'voided' }), prepaid)).toMatchObject({
      finding: { code: 'payment.failed' },
    });
  });

  it('does not wait for money that nobody owes', () => {
    const free = { totals: { ...order().totals, total: euro('0.00') } };
    expect(paymentGate(order({ ...free, paymentStatus: 'pending' }), prepaid).pass).toBe(true);
    expect(paymentGate(order({ ...free, paymentStatus: 'voided' }), prepaid).pass).toBe(false);
  });

  it('does not take amounts that nobody states for nothing to pay', () => {
    const unknown = { totals: { ...order().totals, total: euro('0.00') }, amounts: 'not-stated' } as const;
    expect(paymentGate(order({ ...unknown, paymentStatus: 'pending' }), prepaid).pass).toBe(false);
  });

  it('does not ship what somebody ordered to try the channel, whatever its payment says', () => {
    for (const policy of [prepaid, onAccount]) {
      expect(paymentGate(order({ paymentStatus: 'paid', test: true }), policy)).toMatchObject({
        pass: false,
        finding: { code: 'payment.test', path: 'test', paymentStatus: 'paid', refs: [{ id: '7' }] },
      });
    }
    const free = { totals: { ...order().totals, total: euro('0.00') } };
    expect(paymentGate(order({ ...free, paymentStatus: 'pending', test: true }), prepaid).pass).toBe(false);
  });

  it('goes by the payment of a test order in a shop that is being built', () => {
    const passed = paymentStatuses.filter(
      (paymentStatus) =>
        paymentGate(order({ paymentStatus, test: true }), prepaid, { testOrders: 'as-any-other' }).pass,
    );

    expect(passed).toEqual(shipped(prepaid));
  });
});
