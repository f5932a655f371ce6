import type { Discount, Money, Order, OrderLine, TaxLine } from '@crossdock/core/model';

export const euro = (amount: string): Money => ({ amount, currency: 'EUR' });
export const tax = (amount: string, rate?: string): TaxLine => ({
  title: 'VAT',
  amount: euro(amount),
  owedBy: 'seller',
  ...(rate !== undefined && { rate }),
});
export const discount = (amount: string): Discount => ({
  kind: 'code',
  title: 'Spring',
  code: 'SPRING',
  amount: euro(amount),
});

export function line(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    id: 'l1',
    sku: 'MUG-RED',
    title: 'Red mug',
    quantity: 3,
    unitPrice: euro('12.99'),
    discounts: [discount('3.90')],
    taxes: [tax('6.66', '0.19')],
    total: euro('35.07'),
    requiresShipping: true,
    ...changes,
  };
}

/** Three mugs with a code, carriage, gift wrap and 19 % on top: 35.07 + 4.90 + 2.00 + 7.97. */
export function order(changes: Partial<Order> = {}): Order {
  return {
    ref: { system: 'shop', kind: 'order', id: '7' },
    number: '1042',
    status: 'confirmed',
    paymentStatus: 'paid',
    wireStatus: { status: 'processing' },
    currency: 'EUR',
    taxesIncluded: false,
    lines: [line()],
    shippingLines: [
      {
        id: 's1',
        title: 'Parcel',
        price: euro('4.90'),
        discounts: [],
        taxes: [tax('0.93', '0.19')],
        total: euro('4.90'),
      },
    ],
    feeLines: [
      { id: 'f1', title: 'Gift wrap', price: euro('2.00'), taxes: [tax('0.38', '0.19')], total: euro('2.00') },
    ],
    discounts: [],
    totals: {
      goods: euro('35.07'),
      discount: euro('3.90'),
      shipping: euro('4.90'),
      fees: euro('2.00'),
      tax: euro('7.97'),
      total: euro('49.94'),
    },
    transactions: [],
    tags: [],
    placedAt: '2026-11-23T13:36:43Z',
    updatedAt: '2026-11-23T13:36:43Z',
    ...changes,
  };
}
