import type { Json } from '@crossdock/core';
import { committedThenDropped } from '@crossdock/testing';
import { at, call, type Odoo } from './client.ts';
import type { Player } from './replay.ts';

/** What else happened on the recorded server before an exchange, as far as later answers show it. */
type Preparation = (odoo: Odoo, player: Player) => Promise<void>;

/** A transaction that has begun and is not committed yet, from one exchange to another. */
const begun = new WeakMap<Odoo, Promise<unknown>>();

const crowd = (work: () => Promise<unknown>) => Promise.all(Array.from({ length: 8 }, work));

/** By flow and number of the exchange that comes next. */
export const preparations: Readonly<Record<string, Preparation>> = {
  // The slow transaction of this attempt failed, and only the fast one left something.
  'delta 15': async (odoo, player) => {
    await odoo.clock.advance(Date.parse('2026-11-23T12:37:57Z') - odoo.clock.now());
    player.learn('res.partner', 20, await contact(odoo, 'FAST'));
  },
  'delta 21': async (odoo, player) => {
    await odoo.clock.advance(Date.parse('2026-11-23T12:38:42Z') - odoo.clock.now());
    odoo.state.commitLate('res.partner.create', 4000);
    begun.set(odoo, contact(odoo, 'SLOW'));
    await odoo.clock.advance(2000);
    player.learn('res.partner', 22, await contact(odoo, 'FAST'));
  },
  'delta 23': async (odoo) => {
    await odoo.clock.advance(5000);
    await begun.get(odoo);
  },
  'load 16': async (odoo, player) => {
    await crowd(() =>
      call(odoo, 'sale.order.load', {
        fields: ['id', 'partner_id/.id', 'client_order_ref'],
        data: [['shopify.race_1', String(player.here('res.partner', 16)), 'race']],
      }),
    );
  },
  'load 17': async (odoo, player) => {
    const order = { partner_id: player.here('res.partner', 16), client_order_ref: 'race2' };
    await crowd(() =>
      call(odoo, 'sale.order.create', {
        vals_list: { ...order, order_line: [[0, 0, { product_id: player.here('product.product', 2) }]] },
      }),
    );
  },
  'load 19': async (odoo, player) => {
    const ids = [player.here('sale.order', 60)];
    await Promise.all([5].map((n) => call(odoo, 'sale.order.write', { ids, vals: { note: `n${n}` } })));
  },
  'load 20': async (odoo, player) => {
    await crowd(() => call(odoo, 'sale.order.action_confirm', { ids: [player.here('sale.order', 59)] }));
  },
  // Asked by XML-RPC, where the answer could not be told but the count was booked.
  'values 3': async (odoo, player) => {
    await call(odoo, 'stock.quant.action_apply_inventory', { ids: [player.here('stock.quant', 16)] });
  },
  'values 6': async (odoo) => {
    odoo.faults.next('res.partner.create', committedThenDropped);
    await contact(odoo, 'TIMEOUT-1795439410').catch(() => undefined);
  },
  'values 9': async (odoo) => {
    while (odoo.state.partners.length < 120) odoo.state.addPartner({ name: 'Bench' });
  },
};

async function contact(odoo: Odoo, name: string): Promise<Json> {
  const { body } = await call(odoo, 'res.partner.create', { vals_list: { name } });
  return at(body, 0);
}
