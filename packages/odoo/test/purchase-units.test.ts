import { isCommerceError, type PurchaseDraft, type Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'planning/PO-7#create' };
type World = ReturnType<typeof aWorld>;
type Line = PurchaseDraft['lines'][number];

function aLine(change: Partial<Line> = {}): Line {
  return { id: '1', sku: 'TEE', quantity: 24, unitPrice: { amount: '2.50', currency: 'USD' }, ...change };
}

function aPurchase({ customer }: World, ...lines: readonly Line[]): PurchaseDraft {
  return { number: 'PO-7', supplier: customer, lines: lines.length === 0 ? [aLine()] : lines };
}

const templateOf = ({ state }: World, sku: string) =>
  Number(state.records('product.product').find((one) => one['default_code'] === sku)?.['product_tmpl_id']);

/** A unit of twelve pieces. */
function aDozen({ state }: World, version: (typeof versions)[number]): number {
  if (version === '19.0') return state.add('uom.uom', { name: 'Dozen', relative_factor: 12, relative_uom_id: 1 });
  return state.add('uom.uom', { name: 'Dozen', uom_type: 'bigger', factor_inv: 12 });
}

/** The supplier sells tees in dozens. */
function soldInDozens(world: World, version: (typeof versions)[number]): void {
  const dozen = aDozen(world, version);
  const template = templateOf(world, 'TEE');
  if (version !== '19.0') world.state.change('product.template', template, { uom_po_id: dozen });
  const vendor = { partner_id: Number(world.customer.id), product_tmpl_id: template, min_qty: 1, price: 100 };
  world.state.add('product.supplierinfo', version === '19.0' ? { ...vendor, product_uom_id: dozen } : vendor);
}

describe.each(versions)('units of purchases in Odoo %s', (version) => {
  it('orders pieces from a vendor who sells in dozens', async () => {
    const world = aWorld(version);
    soldInDozens(world, version);
    const ref = await world.erp.purchases.create(aPurchase(world), key);
    const [line] = world.state.records('purchase.order.line');
    expect(line).toMatchObject({ product_qty: 24, price_unit: 2.5, price_subtotal: 60 });
    const [expected] = world.state.records('stock.move').toReversed();
    expect(expected).toMatchObject({ product_uom_qty: 24, purchase_line_id: line?.['id'] });
    expect(await world.erp.purchases.get(ref)).toMatchObject({
      lines: [{ quantity: 24, unitPrice: { amount: '2.50' } }],
    });
  });

  it.each(['load', 'replay'])('confirms nothing that is not what was ordered, found at the %s', async (when) => {
    const world = aWorld(version);
    const dozen = aDozen(world, version);
    const field = version === '19.0' ? 'product_uom_id' : 'product_uom';
    const spoil = () =>
      world.state.change('purchase.order.line', Number(world.state.records('purchase.order.line')[0]?.['id']), {
        [field]: dozen,
      });
    let isSpoiled = false;
    const erp = world.connect({
      async fetch(input, init) {
        const request = new Request(input, init);
        const isLoad = /purchase\.order".*"load"|purchase\.order\/load/.test(
          `${request.url} ${await request.clone().text()}`,
        );
        const answer = await world.platform.fetch(request);
        if (isLoad && !isSpoiled) {
          isSpoiled = true;
          spoil();
          if (when === 'replay') throw new TypeError('the line is cut');
        }
        return answer;
      },
    });
    const refusal = {
      code: 'record.rejected',
      message: expect.stringMatching(/"24 Dozen of SKU TEE at 2\.5 USD" there, and "24 Units of SKU TEE at 2\.5 USD"/),
    };
    await expect(erp.purchases.create(aPurchase(world), key)).rejects.toMatchObject(refusal);
    await expect(world.erp.purchases.create(aPurchase(world), key)).rejects.toMatchObject(refusal);
    expect(isSpoiled).toBe(true);
    expect(world.state.records('purchase.order')).toMatchObject([{ state: 'draft' }]);
  });

  it.each([1.005, 0.004])('orders nothing of %s pieces, which Odoo would round', async (quantity) => {
    const world = aWorld(version);
    const created = world.erp.purchases.create(aPurchase(world, aLine({ quantity })), key);
    await expect(created).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining(`"${quantity}" of SKU "TEE"`),
    });
    expect(world.state.records('purchase.order')).toEqual([]);
  });

  it('orders at a price with more digits only where Odoo keeps them', async () => {
    const world = aWorld(version);
    const draft = aPurchase(world, aLine({ unitPrice: { amount: '0.1234567', currency: 'USD' } }));
    const outcome = await world.erp.purchases.create(draft, key).then(
      () => 'ordered',
      (error: unknown) => (isCommerceError(error) ? error.code : 'another error'),
    );
    const prices = world.state.records('purchase.order.line').map((line) => line['price_unit']);
    expect([outcome, ...prices]).toEqual(version === '19.0' ? ['ordered', 0.1234567] : ['record.rejected']);
  });
});

describe.each(versions)('purchases in another unit than the shelf of Odoo %s', (version) => {
  const unitField = version === '19.0' ? 'product_uom_id' : 'product_uom';

  /** Ordered by a person, two dozens at a price for a dozen. */
  async function ordered(world: World, price_unit: number): Promise<Ref<'purchase'>> {
    const client = world.client();
    const tee = Number(world.state.records('product.product').find((one) => one['default_code'] === 'TEE')?.['id']);
    const line = { product_id: tee, product_qty: 2, [unitField]: aDozen(world, version), price_unit };
    const ids = await client.create('purchase.order', [
      { partner_id: Number(world.customer.id), order_line: [[0, 0, line]] },
    ]);
    await client.call('purchase.order', 'button_confirm', { ids, answer: z.unknown(), safety: 'once' });
    return { system: 'odoo', kind: 'purchase', id: String(ids[0]) };
  }

  it('are read in pieces, and so is what arrived of them', async () => {
    const world = aWorld(version);
    const ref = await ordered(world, 24);
    const arrival = { purchase: ref, number: 'A-1', receivedAt: '2026-11-26T08:00:00Z' };
    const lines = [{ sku: 'TEE', received: 13, damaged: 0 }];
    await world.erp.receipts.confirm({ ...arrival, lines }, { idempotencyKey: 'A-1' });
    expect(await world.erp.purchases.get(ref)).toMatchObject({
      lines: [{ sku: 'TEE', quantity: 24, received: 13, unitPrice: { amount: '2.00', currency: 'USD' } }],
    });
  });

  it('show what a person received in dozens as pieces', async () => {
    const world = aWorld(version);
    const ref = await ordered(world, 24);
    const dozen = Number(world.state.records('uom.uom').at(-1)?.['id']);
    const [line] = world.state.records('stock.move.line').toReversed();
    world.state.change('stock.move.line', Number(line?.['id']), { product_uom_id: dozen, quantity: 2 });
    const picking = Number(line?.['picking_id']);
    await world
      .client()
      .call('stock.picking', 'button_validate', { ids: [picking], answer: z.unknown(), safety: 'once' });
    const [page] = await all(world.erp.receipts.pull({}));
    expect(page?.items).toMatchObject([{ purchase: ref, lines: [{ sku: 'TEE', received: 24 }] }]);
    expect(await world.erp.purchases.get(ref)).toMatchObject({ lines: [{ quantity: 24, received: 24 }] });
  });

  it('are a problem of their page where no exact price of a piece can be said', async () => {
    const world = aWorld(version);
    const ref = await ordered(world, 10);
    const pages = await all(world.erp.purchases.pull({}));
    expect(pages.flatMap(({ items }) => items)).toEqual([]);
    expect(pages.flatMap(({ problems = [] }) => problems)).toMatchObject([
      { ref, error: { code: 'record.rejected', message: expect.stringContaining('"10.00" for one "Dozen"') } },
    ]);
  });
});
