import { orderSchema, type Order } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { settingsOf } from '../src/options.ts';
import { toOrder, type OrderSurroundings } from '../src/order-record.ts';
import { orderLineRow, orderRow } from '../src/wire/order.ts';
import { partnerRow } from '../src/wire/partner.ts';

const settings = settingsOf({
  url: 'https://erp.example.com',
  database: 'shop',
  apiKey: 'key-of-the-hub',
  version: '19',
  feeProduct: 'FEE',
});

/** S00007 as it was recorded after its confirmation, with the noise of its floats. */
const wire = {
  id: 6,
  name: 'S00007',
  state: 'sale',
  locked: false,
  client_order_ref: 'SHOP-1001',
  origin: 'shopify:gid://Order/1001',
  partner_id: [16, 'Jane Doe'],
  partner_invoice_id: [16, 'Jane Doe'],
  partner_shipping_id: [17, 'Jane Doe, Jane Doe (work)'],
  currency_id: [1, 'USD'],
  date_order: '2026-11-23 12:35:03',
  amount_total: 52.12,
  amount_tax: 3.64,
  delivery_status: 'pending',
  invoice_status: 'to invoice',
  order_line: [1, 2, 3, 4],
  picking_ids: [1],
  invoice_ids: [],
  write_date: '2026-11-23 12:35:03',
};
const line = { display_type: false, qty_delivered: 0, discount: 0, product_uom_qty: 1 };
const wireLines = [
  {
    ...line,
    id: 1,
    product_id: [2, '[SKU-0001] Widget 1'],
    name: 'Widget 1 (blue)',
    product_uom_qty: 2,
    price_unit: 19.99,
    discount: 10,
    tax_ids: [5],
    price_subtotal: 35.98,
    price_tax: 3.190000000000005,
    price_total: 39.17,
  },
  {
    ...line,
    id: 2,
    product_id: [3, '[SKU-0002] Widget 2'],
    name: '[SKU-0002] Widget 2',
    price_unit: 5,
    tax_ids: [5],
    price_subtotal: 5,
    price_tax: 0.4400000000000004,
    price_total: 5.44,
  },
  {
    ...line,
    id: 3,
    product_id: [24, '[SHIP] Shipping'],
    name: 'UPS Ground',
    price_unit: 7.5,
    tax_ids: [],
    price_subtotal: 7.5,
    price_tax: 0,
    price_total: 7.5,
  },
  {
    ...line,
    id: 4,
    product_id: false,
    name: 'Gift message',
    product_uom_qty: 0,
    price_unit: 0,
    tax_ids: [],
    price_subtotal: 0,
    price_tax: 0,
    price_total: 0,
    display_type: 'line_note',
  },
];
const partner = {
  ref: false,
  email: false,
  phone: false,
  vat: false,
  is_company: false,
  company_name: false,
  parent_id: false,
  type: 'contact',
  street2: false,
  city: 'New York',
  zip: '10001',
  state_id: [35, 'New York (US)'],
  country_id: [233, 'United States'],
  write_date: '2026-11-23 12:00:00',
};
const partners = [
  { ...partner, id: 16, name: 'Jane Doe', ref: 'C-1001', street: '1 Main St' },
  { ...partner, id: 17, name: 'Jane Doe (work)', street: '500 5th Ave', parent_id: [16, 'Jane Doe'] },
];

function read(change: object = {}, lines: readonly object[] = wireLines): Order {
  const around: OrderSurroundings = {
    ref: { system: 'odoo', kind: 'order', id: '6' },
    lines: z.array(orderLineRow('tax_ids').schema).parse(lines),
    deliveryLines: new Set([3]),
    products: new Map([
      [2, { sku: 'SKU-0001', service: false }],
      [3, { sku: 'SKU-0002', service: false }],
      [24, { sku: 'SHIP', service: true }],
    ]),
    taxes: new Map([[5, { id: 5, name: '8.875 %', amount: 8.875, amount_type: 'percent' }]]),
    partners: new Map(
      z
        .array(partnerRow.schema)
        .parse(partners)
        .map((one) => [one.id, one]),
    ),
    countries: new Map([[233, 'US']]),
    paymentStatus: 'pending',
  };
  return toOrder(orderRow.schema.parse({ ...wire, ...change }), around, settings);
}

describe('an order of Odoo in canonical words', () => {
  it('is one that the model accepts', () => {
    expect(() => orderSchema.parse(read())).not.toThrow();
  });

  it('has amounts without the noise of floats, and the sums that Odoo states', () => {
    const order = read();
    expect(
      order.lines.map(({ unitPrice, total, taxes }) => [unitPrice.amount, total.amount, taxes[0]?.amount.amount]),
    ).toEqual([
      ['19.99', '35.98', '3.19'],
      ['5.00', '5.00', '0.44'],
    ]);
    expect(order.lines[0]?.discounts[0]?.amount.amount).toBe('4.00');
    expect(order.lines[0]?.taxes[0]).toMatchObject({ title: '8.875 %', rate: '0.08875' });
    expect(order.shippingLines.map(({ title, total }) => [title, total.amount])).toEqual([['UPS Ground', '7.50']]);
    expect(order.totals).toMatchObject({
      goods: { amount: '40.98' },
      shipping: { amount: '7.50' },
      tax: { amount: '3.64' },
      total: { amount: '52.12' },
    });
  });

  it('knows whose it is and where it goes', () => {
    const order = read();
    expect(order.buyer).toMatchObject({ name: 'Jane Doe', accountNumber: 'C-1001', ref: { id: '16' } });
    expect(order.billingAddress).toMatchObject({ lines: ['1 Main St'], subdivision: 'New York', countryCode: 'US' });
    expect(order.shippingAddress).toMatchObject({ name: 'Jane Doe (work)', lines: ['500 5th Ave'] });
  });

  it.each([
    ['draft', false, 'pending'],
    ['sent', false, 'pending'],
    ['sale', false, 'confirmed'],
    ['sale', 'pending', 'confirmed'],
    ['sale', 'started', 'allocated'],
    ['sale', 'partial', 'partially-shipped'],
    ['sale', 'full', 'fulfilled'],
    ['cancel', 'full', 'canceled'],
  ])('is, in the state "%s" with deliveries "%s", %s', (state, delivery, status) => {
    expect(read({ state, delivery_status: delivery }).status).toBe(status);
  });

  it.each([{ state: 'on_hold' }, { delivery_status: 'mostly' }])('waits for a person with the word %o', (change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'status.unmapped' }));
  });

  it('sees that prices hold the tax', () => {
    const included = {
      ...line,
      id: 1,
      product_id: [2, 'x'],
      name: 'x',
      price_unit: 12,
      tax_ids: [5],
      price_subtotal: 10,
      price_tax: 2,
      price_total: 12,
    };
    const order = read({ amount_total: 12, amount_tax: 2 }, [included]);
    expect(order.taxesIncluded).toBe(true);
    expect(order.lines[0]?.total.amount).toBe('12.00');
  });

  it('refuses an order in which some prices hold the tax and some do not', () => {
    const included = {
      ...line,
      id: 9,
      product_id: [2, 'x'],
      name: 'x',
      price_unit: 12,
      tax_ids: [5],
      price_subtotal: 10,
      price_tax: 2,
      price_total: 12,
    };
    expect(() => read({}, [...wireLines, included])).toThrow(expect.objectContaining({ code: 'tax.mismatch' }));
  });
});
