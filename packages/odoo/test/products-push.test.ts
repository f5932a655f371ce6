import type { ItemOutcome, ProductDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aWorld, versions } from './world.ts';

type VariantDraft = ProductDraft['variants'][number];

function aVariant(sku: string, change: Partial<VariantDraft> = {}): VariantDraft {
  return { sku, options: [], stocked: true, tracking: 'none', ...change };
}

function aProduct(change: Partial<ProductDraft> = {}): ProductDraft {
  return { title: 'Mug', status: 'active', categories: [], variants: [aVariant('MUG')], ...change };
}

function sized(sku: string, size: string, amount?: string): VariantDraft {
  const price = amount === undefined ? {} : { price: { sku, amount: { amount, currency: 'USD' } } };
  return aVariant(sku, { options: [{ name: 'Size', value: size }], ...price });
}

function codes(outcomes: readonly ItemOutcome<ProductDraft>[]): string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
}

type World = ReturnType<typeof aWorld>;

function push({ erp }: World, ...drafts: readonly ProductDraft[]) {
  return erp.products.push(drafts, { idempotencyKey: 'a' });
}

function templates({ state }: World, name: string) {
  return state.records('product.template').filter((row) => row['name'] === name);
}

describe.each(versions)('products pushed to Odoo %s', (version) => {
  it('are made as they are described', async () => {
    const world = aWorld(version);
    const price = { sku: 'MUG', amount: { amount: '7.90', currency: 'USD' } };
    const variant = aVariant('MUG', { barcode: '4006381333931', unit: 'Units', weightGrams: 350, price });
    const mug = aProduct({ description: 'Holds tea', variants: [variant] });
    expect(codes(await push(world, mug))).toEqual(['ok']);
    const [made] = await world.erp.products.get([{ barcode: '4006381333931' }]);
    expect(made).toMatchObject({
      title: 'Mug',
      description: 'Holds tea',
      status: 'active',
      variants: [{ sku: 'MUG', weightGrams: 350, unit: 'Units', stocked: true, price }],
    });
  });

  it('are made once, however many ask at the same moment', async () => {
    const world = aWorld(version);
    const ask = () => world.connect().products.push([aProduct()], { idempotencyKey: 'a' });
    const asked = await Promise.all(Array.from({ length: 8 }, ask));
    expect(asked.flatMap(codes)).toContain('ok');
    expect(templates(world, 'Mug')).toHaveLength(1);
    expect(codes(await ask())).toEqual(['ok']);
  });

  it('leave and come back', async () => {
    const world = aWorld(version);
    const tee = aProduct({ title: 'Tee, red', variants: [aVariant('TEE')] });
    expect(codes(await push(world, { ...tee, status: 'archived' }))).toEqual(['ok']);
    expect((await world.erp.products.get([{ sku: 'TEE' }]))[0]?.status).toBe('archived');
    expect(codes(await push(world, { ...tee, status: 'draft' }))).toEqual(['ok']);
    expect((await world.erp.products.get([{ sku: 'TEE' }]))[0]?.status).toBe('draft');
  });

  it('are not written where they are as they should be', async () => {
    const world = aWorld(version);
    await push(world, aProduct());
    const written = () =>
      world.platform.journal.all.filter(({ operation }) => /\/(write|load|create)$/.test(operation));
    const before = written().length;
    expect(codes(await push(world, aProduct()))).toEqual(['ok']);
    expect(written()).toHaveLength(before);
  });

  it('are refused one by one where they name what is not there', async () => {
    const world = aWorld(version);
    const outcomes = await push(
      world,
      aProduct(),
      aProduct({ categories: ['Nowhere / Land'], variants: [aVariant('A')] }),
      aProduct({ variants: [aVariant('B', { unit: 'Furlong' })] }),
      aProduct({ variants: [aVariant('C', { barcode: '4000000000017' })] }),
      aProduct({ variants: [aVariant('D', { components: [{ sku: 'TEE', quantity: 2 }] })] }),
      aProduct({ variants: [aVariant('TEE'), aVariant('CAP', { options: [] })] }),
    );
    expect(codes(outcomes)).toEqual([
      'ok',
      'record.missing',
      'record.missing',
      'record.invalid',
      'record.invalid',
      'record.invalid',
    ]);
    expect(templates(world, 'Mug')).toHaveLength(1);
  });

  it('are refused where their SKUs belong to two products, or to several', async () => {
    const world = aWorld(version);
    const both = aProduct({ variants: [sized('TEE', 'S'), sized('CAP', 'M')] });
    expect(codes(await push(world, both))).toEqual(['link.conflict']);
    world.state.addProduct({ sku: 'TEE', name: 'Another tee' });
    expect(codes(await push(world, aProduct({ variants: [aVariant('TEE')] })))).toEqual(['link.conflict']);
  });

  it('are refused where a person gave the product that was made another SKU', async () => {
    const world = aWorld(version);
    await push(world, aProduct());
    const mug = world.state.records('product.product').find((row) => row['default_code'] === 'MUG');
    await world.client().write('product.product', [Number(mug?.['id'])], { default_code: 'CUP' });
    expect(codes(await push(world, aProduct()))).toEqual(['link.conflict']);
    expect(templates(world, 'Mug')).toHaveLength(1);
  });

  it('are described in the language of the options, and stay as they are in others', async () => {
    const world = aWorld(version);
    world.state.addLanguage('fr_FR', 'French');
    const french = world.connect({ language: 'fr_FR' });
    const tee = aProduct({ title: 'Maillot', description: 'Rouge', variants: [aVariant('TEE')] });
    expect(codes(await french.products.push([tee], { idempotencyKey: 'a' }))).toEqual(['ok']);
    expect(await french.products.get([{ sku: 'TEE' }])).toMatchObject([{ title: 'Maillot', description: 'Rouge' }]);
    expect(await world.erp.products.get([{ sku: 'TEE' }])).toMatchObject([{ title: 'Tee, red' }]);
  });
});
