import type { CustomerDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { odooClientOf, odooImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

const buyer: CustomerDraft = { name: 'Jo Doe', email: 'jo@example.com', shippingAddresses: [] };
const key = { idempotencyKey: 'order-1' };

/** An Odoo with an order of a buyer, who is then given to another customer, and merged or not. */
async function aSale(version: (typeof versions)[number], { merged }: { readonly merged: boolean }) {
  const world = await aWorldWithAction(version);
  const item = { draft: aDraft({ lines: [aLine({ sku: 'TEE' })] }), customer: buyer, ...key };
  const [made] = await odooImport(world.options).orders([item]);
  if (!made?.ok) throw new Error('The order was not imported.');
  const admin = odooClientOf({ ...world.options, login: 'boss', apiKey: 'admin-key' });
  const [other = 0] = await admin.create('res.partner', [{ name: 'Jo Doe', email: 'jo@example.com' }]);
  await admin.write('sale.order', [Number(made.order.id)], {
    partner_id: other,
    partner_invoice_id: other,
    partner_shipping_id: other,
  });
  if (merged)
    await admin.call('res.partner', 'unlink', { ids: [Number(made.customer.id)], answer: z.unknown(), safety: 'once' });
  return { world, item, made, other: { system: 'odoo', kind: 'customer', id: String(other) } as const };
}

describe.each(versions)('an order whose customer was merged into another one in Odoo %s', (version) => {
  it('is the same order for the same list, whoever imports it, and for its draft', async () => {
    const { world, item, made, other } = await aSale(version, { merged: true });
    for (const importer of [odooImport(world.options), world.importer()])
      expect(await importer.orders([item])).toMatchObject([{ ok: true, order: made.order, customer: other }]);
    expect(await world.erp.orders.create({ ...item.draft, customer: other }, key)).toEqual(made.order);
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it('is a reused key for a draft of yet another customer, and while the former one is there', async () => {
    const { world, item } = await aSale(version, { merged: true });
    const strange = { ...item.draft, customer: world.customer };
    await expect(world.erp.orders.create(strange, key)).rejects.toMatchObject({ code: 'key.reused' });
    const apart = await aSale(version, { merged: false });
    const given = { ...apart.item.draft, customer: apart.other };
    await expect(apart.world.erp.orders.create(given, key)).rejects.toMatchObject({ code: 'key.reused' });
  });
});
