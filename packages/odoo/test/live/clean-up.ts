import { isCommerceError } from '@crossdock/core';
import * as z from 'zod';
import { many2one, recordId, rowOf, type Domain, type OdooClient } from '../../src/index.ts';

/** What the records of a run are known by. */
export interface Traces {
  readonly partners: ReadonlySet<number>;
  readonly templates: ReadonlySet<number>;
  readonly products: ReadonlySet<number>;
  readonly places: ReadonlySet<number>;
  readonly lists: ReadonlySet<number>;
  readonly categories: ReadonlySet<number>;
  readonly taxes: ReadonlySet<number>;
}

/** No field at all would be every field to Odoo, and some of them are the administrator's. Recorded on Odoo 19.0, 2026-11-26. */
export const withId = { fields: ['id'], schema: z.object({ id: recordId }) } as const;
const ofProduct = rowOf(z.object({ id: recordId, product_id: many2one }));
const ofTemplate = rowOf(z.object({ id: recordId, product_tmpl_id: many2one }));
const seen = { context: { active_test: false } } as const;

/** The traces of a run, with the buyers and goods besides that were made while nobody heard of it: they have its name. */
export async function everythingNamed(client: OdooClient, run: string, traces: Traces): Promise<Traces> {
  const idsOf = async (model: string, field: string) =>
    (await client.searchRead(model, withId, { domain: [[field, 'like', run]] }, seen)).map(({ id }) => id);
  return {
    ...traces,
    partners: new Set([...traces.partners, ...(await idsOf('res.partner', 'name'))]),
    templates: new Set([...traces.templates, ...(await idsOf('product.template', 'name'))]),
    products: new Set([...traces.products, ...(await idsOf('product.product', 'default_code'))]),
  };
}

/**
 * Takes back what Odoo lets anybody take back: open orders, transfers and purchases are canceled and deleted, drafts are
 * deleted, stock is counted to zero, and buyers and products that are still named somewhere are archived. Says what is left.
 */
export async function cleanUp(client: OdooClient, traces: Traces): Promise<readonly string[]> {
  const ofBuyers = ['partner_id', 'child_of', [...traces.partners]] as const;
  const left: string[] = [];
  if (traces.partners.size > 0) {
    await each('sale.order', [ofBuyers, ['state', 'in', ['draft', 'sent', 'sale']]], ['action_cancel'], quietly);
    await each('stock.picking', [ofBuyers, ['state', 'not in', ['done', 'cancel']]], ['action_cancel']);
    await each('account.move', [ofBuyers, ['state', '=', 'draft']], ['unlink']);
    await each(
      'purchase.order',
      [ofBuyers, ['state', '!=', 'cancel'], ['receipt_status', '!=', 'full']],
      ['button_cancel'],
    );
    await each('stock.picking', [ofBuyers, ['state', '=', 'cancel']], ['unlink']);
    await each('sale.order', [ofBuyers, ['state', '=', 'cancel']], ['unlink']);
    await each('purchase.order', [ofBuyers, ['state', '=', 'cancel']], ['unlink']);
  }
  await emptyStock();
  await each('product.pricelist', [['id', 'in', [...traces.lists]]], ['unlink', 'action_archive']);
  const moved = await movedTemplates();
  await each('product.template', [['id', 'in', [...moved]]], ['action_archive']);
  const unmoved = [...traces.templates].filter((id) => !moved.has(id));
  await each('product.template', [['id', 'in', unmoved]], ['unlink', 'action_archive']);
  await each('product.category', [['id', 'in', [...traces.categories]]], ['unlink']);
  await each('account.tax', [['id', 'in', [...traces.taxes]]], ['unlink', 'action_archive']);
  await each('res.partner', [['id', 'child_of', [...traces.partners]]], ['unlink', 'action_archive']);
  await each('stock.location', [['id', 'in', [...traces.places]]], ['unlink', 'action_archive']);
  if (traces.partners.size > 0) {
    for (const model of ['sale.order', 'stock.picking', 'account.move', 'account.payment', 'purchase.order'])
      await count(model, [ofBuyers]);
  }
  await count('product.pricelist', [['id', 'in', [...traces.lists]]]);
  await count('product.category', [['id', 'in', [...traces.categories]]]);
  await count('account.tax', [['id', 'in', [...traces.taxes]]]);
  await count('product.template', [['id', 'in', [...traces.templates]]]);
  await count('res.partner', [['id', 'in', [...traces.partners]]]);
  await count('stock.location', [['id', 'in', [...traces.places]]]);
  return left;

  /** Calls the first of these methods that Odoo lets happen, on as many records at once as it takes. */
  async function each(model: string, domain: Domain, methods: readonly string[], context = {}): Promise<void> {
    const rows = await client.searchRead(model, withId, { domain }, seen);
    await tryAll(
      model,
      rows.map(({ id }) => id),
      methods,
      context,
    );
  }

  async function tryAll(
    model: string,
    ids: readonly number[],
    methods: readonly string[],
    context: object,
  ): Promise<void> {
    const [method, ...others] = methods;
    if (ids.length === 0 || method === undefined) return;
    try {
      await client.call(model, method, { ids, answer: z.unknown(), safety: 'repeatable' }, { context: { ...context } });
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      // What the user may not do they may do to none of them.
      if (ids.length === 1 || error.code === 'access.denied') return tryAll(model, ids, others, context);
      const half = Math.ceil(ids.length / 2);
      await tryAll(model, ids.slice(0, half), methods, context);
      await tryAll(model, ids.slice(half), methods, context);
    }
  }

  /** Goods that were counted, bought or shipped, which Odoo never deletes: not worth asking for each of hundreds. */
  async function movedTemplates(): Promise<ReadonlySet<number>> {
    const domain: Domain = [['product_id', 'in', [...traces.products]]];
    const moves = await client.searchRead('stock.move', ofProduct, { domain }, seen);
    const ids = [...new Set(moves.map(({ product_id }) => product_id.id))];
    const products = await client.read('product.product', ids, ofTemplate, seen);
    return new Set(products.map(({ product_tmpl_id }) => product_tmpl_id.id));
  }

  /** Counts what is left of the goods to zero, so that no archived product holds stock. */
  async function emptyStock(): Promise<void> {
    const products = [...traces.products];
    const domain: Domain = [
      ['product_id', 'in', products],
      ['location_id.usage', '=', 'internal'],
    ];
    const quants = await client.searchRead('stock.quant', withId, { domain }, seen);
    const ids = quants.map(({ id }) => id);
    if (ids.length === 0) return;
    const context = { inventory_mode: true };
    await client.write('stock.quant', ids, { inventory_quantity: 0 }, { context, repeatable: true });
    await client.call(
      'stock.quant',
      'action_apply_inventory',
      { ids, answer: z.unknown(), safety: 'repeatable' },
      seen,
    );
  }

  async function count(model: string, domain: Domain): Promise<void> {
    const rows = await client.searchRead(model, withId, { domain }, seen);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id).toSorted((one, other) => one - other);
    left.push(
      `${model} ${ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ')}`,
    );
  }
}

/** Odoo 17 and 18 ask whether the buyer should be told, unless they are told not to ask. */
const quietly = { disable_cancel_warning: true };
