import { CommerceError, type Ref } from '@crossdock/core';
import * as z from 'zod';
import { many2one, recordId, rowOf, type OdooClient } from '../../src/index.ts';

const named = rowOf(z.object({ id: recordId, name: z.string() }));
const product = rowOf(z.object({ id: recordId, product_tmpl_id: many2one }));
const warehouse = rowOf(z.object({ id: recordId, code: z.string(), lot_stock_id: many2one, company_id: many2one }));
const anyAnswer = { answer: z.unknown(), safety: 'once' } as const;

/** A warehouse and the place in it where goods lie. */
export interface Warehouse {
  readonly id: number;
  readonly code: string;
  readonly stock: number;
}

/** What the tests of one run put into Odoo by hand, as a person would. Everything it makes has the run's name in it. */
export function seeds(client: OdooClient, run: string) {
  return {
    addProducts,
    setStock,
    addPartner,
    addPriceList,
    addTax,
    companyOf,
    warehouses,
    bankJournal,
    addPlace,
    press,
  };

  /** Goods without taxes, billed by what was delivered. */
  async function addProducts(skus: readonly string[], price = 10) {
    const release = await client.version();
    const storable = release < 18 ? { detailed_type: 'product' } : { type: 'consu', is_storable: true };
    const values = skus.map((sku) => ({
      name: `Live ${sku}`,
      default_code: sku,
      list_price: price,
      standard_price: 3,
      invoice_policy: 'delivery',
      taxes_id: [[6, 0, []]],
      supplier_taxes_id: [[6, 0, []]],
      ...storable,
    }));
    const ids = await client.create('product.product', values);
    const rows = new Map((await client.read('product.product', ids, product)).map((row) => [row.id, row]));
    return ids.map((id, index) => ({
      sku: skus[index] ?? '',
      id,
      template: rows.get(id)?.product_tmpl_id.id ?? missing('product', String(id)),
    }));
  }

  /** Counts a product: so many are there, whatever was there before. */
  async function setStock(productIds: readonly number[], location: number, quantity: number): Promise<void> {
    const values = productIds.map((id) => ({ product_id: id, location_id: location, inventory_quantity: quantity }));
    const context = { inventory_mode: true };
    const ids = await client.create('stock.quant', values, { context });
    await client.call('stock.quant', 'action_apply_inventory', { ids, ...anyAnswer }, { context });
  }

  async function addPartner(values: Readonly<Record<string, unknown>> = {}): Promise<Ref<'customer'>> {
    const [id] = await client.create('res.partner', [{ name: `Live buyer ${run}`, ...values }]);
    return { system: client.system, kind: 'customer', id: String(id) };
  }

  /** A list without rules, in the currency of its company. */
  async function addPriceList(company_id: number): Promise<number> {
    const [id] = await client.create('product.pricelist', [{ name: `Live list ${run}`, company_id }]);
    return id ?? missing('price list', run);
  }

  /** A sales tax of so many percent, which prices hold or not. The field is another one before 18. */
  async function addTax(percent: number, included: boolean): Promise<number> {
    const words = included ? 'tax_included' : 'tax_excluded';
    const held = (await client.version()) < 18 ? { price_include: included } : { price_include_override: words };
    const name = `Live ${percent} % ${words} ${run}`;
    const values = { name, amount: percent, amount_type: 'percent', type_tax_use: 'sale', ...held };
    const [id] = await client.create('account.tax', [values]);
    return id ?? missing('tax', name);
  }

  async function companyOf(companyId: number): Promise<{ readonly currency: string }> {
    const row = rowOf(z.object({ id: recordId, currency_id: many2one }));
    const [company] = await client.read('res.company', [companyId], row);
    return { currency: company?.currency_id.name ?? missing('company', String(companyId)) };
  }

  /** All of them, the oldest first. */
  async function warehouses(): Promise<readonly (Warehouse & { readonly company: number })[]> {
    const found = await client.searchRead('stock.warehouse', warehouse, { domain: [], order: 'id' });
    return found.map(({ id, code, lot_stock_id, company_id }) => ({
      id,
      code,
      stock: lot_stock_id.id,
      company: company_id.id,
    }));
  }

  /** Where the money of the tests comes to. */
  async function bankJournal(): Promise<number> {
    const query = { domain: [['type', '=', 'bank']], order: 'id', limit: 1 } as const;
    const [journal] = await client.searchRead('account.journal', named, query);
    return journal?.id ?? missing('bank journal', 'any');
  }

  /** A place for goods that are not for sale, in no warehouse. */
  async function addPlace(name: string): Promise<number> {
    const [id] = await client.create('stock.location', [{ name: `Live ${name} ${run}`, usage: 'internal' }]);
    return id ?? missing('place', name);
  }

  /** Presses a button on records. */
  async function press(model: string, button: string, ids: readonly number[], context = {}): Promise<unknown> {
    return client.call(model, button, { ids, ...anyAnswer }, { context });
  }

  function missing(what: string, which: string): never {
    throw new CommerceError({
      code: 'record.missing',
      message: `The live test was not set up: Odoo has no ${what} "${which}". Install what the README names.`,
      system: client.system,
    });
  }
}
