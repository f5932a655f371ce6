import {
  isCommerceError,
  type CommerceEvent,
  type ConnectorBase,
  type Offers,
  type OperationName,
} from '@crossdock/core';
import type { OdooState, OdooVersion, Posting } from '@crossdock/testing';
import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { describe, expect, it } from 'vitest';
import { odoo, type OdooOptions } from '../src/index.ts';
import { groundOf, type Erp } from './scenery/ground.ts';
import { salesScenery } from './scenery/sales.ts';
import { all, aWorld, versions } from './world.ts';

const secrets = ['now-0123456789-abcdef-0123', 'old-0123456789-abcdef-0123'] as const;
const hooked = (options: OdooOptions) => odoo({ ...options, webhookSecrets: secrets });

/** A connector with webhooks and the pull that they are compared with. The other operations have their scenes elsewhere. */
function onlyTelling(connector: ConnectorBase) {
  if (!connector.can('orders.pull') || !connector.can('webhooks.verify') || !connector.can('webhooks.decode'))
    throw new Error('This connector tells nothing.');
  const { orders, webhooks } = connector;
  const operations = ['orders.pull', 'webhooks.verify', 'webhooks.decode'] as const;
  const can = (operation: OperationName) => operations.some((one) => one === operation);
  // What is left out is not called: `can` says that it is not there.
  return { ...connector, orders, webhooks, operations, can } as unknown as ConnectorBase &
    Offers<(typeof operations)[number]> & { readonly operations: readonly (typeof operations)[number][] };
}

function rule(state: OdooState, model: string, secret: string = secrets[0], fields = ['id', 'state', 'write_date']) {
  state.addWebhook({ name: `Tell of ${model}`, model, url: `https://hooks.example/odoo/${secret}`, fields });
}

/** What Odoo posted last, after everything that it had to do. */
async function postedLast({ platform }: { platform: Erp }): Promise<Posting> {
  platform.webhooks.deliver = async () => new Response();
  await platform.clock.advance(5_000);
  const posting = platform.webhooks.postings.at(-1);
  if (!posting) throw new Error('Odoo posted nothing.');
  return posting;
}

function request(url: string, body: string, type = 'application/json'): Request {
  return new Request(url, { method: 'POST', body, headers: { 'content-type': type } });
}

const address = `https://hooks.example/odoo/${secrets[0]}`;
const hint = (model: string, id: number, more = {}) =>
  JSON.stringify({ _action: 'x(#1)', _id: id, _model: model, ...more });
const idsOf = (events: readonly CommerceEvent[]) => events.map(({ id }) => id);

describe.each(versions)('Odoo %s that tells of what happened', (version) => {
  const ground = groundOf(version);
  const sales = salesScenery(ground);

  describeConnector('by automation rules', {
    setup() {
      const { platform, connect } = ground.setup();
      return {
        platform,
        connect(given?: Given) {
          const options = { ...given, webhookSecrets: secrets };
          return onlyTelling(connect(options));
        },
        secrets: [...secrets],
      };
    },
    scenery: {
      'orders.pull': sales['orders.pull'],
      'webhooks.verify': {
        genuine: (platform) => told(platform, secrets[0]),
        rotated: (platform) => told(platform, secrets[1]),
        forged: (platform) => told(platform, 'somebody-elses-secret-123'),
      },
    },
  });

  async function told(platform: Erp, secret: string): Promise<Posting> {
    rule(platform.state, 'sale.order', secret);
    await ground.place(platform);
    return postedLast({ platform });
  }

  it('takes the repetitions of one transaction for one delivery, and the next change for another', async () => {
    const { platform } = ground.setup();
    const { options } = ground.worldOf(platform);
    const { webhooks } = hooked(options);
    rule(platform.state, 'sale.order');
    const order = await ground.place(platform);
    await postedLast({ platform });
    const idsNow = async () => {
      const ids = new Set<string>();
      for (const posting of platform.webhooks.postings) {
        const verified = await webhooks.verify(await platform.webhooks.request(posting));
        if (verified.ok) ids.add(verified.delivery.deliveryId);
      }
      return ids.size;
    };
    const before = await idsNow();
    expect(before).toBeLessThan(platform.webhooks.postings.length);
    await ground.rename(platform, 'sale.order', order.id, 'note');
    await postedLast({ platform });
    expect(await idsNow()).toBe(before + 1);
  });

  it('counts every post when its rule sends no moment, so that no change is taken for the one before', async () => {
    const { platform } = ground.setup();
    const { webhooks } = hooked(ground.worldOf(platform).options);
    const ids = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const verified = await webhooks.verify(request(address, hint('sale.order', 7)));
      if (verified.ok) ids.add(verified.delivery.deliveryId);
      await platform.clock.advance(1_000);
    }
    expect(ids.size).toBe(3);
  });
});

async function decoded(world: ReturnType<typeof aWorld>, topic: string, id: number) {
  const { webhooks } = hooked(world.options);
  return webhooks.decode({ deliveryId: 'd', topic, body: hint(topic, id) });
}

describe.each(['17.0', '19.0'] as const)('a hint from Odoo %s', (version: OdooVersion) => {
  it('means of a delivery what the pulls make of it', async () => {
    const ground = groundOf(version);
    const { platform } = ground.setup();
    const [one] = await ground.shipped(platform, 2);
    const world = ground.worldOf(platform);
    const events = await decoded(world, 'stock.picking', Number(one?.shipment.id));
    expect(events.map(({ type }) => type)).toEqual(['shipment.dispatched', 'shipment.updated', 'fulfillment.updated']);
    const pulled = [
      ...(await all(world.erp.shipments.pull({}))).flatMap(({ items }) => items),
      ...(await all(world.erp.fulfillments.pull({}))).flatMap(({ items }) => items),
    ].filter(({ ref }) => ref.id === one?.shipment.id);
    expect(new Set(events.map(({ data }) => JSON.stringify(data)))).toEqual(
      new Set(pulled.map((item) => JSON.stringify(item))),
    );
  });

  it('asks for that record alone', async () => {
    const ground = groundOf(version);
    const { platform } = ground.setup();
    const orders = [await ground.place(platform), await ground.place(platform), await ground.place(platform)];
    const events = await decoded(ground.worldOf(platform), 'sale.order', Number(orders[1]?.id));
    expect(new Set(events.map(({ data }) => ('ref' in data ? data.ref.id : '')))).toEqual(new Set([orders[1]?.id]));
  });

  it('of a variant is a change of its product', async () => {
    const world = aWorld(version);
    const cap = world.state.records('product.product').find((one) => one['default_code'] === 'CAP');
    const events = await decoded(world, 'product.product', Number(cap?.['id']));
    expect(events).toMatchObject([{ type: 'product.updated', data: { variants: [{ sku: 'CAP' }] } }]);
  });

  it('of a quantity is counted anew', async () => {
    const world = aWorld(version);
    world.state.setStock('TEE', 42);
    const quant = world.state.records('stock.quant').find((one) => one['quantity'] === 42);
    const events = await decoded(world, 'stock.quant', Number(quant?.['id']));
    expect(events.find(({ type }) => type === 'stock.changed')?.data).toMatchObject({ sku: 'TEE', available: 42 });
  });

  it('of an address is a change of its customer', async () => {
    const world = aWorld(version);
    const [depot = 0] = await world
      .client()
      .create('res.partner', [
        { name: 'Depot', type: 'delivery', parent_id: Number(world.customer.id), street: '1 Quay', city: 'Boston' },
      ]);
    expect(await decoded(world, 'res.partner', depot)).toMatchObject([
      { type: 'customer.updated', data: { ref: world.customer } },
    ]);
  });

  it('means nothing when the record is gone, or none that a pull brings', async () => {
    const world = aWorld(version);
    const [vendor = 0] = await world.client().create('res.partner', [{ name: 'Mill', supplier_rank: 1 }]);
    expect(await decoded(world, 'sale.order', 999_999)).toEqual([]);
    expect(await decoded(world, 'stock.picking', 999_999)).toEqual([]);
    expect(await decoded(world, 'res.partner', vendor)).toEqual([]);
  });

  it('comes again without another fact', async () => {
    const ground = groundOf(version);
    const { platform } = ground.setup();
    const order = await ground.place(platform);
    const world = ground.worldOf(platform);
    const first = await decoded(world, 'sale.order', Number(order.id));
    await platform.clock.advance(60_000);
    expect(idsOf(await decoded(world, 'sale.order', Number(order.id)))).toEqual(idsOf(first));
  });

  it('of a model that nobody reads waits for a person', async () => {
    const world = aWorld(version);
    await expect(decoded(world, 'res.users', 1)).rejects.toMatchObject({ code: 'webhook.unknown' });
  });
});

describe('who may tell', () => {
  const { options } = aWorld();
  const { webhooks } = hooked(options);
  const body = hint('sale.order', 7, { write_date: '2026-11-23 12:44:11.554852' });

  it.each([
    ['no secret', 'https://hooks.example/odoo/'],
    ['half of it', `https://hooks.example/odoo/${secrets[0].slice(0, -1)}`],
    ['the secret in another place', `https://hooks.example/${secrets[0]}/odoo`],
    ['the secret as a question', `https://hooks.example/odoo?secret=${secrets[0]}`],
    ['half an escape', 'https://hooks.example/odoo/%'],
  ])('is nobody with %s', async (_what, url) => {
    expect(await webhooks.verify(request(url, body))).toEqual({ ok: false, reason: 'signature' });
  });

  it('is who knows one of the secrets', async () => {
    for (const secret of secrets) {
      const verified = await webhooks.verify(request(`https://hooks.example/odoo/${secret}?db=shop`, body));
      expect(verified).toMatchObject({ ok: true, delivery: { topic: 'sale.order', body } });
    }
  });

  it.each([
    ['a form', request(address, body, 'application/x-www-form-urlencoded')],
    ['no JSON', request(address, '{"_id":')],
    ['no record', request(address, '{"_model":"sale.order"}')],
    ['a model that is none', request(address, hint('../sale.order', 7))],
    ['a text for an id', request(address, '{"_model":"sale.order","_id":"7"}')],
  ])('is not let in with %s', async (_what, refused) => {
    expect(await webhooks.verify(refused)).toEqual({ ok: false, reason: 'headers' });
  });

  it('is not let in with more than a rule of ours would send', async () => {
    const large = hint('sale.order', 7, { note: 'x'.repeat(300_000) });
    expect(await webhooks.verify(request(address, large))).toEqual({ ok: false, reason: 'oversized' });
  });

  it('is nobody where no secret was given: there are no webhooks', () => {
    const plain = odoo(options);
    expect(plain.can('webhooks.verify')).toBe(false);
    expect(plain.operations).not.toContain('webhooks.decode');
  });

  it.each([[['short']], [['a secret with blanks in it 1234']], [['slash/slash/slash/slash/slash']]])(
    'is not told by a secret that is easily found or breaks an address: %s',
    (webhookSecrets) => {
      let said = '';
      try {
        odoo({ ...options, webhookSecrets });
      } catch (error) {
        if (isCommerceError(error, 'options.invalid')) said = error.message;
      }
      expect(said).toContain('webhookSecrets');
      expect(said).not.toContain(webhookSecrets[0]);
    },
  );
});
