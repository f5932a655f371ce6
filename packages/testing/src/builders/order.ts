import type { Order, OrderDraft, OrderLine } from '@crossdock/core';
import { anAddress } from './address.ts';
import { money } from './money.ts';

/** A valid line: two red tees at £12.00 each, tax included, with `change` on top. */
export function anOrderLine(change: Partial<OrderLine> = {}): OrderLine {
  return {
    id: 'line-1',
    sku: 'TEE-RED-M',
    title: 'Tee, red, M',
    quantity: 2,
    unitPrice: money('12.00'),
    discounts: [],
    taxes: [{ title: 'VAT', rate: '0.2', amount: money('4.00'), owedBy: 'seller' }],
    total: money('24.00'),
    requiresShipping: true,
    ...change,
  };
}

/** A valid, paid order of a shop: £24.00 of goods and £4.80 of carriage, tax included, with `change` on top. */
export function anOrder(change: Partial<Order> = {}): Order {
  return {
    ref: { system: 'shop', kind: 'order', id: '1042' },
    number: '#1042',
    status: 'confirmed',
    paymentStatus: 'paid',
    wireStatus: { financial: 'PAID' },
    buyer: { ref: { system: 'shop', kind: 'customer', id: '7' }, name: 'Ada Byron', email: 'ada@example.test' },
    billingAddress: anAddress(),
    shippingAddress: anAddress(),
    currency: 'GBP',
    taxesIncluded: true,
    lines: [anOrderLine()],
    shippingLines: [
      {
        id: 'shipping-1',
        title: 'Standard',
        service: 'Standard',
        price: money('4.80'),
        discounts: [],
        taxes: [{ title: 'VAT', rate: '0.2', amount: money('0.80'), owedBy: 'seller' }],
        total: money('4.80'),
      },
    ],
    feeLines: [],
    discounts: [],
    totals: {
      goods: money('24.00'),
      discount: money('0.00'),
      shipping: money('4.80'),
      fees: money('0.00'),
      tax: money('4.80'),
      total: money('28.80'),
    },
    transactions: [
      {
        id: 'transaction-1',
        kind: 'sale',
        status: 'succeeded',
        gateway: 'card',
        amount: money('28.80'),
        processedAt: '2026-11-01T09:00:00.000Z',
      },
    ],
    tags: [],
    placedAt: '2026-11-01T09:00:00.000Z',
    updatedAt: '2026-11-01T09:00:00.000Z',
    ...change,
  };
}

/** The same order as a draft for another system, whose customer is `customer`; with `change` on top. */
export function anOrderDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  const { ref, wireStatus: _words, updatedAt: _at, status: _status, ...rest } = anOrder();
  return { ...rest, source: ref, customer: { system: 'erp', kind: 'customer', id: '7' }, ...change };
}
