import { aCustomerDraft } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { recordId, rowOf } from '../../src/index.ts';
import { frozen, refOf, type LiveGround } from './live-ground.ts';
import type { LiveState } from './live-platform.ts';
import { ownNames } from './own-names.ts';

const order = rowOf(z.object({ id: recordId, state: z.string() }));
const move = rowOf(z.object({ id: recordId, quantity: z.number() }));

/** Buyers, what they order, and what is sold. */
export function liveSales(ground: LiveGround) {
  const { client, hand, idsOf, quotes, run, traces } = ground;
  let made = 0;

  async function goods(count: number) {
    const products = await hand.addProducts(Array.from({ length: count }, () => `LAW-${run}-${++made}`));
    for (const { id, template } of products) {
      traces.products.add(id);
      traces.templates.add(template);
    }
    return products;
  }

  return {
    'inventory.pull': {
      seed: ground.pooled(async (count) => {
        const products = await goods(count);
        await hand.setStock(
          products.map(({ id }) => id),
          ground.warehouse.stock,
          5,
        );
        return products.map(({ sku }) => sku);
      }),
      async touch(_platform, sku) {
        const [id] = await idsOf('product.product', ['default_code', '=', sku]);
        await hand.setStock([Number(id)], ground.warehouse.stock, 4);
      },
    },
    'inventory.get': { stocked: () => ground.tee.sku, unknownSku: () => `NOBODY-${run}` },
    'customers.pull': {
      seed: ground.pooled(async (count) => {
        const values = Array.from({ length: count }, () => ({ name: `Live buyer ${run} ${++made}` }));
        const ids = await client.create('res.partner', values);
        for (const id of ids) traces.partners.add(id);
        return ids.map((id) => refOf('customer', id));
      }),
      touch: (_platform, ref) => ground.touch('res.partner', ref, 'comment'),
    },
    'customers.get': {
      async seed({ state }, identity) {
        const { email, accountNumber: ref } = ownNames(run, state.number).there(identity);
        const buyer = await hand.addPartner({ email, ref });
        traces.partners.add(Number(buyer.id));
        return buyer;
      },
    },
    'customers.create': {
      draft: ({ state }, number) =>
        aCustomerDraft({
          name: `Live buyer ${run}`,
          email: `law.${run}@example.test`,
          accountNumber: `L-${run}-${state.number}-${number}`,
        }),
      async created() {
        const ids = await idsOf('res.partner', ['email', '=', `law.${run}@example.test`], ['parent_id', '=', false]);
        for (const id of ids) traces.partners.add(Number(id));
        return ids;
      },
    },
    'orders.pull': {
      seed: ground.pooled(quotes),
      touch: (_platform, ref) => ground.touch('sale.order', ref, 'note'),
      unknownStatus: async (platform) => frozen(platform, 'sale.order', await oneQuote()),
      pending: oneQuote,
      accept: async (_platform, { id }) => void (await hand.press('sale.order', 'action_confirm', [Number(id)])),
    },
    'orders.get': { unknown: () => refOf('order', 1_987_654_321) },
    'orders.create': {
      draft: ({ state }, number) => {
        const id = `${run}-${state.number}-${number}`;
        return ground.anOrder(undefined, { number: `#${id}`, source: { system: 'shop', kind: 'order', id } });
      },
      created: () => idsOf('sale.order', ['partner_id', '=', Number(ground.customer.id)]),
    },
    'orders.confirm': {
      waiting: async () => ({ order: await oneQuote(), units: 2 }),
      async reserved(_platform, { id }) {
        const domain = [['sale_line_id.order_id', '=', Number(id)]] as const;
        const moves = await client.searchRead('stock.move', move, { domain });
        return moves.reduce((sum, { quantity }) => sum + quantity, 0);
      },
    },
    'orders.cancel': {
      open: () => ground.place(),
      async isCanceled(_platform, { id }) {
        const [found] = await client.read('sale.order', [Number(id)], order);
        return found?.state === 'cancel';
      },
    },
  } satisfies Partial<Scenery<LiveState>>;

  async function oneQuote() {
    const [quote] = await quotes(1);
    return quote ?? refOf('order', 0);
  }
}
