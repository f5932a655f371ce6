import { fakeOdoo, type FakeOdooOptions, type OdooVersion } from '@crossdock/testing';
import { odoo, odooClientOf, type OdooOptions } from '../src/index.ts';

export const versions: readonly OdooVersion[] = ['17.0', '18.0', '19.0'];

/** An Odoo with a few products and a customer, and a connector to it. */
export function aWorld(version: OdooVersion = '19.0', options: Partial<OdooOptions> = {}, fake: FakeOdooOptions = {}) {
  const platform = fakeOdoo({ version, ...fake });
  const { state } = platform;
  state.addProduct({ sku: 'TEE', name: 'Tee, red', price: 10, onHand: 100, barcode: '4000000000017' });
  state.addProduct({ sku: 'CAP', name: 'Cap', price: 5, onHand: 50 });
  for (const sku of ['SHIP', 'FEE', 'OFF', 'ROUND', 'CHANNEL-TAX'])
    state.addProduct({ sku, name: sku, price: 0, type: 'service', taxes: [] });
  const customerId = state.addPartner({
    name: 'Zoë Doe, Ltd.',
    email: 'zoe@example.com',
    ref: 'C-1001',
    country: 'US',
    city: 'Boston',
    street: '1 Main St',
    zip: '02101',
  });
  const vat = state.addTax({ name: 'VAT 20', percent: 20 });
  const vatIncluded = state.addTax({ name: 'VAT 20 incl', percent: 20, included: true });
  const euro = state.addPricelist({ name: 'EUR', currency: 'EUR', percent: 10 });
  const made: OdooOptions = {
    url: platform.origin,
    database: 'odoo',
    apiKey: 'odoo-api-key',
    login: 'connector',
    shippingProduct: 'SHIP',
    feeProduct: 'FEE',
    discountProduct: 'OFF',
    channelTaxProduct: 'CHANNEL-TAX',
    pricelists: { EUR: euro },
    taxes: [
      { rate: '0.2', included: true, tax: vatIncluded },
      { rate: '0.2', tax: vat },
    ],
    fetch: platform.fetch,
    clock: platform.clock,
    ...options,
  };
  /** Another process with the same options. */
  const connect = (change: Partial<OdooOptions> = {}) => odoo({ ...made, ...change });
  return {
    platform,
    state,
    connect,
    /** The client below the ports, for what a person would do in Odoo. */
    client: () => odooClientOf(made),
    options: made,
    erp: connect(),
    customer: { system: 'odoo', kind: 'customer', id: String(customerId) } as const,
  };
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const page of pages) list.push(page);
  return list;
}
