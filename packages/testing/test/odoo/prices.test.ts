import { readFileSync } from 'node:fs';
import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

type Vals = Readonly<Record<string, Json>>;

/** A rule of a price list, and what a line got by it. Ours, of Odoo 19.0, 2026-11-26. */
interface Recorded {
  readonly name: string;
  readonly currency: 'USD' | 'EUR';
  readonly rule: Vals;
  readonly line: Vals;
  readonly price_unit?: number;
  readonly discount?: number;
  readonly price_subtotal?: number;
  readonly refused?: string;
}

const recorded = readFileSync(new URL('samples/prices.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded); // Our own recordings, in our own form.

/** The recorded shop: a product of 11 USD that costs 5, a euro for 1.25 dollars, and the lists that others are based on. */
function shop() {
  const odoo = fakeOdoo();
  const product = odoo.state.add('product.product', {
    name: 'Priced',
    default_code: 'PRICED',
    list_price: 11,
    standard_price: 5,
    taxes_id: [[6, 0, []]],
  });
  const partner = odoo.state.addPartner({ name: 'Prices' });
  // Makes the currency active, at its rate.
  odoo.state.addPricelist({ name: 'Rate', currency: 'EUR', rate: 0.8 });
  const currency = (name: string) =>
    Number(odoo.state.records('res.currency').find((one) => one['name'] === name)?.['id']);
  const list = (rules: readonly Vals[], of: 'USD' | 'EUR' = 'USD') =>
    odoo.state.add('product.pricelist', {
      name: 'P',
      currency_id: currency(of),
      item_ids: rules.map((rule) => [0, 0, rule]),
    });
  const half = list([{ compute_price: 'percentage', percent_price: 50 }]);
  const base: Readonly<Record<string, number>> = {
    half,
    fixedUsd: list([{ compute_price: 'fixed', fixed_price: 8 }]),
    eurFixed: list([{ compute_price: 'fixed', fixed_price: 4 }], 'EUR'),
    none: list([]),
    chain: list([{ compute_price: 'percentage', percent_price: 10, base: 'pricelist', base_pricelist_id: half }]),
    formula: list([{ compute_price: 'formula', price_discount: 20 }]),
  };
  const ruleOf = (rule: Vals): Vals => ({
    ...rule,
    ...(typeof rule['base_pricelist_id'] === 'string' ? { base_pricelist_id: base[rule['base_pricelist_id']] } : {}),
  });
  return { odoo, product, partner, list, ruleOf };
}

async function lineOf(odoo: Odoo, order: Vals, line: Vals): Promise<Json> {
  const made = await call(odoo, 'sale.order.create', { vals_list: { ...order, order_line: [[0, 0, line]] } });
  const lines = await call(odoo, 'sale.order.line.search_read', {
    domain: [['order_id', '=', at(made.body, 0)]],
    fields: ['price_unit', 'discount', 'price_subtotal'],
  });
  return at(lines.body, 0);
}

describe('price lists', () => {
  const priced = recorded.filter(({ refused }) => refused === undefined);

  it.each(priced.map((one) => [one.name, one.currency, JSON.stringify(one.line), one] as const))(
    'asks the recorded price: %s in %s %s',
    async (_name, _currency, _line, one) => {
      const { odoo, product, partner, list, ruleOf } = shop();
      const pricelist = list([ruleOf(one.rule)], one.currency);

      const line = await lineOf(
        odoo,
        { partner_id: partner, pricelist_id: pricelist },
        { product_id: product, ...one.line },
      );

      expect(at(line, 'price_unit')).toBeCloseTo(one.price_unit ?? NaN, 9);
      expect(at(line, 'discount')).toBe(one.discount);
      expect(at(line, 'price_subtotal')).toBe(one.price_subtotal);
    },
  );

  it.each(recorded.filter(({ refused }) => refused !== undefined).map((one) => [one.name, one.currency, one] as const))(
    'refuses an impossible rule as recorded: %s in %s',
    (_name, _currency, one) => {
      const { list, ruleOf } = shop();

      expect(() => list([ruleOf(one.rule)], one.currency)).toThrow(one.refused);
    },
  );

  it('asks what held on the date of the order', async () => {
    const { odoo, product, partner, list } = shop();
    const january = list([{ compute_price: 'percentage', percent_price: 10, date_end: '2026-01-31 00:00:00' }]);
    const order = { partner_id: partner, pricelist_id: january };

    const then = await lineOf(odoo, { ...order, date_order: '2026-01-15 10:00:00' }, { product_id: product });
    const later = await lineOf(odoo, { ...order, date_order: '2026-02-15 10:00:00' }, { product_id: product });

    expect(then).toMatchObject({ price_unit: 11, discount: 10 });
    expect(later).toMatchObject({ price_unit: 11, discount: 0 });
  });

  it('brings the price of the list back when the quantity changes, but not over a price that was written', async () => {
    const { odoo, product, partner, list } = shop();
    const pricelist = list([{ compute_price: 'percentage', percent_price: 10 }]);
    const line = await lineOf(
      odoo,
      { partner_id: partner, pricelist_id: pricelist },
      { product_id: product, price_unit: 3, discount: 5 },
    );
    const ids = [Number(at(line, 'id'))];
    const after = async (vals: Vals) => {
      await call(odoo, 'sale.order.line.write', { ids, vals });
      const read = await call(odoo, 'sale.order.line.read', { ids, fields: ['price_unit', 'discount'] });
      return [at(read.body, 0, 'price_unit'), at(read.body, 0, 'discount')];
    };

    expect([at(line, 'price_unit'), at(line, 'discount')]).toEqual([3, 5]);
    expect(await after({ product_uom_qty: 3 })).toEqual([11, 10]);
    expect(await after({ product_uom_qty: 4, discount: 5 })).toEqual([11, 5]);
    expect(await after({ product_uom_id: 2 })).toEqual([66, 10]);
    expect(await after({ price_unit: 2 })).toEqual([2, 10]);
    expect(await after({ product_uom_qty: 7 })).toEqual([2, 10]);
  });
});
