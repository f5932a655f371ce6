import { fakeShopify, type FakeShopifyOptions, type OrderInput } from '@crossdock/testing';

/** A shop with two products and a place to keep them. */
export function shopWithStock(options: FakeShopifyOptions = {}) {
  const platform = fakeShopify(options);
  const { state } = platform;
  const warehouse = state.addLocation({ name: 'Warehouse', countryCode: 'US', city: 'Portland' });
  state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 100 }] });
  state.addProduct({ title: 'Cap', variants: [{ sku: 'CAP', price: '7.50', stock: 20 }] });
  return { platform, state, warehouse };
}

/** A plain order of three tees and a cap. */
export function anOrder(change: Partial<OrderInput> = {}): OrderInput {
  return {
    email: 'buyer@example.com',
    lines: [
      { sku: 'TEE', quantity: 3 },
      { sku: 'CAP', quantity: 1 },
    ],
    shippingLines: [{ title: 'Standard', price: '4.90' }],
    shippingAddress: {
      firstName: 'Ada',
      lastName: 'Example',
      address1: '1 Example Street',
      city: 'Portland',
      zip: '97201',
      country: 'United States',
      countryCode: 'US',
    },
    ...change,
  };
}
