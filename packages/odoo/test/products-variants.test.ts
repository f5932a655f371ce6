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

const shirt = aProduct({ title: 'Shirt', variants: [sized('SHIRT-S', 'S', '12.5'), sized('SHIRT-M', 'M', '12.5')] });

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

describe.each(versions)('variants pushed to Odoo %s', (version) => {
  it('are made once, however many ask at the same moment', async () => {
    const world = aWorld(version);
    const ask = () => world.connect().products.push([aProduct(), shirt], { idempotencyKey: 'a' });
    const asked = await Promise.all(Array.from({ length: 8 }, ask));
    expect(asked.flatMap(codes)).toContain('ok');
    expect(templates(world, 'Mug')).toHaveLength(1);
    expect(templates(world, 'Shirt')).toHaveLength(1);
    expect(codes(await ask())).toEqual(['ok', 'ok']);
    expect(world.state.records('product.product').filter((row) => row['default_code'] === 'SHIRT-M')).toHaveLength(1);
  });

  it('have their variants by their options, and get more of them later', async () => {
    const world = aWorld(version);
    expect(codes(await push(world, shirt))).toEqual(['ok']);
    const more = { ...shirt, variants: [...shirt.variants, sized('SHIRT-L', 'L', '12.5')] };
    expect(codes(await push(world, more))).toEqual(['ok']);
    const [made] = await world.erp.products.get([{ sku: 'SHIRT-L' }]);
    expect(made?.variants.map(({ sku, options }) => [sku, options[0]?.value])).toEqual([
      ['SHIRT-S', 'S'],
      ['SHIRT-M', 'M'],
      ['SHIRT-L', 'L'],
    ]);
  });

  it('are not priced where that would change the price of a sibling', async () => {
    const world = aWorld(version);
    await push(world, shirt);
    const one = { ...shirt, variants: [sized('SHIRT-S', 'S', '14')] };
    expect(codes(await push(world, one))).toEqual(['record.invalid']);
    const both = { ...shirt, variants: [sized('SHIRT-S', 'S', '14'), sized('SHIRT-M', 'M', '14')] };
    expect(codes(await push(world, both))).toEqual(['ok']);
    const [made] = await world.erp.products.get([{ sku: 'SHIRT-M' }]);
    expect(made?.variants.map(({ price }) => price?.amount.amount)).toEqual(['14.00', '14.00']);
  });

  it('are not written where they are as they should be', async () => {
    const world = aWorld(version);
    await push(world, aProduct(), shirt);
    const written = () =>
      world.platform.journal.all.filter(({ operation }) => /\/(write|load|create)$/.test(operation));
    const before = written().length;
    expect(codes(await push(world, aProduct(), shirt))).toEqual(['ok', 'ok']);
    expect(written()).toHaveLength(before);
  });
});
