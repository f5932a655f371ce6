import { describe, expect, it } from 'vitest';
import { odoo, odooImport } from '../src/index.ts';
import { settingsOf } from '../src/options.ts';
import { fromDraft } from '../src/order-draft.ts';
import { orderTable } from '../src/order-table.ts';
import { aDiscount, aDraft, aLine, aTax, eur } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { aWorld } from './world.ts';

const options = {
  url: 'https://erp.example.com',
  database: 'acme',
  apiKey: 'key',
  discountProduct: 'OFF',
  shippingProduct: 'SHIP',
  taxAmounts: 'channel',
  taxes: [
    { rate: '0.2', included: true, tax: 6 },
    { rate: '0.2', tax: 5 },
    { title: 'City', tax: 7 },
  ],
} as const;
const settings = settingsOf(options);

/** What the lines state, by their key. */
function statedIn(draft: ReturnType<typeof aDraft>) {
  return Object.fromEntries(fromDraft(draft, settings).map(({ key, stated }) => [key, stated]));
}

describe('the taxes that a channel states', () => {
  it('are on each line by Odoo’s tax, those of carriage too', () => {
    const lines = [aLine({ price: '0.99', taxes: [aTax('0.2', '0.19'), aTax('0.01', '0.01', { title: 'City' })] })];
    const shippingLines = [
      { id: 's', title: 'Ship', price: eur('5.00'), total: eur('5.00'), discounts: [], taxes: [aTax('0.2', '0.99')] },
    ];
    expect(statedIn(aDraft({ lines, shippingLines }))).toEqual({
      l1: {
        taxes: [
          { tax: 5, amount: '0.19' },
          { tax: 7, amount: '0.01' },
        ],
      },
      s1: { taxes: [{ tax: 5, amount: '0.99' }] },
    });
  });

  it('leave the price without them, where the price holds them', () => {
    const lines = [aLine({ price: '12.00', taxes: [aTax('0.2', '2.01')] })];
    expect(statedIn(aDraft({ lines, taxesIncluded: true }))).toEqual({
      l1: { taxes: [{ tax: 6, amount: '2.01' }], net: '9.99' },
    });
  });

  it('are all on the goods, and none on their reduction', () => {
    const line = aLine({
      quantity: 3,
      price: '10.00',
      total: '29.99',
      discounts: [aDiscount('0.01')],
      taxes: [aTax('0.2', '6.01')],
    });
    expect(statedIn(aDraft({ lines: [line] }))).toEqual({
      l1: { taxes: [{ tax: 5, amount: '6.01' }] },
      l1d: { taxes: [{ tax: 5, amount: '0' }] },
    });
    expect(statedIn(aDraft({ lines: [line], taxesIncluded: true }))).toEqual({
      l1: { taxes: [{ tax: 6, amount: '6.01' }], net: '23.99' },
      l1d: { taxes: [{ tax: 6, amount: '0' }], net: '-0.01' },
    });
  });

  it('stand in the order as Odoo 19 keeps them', () => {
    const draft = aDraft({
      lines: [aLine({ quantity: 2, price: '10.00', taxes: [aTax('0.2', '3.99')] }), aLine({ id: '2' })],
    });
    const { fields, rows } = orderTable(draft, {
      externalId: 'crossdock.order_1',
      origin: 'shop:1',
      partners: { customerId: 1, invoiceId: 1, shippingId: 1 },
      route: { warehouseId: undefined, team: undefined, pricelist: undefined },
      lines: fromDraft(draft, settings),
      productIds: new Map([['SKU-0001', 3]]),
      shape: { taxField: 'tax_ids', marksDelivery: false },
      currencyId: 2,
    });
    const cells = rows.map((row) => row[fields.indexOf('order_line/extra_tax_data')]);
    expect(JSON.parse(cells[0] ?? '')).toEqual({
      currency_id: 2,
      price_unit: 10,
      discount: 0,
      quantity: 2,
      manual_tax_amounts: { 5: { tax_amount_currency: 3.99 } },
    });
    expect(cells[1]).toBe('');
  });

  it('are refused at the door for 17 and 18', () => {
    for (const version of ['17', '18'] as const)
      expect(() => odoo({ ...options, version, login: 'me' })).toThrow(/taxAmounts/);
  });

  it.each(['17.0', '18.0'] as const)(
    'are refused before anything is made on a server that turns out to be %s',
    async (version) => {
      const world = aWorld(version, { taxAmounts: 'channel' });
      const draft = aDraft({ lines: [aLine({ sku: 'TEE' })], customer: world.customer });
      await expect(world.erp.orders.create(draft, { idempotencyKey: 'k' })).rejects.toMatchObject({
        code: 'options.invalid',
      });
      const [outcome] = await odooImport(world.options).orders([
        { draft, customer: world.customer, idempotencyKey: 'k' },
      ]);
      expect(outcome).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
      expect(world.state.saleOrders).toEqual([]);
    },
  );

  it.each(['orders.create', 'a batch'])(
    'make the channel’s sum in an Odoo 19, by %s, without a line for cents',
    async (way) => {
      const world = await aWorldWithAction('19.0', { taxAmounts: 'channel' });
      const lines = ['1', '2', '3'].map((id) => aLine({ id, sku: 'TEE', price: '0.99', taxes: [aTax('0.2', '0.20')] }));
      const draft = aDraft({ lines, customer: world.customer });
      const item = { draft, customer: world.customer, idempotencyKey: 'k' };
      const importer = world.importer({ serverAction: undefined });
      await (way === 'orders.create' ? world.erp.orders.create(draft, item) : importer.orders([item]));
      const sums = ['state', 'amount_tax', 'amount_total'] as const;
      const [order] = await world.client().searchRead('sale.order', sums, { domain: [] });
      expect(order).toMatchObject({ state: 'sale', amount_tax: 0.6, amount_total: 3.57 });
      expect(await world.client().searchRead('sale.order.line', ['name'], { domain: [] })).toHaveLength(3);
    },
  );
});
