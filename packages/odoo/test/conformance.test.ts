import { CommerceError, type Ref } from '@crossdock/core';
import { aCustomerDraft, type FakePlatform, type OdooState } from '@crossdock/testing';
import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { describe } from 'vitest';
import { odooClientOf } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type Erp = FakePlatform<OdooState>;

const email = 'canary.buyer@example.test';
const buyer = 'Canary Buyerson';
const street = '77 Canary Wharf Street';
/** What of each model may be written at any time. */
const written = {
  'product.template': { name: 'Written slowly' },
  'stock.picking': { origin: 'Written slowly' },
  'stock.quant': { inventory_quantity: 3 },
} as const;
const address = { name: buyer, lines: [street], city: 'London', countryCode: 'GB' };

describe.each(versions)('odoo %s', (version) => {
  /** What belongs to a platform: a connector for filling it, and the customer of its orders. */
  const worlds = new WeakMap<Erp, ReturnType<typeof aWorld>>();
  const worldOf = (platform: Erp) => {
    const world = worlds.get(platform);
    if (!world) throw new Error('This platform was set up by somebody else.');
    return world;
  };

  describeConnector('as the back office', {
    setup() {
      const world = aWorld(version);
      worlds.set(world.platform, world);
      return {
        platform: world.platform,
        connect: (given?: Given) => world.connect(given),
        secrets: ['odoo-api-key', email, buyer, street],
      };
    },
    scenery: {
      'products.pull': {
        seed({ state }, count) {
          const first = state.records('product.product').length;
          return Array.from({ length: count }, (_, index) => {
            const sku = `SEED-${first + index}`;
            state.addProduct({ sku, price: 1 });
            return productRef(state, sku);
          });
        },
        touch: (platform, { id }) => rename(platform, 'product.template', id),
        late: slowly('product.template', (_platform, { id }: Ref<'product'>) => id),
      },
      'customers.get': {
        seed({ state }, identity) {
          const id = state.addPartner({ name: buyer, email: identity.email, ref: identity.accountNumber });
          return { system: 'odoo', kind: 'customer', id: String(id) };
        },
      },
      'customers.create': {
        draft: (_platform, number) =>
          aCustomerDraft({ name: `${buyer} ${number}`, email, accountNumber: `C-${number}`, billingAddress: address }),
        created: ({ state }) =>
          state.partners.filter((partner) => partner['email'] === email).map((partner) => `${Number(partner['id'])}`),
      },
      'orders.create': {
        draft: (platform, number) => draftOf(platform, number),
        created: ({ state }) => state.saleOrders.map(({ id }) => String(id)),
      },
      'orders.get': { unknown: () => ({ system: 'odoo', kind: 'order', id: '987654' }) },
      'orders.cancel': {
        open: place,
        isCanceled: ({ state }, ref) => saleOrder(state, ref).state === 'cancel',
      },
      'inventory.pull': {
        seed({ state }, count) {
          const first = state.records('product.product').length;
          const skus = Array.from({ length: count }, (_, index) => `STOCK-${first + index}`);
          for (const sku of skus) state.addProduct({ sku, onHand: 5 });
          return skus;
        },
        touch: ({ state }, sku) => state.setStock(sku, state.stockOf(sku).onHand - 1),
        late: slowly('stock.quant', ({ state }, sku: string) => {
          const product = state.records('product.product').find((one) => one['default_code'] === sku);
          const quant = state.records('stock.quant').find((one) => one['product_id'] === product?.['id']);
          return String(Number(quant?.['id']));
        }),
      },
      'inventory.get': { stocked: () => 'TEE', unknownSku: () => 'NOBODY-KNOWS-THIS' },
      'shipments.pull': {
        async seed(platform, count) {
          const refs: Ref<'shipment'>[] = [];
          for (let made = 0; made < count; made++) {
            // What is under way slowly must not come to its end while the order is made.
            const release = platform.clock.hold();
            const order = await place(platform);
            release();
            const { id } = platform.state.ship(saleOrder(platform.state, order).name);
            refs.push({ system: 'odoo', kind: 'shipment', id: String(id) });
          }
          return refs;
        },
        touch: (platform, { id }) => rename(platform, 'stock.picking', id, 'origin'),
        late: slowly('stock.picking', (_platform, { id }: Ref<'shipment'>) => id),
        unknownStatus() {
          throw new CommerceError({ code: 'status.unmapped', message: 'Odoo has no such delivery.' });
        },
      },
      'shipments.confirm': {
        async ready(platform) {
          const order = await place(platform);
          const { lines } = saleOrder(platform.state, order);
          return { order, lines: lines.map(({ id, sku = '', quantity }) => ({ id: String(id), sku, quantity })) };
        },
        shipped: ({ state }, order) => saleOrder(state, order).lines.reduce((sum, { delivered }) => sum + delivered, 0),
      },
    },
    exempt: {
      'shipments.pull/reports-an-unknown-status-and-goes-on': {
        because: 'it asks Odoo for deliveries in state "done" alone, so no other word can come',
        source: 'stock.picking, Odoo 17.0 to 19.0, recorded 2026-11-23',
      },
    },
  });

  let placed = 0;

  /** An order of two tees, made as everybody makes them. */
  async function place(platform: Erp): Promise<Ref<'order'>> {
    const number = 10_000 + ++placed;
    return worldOf(platform).erp.orders.create(draftOf(platform, number), { idempotencyKey: `place-${number}` });
  }

  function draftOf(platform: Erp, number: number) {
    const { state } = platform;
    state.setStock('TEE', state.stockOf('TEE').onHand + 2);
    return aDraft({
      number: `#${number}`,
      source: { system: 'shop', kind: 'order', id: String(number) },
      customer: worldOf(platform).customer,
      lines: [aLine({ sku: 'TEE', quantity: 2 })],
      shippingAddress: address,
    });
  }

  function clientOf({ fetch, clock, origin: url }: Erp) {
    return odooClientOf({ url, database: 'odoo', apiKey: 'odoo-api-key', login: 'connector', fetch, clock });
  }

  async function rename(platform: Erp, model: string, id: string, field = 'name'): Promise<void> {
    await clientOf(platform).write(model, [Number(id)], { [field]: `Renamed at ${platform.clock.now()}` });
  }

  /** Writes that are seen when their transaction ends, with the moment of its beginning; within the overlap of a pull. */
  function slowly<R>(model: keyof typeof written, idOf: (platform: Erp, record: R) => string) {
    const ms = 110_000;
    return {
      ms,
      begin(platform: Erp, record: R) {
        const { clock, state } = platform;
        state.commitLate(`${model}.write`, ms);
        const seenAt = clock.now() + ms;
        const slow = clientOf(platform).write(model, [Number(idOf(platform, record))], written[model]);
        return async () => {
          await clock.advance(Math.max(0, seenAt - clock.now()));
          await slow;
        };
      },
    };
  }
});

function saleOrder(state: OdooState, { id }: Ref<'order'>) {
  const order = state.saleOrders.find((one) => String(one.id) === id);
  if (!order) throw new Error(`Odoo has no sales order "${id}".`);
  return order;
}

function productRef(state: OdooState, sku: string): Ref<'product'> {
  const product = state.records('product.product').find((record) => record['default_code'] === sku);
  return { system: 'odoo', kind: 'product', id: `${Number(product?.['product_tmpl_id'])}` };
}
