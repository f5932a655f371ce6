import type { Product, Variant } from '@crossdock/core';

/** A valid variant: a red tee in M, with `change` on top. */
export function aVariant(change: Partial<Variant> = {}): Variant {
  return {
    ref: { system: 'shop', kind: 'variant', id: '31' },
    sku: 'TEE-RED-M',
    options: [
      { name: 'Colour', value: 'red' },
      { name: 'Size', value: 'M' },
    ],
    stocked: true,
    tracking: 'none',
    weightGrams: 180,
    ...change,
  };
}

/** A valid product with one variant, with `change` on top. */
export function aProduct(change: Partial<Product> = {}): Product {
  return {
    ref: { system: 'shop', kind: 'product', id: '30' },
    title: 'Tee',
    status: 'active',
    categories: ['Clothing'],
    variants: [aVariant()],
    updatedAt: '2026-11-01T09:00:00.000Z',
    ...change,
  };
}
