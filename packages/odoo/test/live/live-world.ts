import { randomUUID } from 'node:crypto';
import { money, multiplyMoney, sumMoney, type OrderDraft, type Ref, type Shipment } from '@crossdock/core';
import { odoo, odooClientOf, type OdooOptions } from '../../src/index.ts';
import type { Access } from './access.ts';
import { cleanUp, everythingNamed, withId } from './clean-up.ts';
import { losingFetch } from './lost-answers.ts';
import { seeds } from './seeds.ts';

/** What a line of an order is about. */
export interface Wanted {
  readonly sku: string;
  readonly quantity: number;
}

export type LiveWorld = Awaited<ReturnType<typeof aLiveWorld>>;

const plenty = 100_000;
const price = '10.00';

/** Goods, a buyer and a supplier of this run alone on a real Odoo, and connectors to it. */
export async function aLiveWorld(access: Access) {
  const run = `x${randomUUID().slice(0, 8)}`;
  const losing = losingFetch();
  const { scenes, ...connector } = access;
  // What a person would do, and look at.
  const client = odooClientOf(scenes);
  const hand = seeds(client, run);
  const [warehouse, ...others] = await hand.warehouses();
  if (warehouse === undefined) throw new Error('No live test was begun: Odoo has no warehouse. Make one.');
  const { currency } = await hand.companyOf(warehouse.company);
  const tee = { sku: `TEE-${run}` };
  const cap = { sku: `CAP-${run}` };
  const goods = await hand.addProducts([tee.sku, cap.sku], Number(price));
  await hand.setStock(idsOf(goods), warehouse.stock, plenty);
  const customer = await hand.addPartner({ email: `buyer.${run}@example.test`, ref: `A-${run}` });
  const supplier = await hand.addPartner({ name: `Live supplier ${run}` });
  const place = await hand.addPlace('damaged');
  const list = await hand.addPriceList(warehouse.company);
  const traces = {
    partners: new Set([customer, supplier].map(({ id }) => Number(id))),
    templates: new Set(goods.map(({ template }) => template)),
    products: new Set(idsOf(goods)),
    places: new Set([place]),
    lists: new Set([list]),
    categories: new Set<number>(),
    taxes: new Set<number>(),
  };
  const options: OdooOptions = {
    ...connector,
    externalIdModule: `live_${run}`,
    warehouse: warehouse.id,
    paymentJournals: { card: await hand.bankJournal() },
    damagedLocation: place,
    returnLocations: { quarantine: place },
    priceLists: [list],
    fetch: losing.fetch,
  };
  /** Another process with the same options. */
  const connect = (change: Partial<OdooOptions> = {}) => odoo({ ...options, ...change });
  let placed = 0;

  return {
    access,
    run,
    client,
    hand,
    warehouse,
    otherWarehouses: others,
    currency,
    tee,
    cap,
    goods,
    customer,
    supplier,
    list,
    traces,
    options,
    connect,
    erp: connect(),
    lose: losing.lose,
    lostAnswers: losing.count,
    money: (amount: string) => money(amount, currency),
    anOrder,
    place: placeOrder,
    shipmentOf,
    count,
    /** Takes back what can be taken back, and prints what cannot. */
    async leave(): Promise<void> {
      const left = await cleanUp(client, await everythingNamed(client, run, traces));
      const words = left.length === 0 ? 'nothing' : `${left.join('; ')}. Goods, buyers and places of it are archived`;
      console.info(`Run ${run} left in "${access.database}": ${words}.`);
    },
  };

  /** The draft of an order of goods without taxes. */
  function anOrder(wanted: readonly Wanted[] = [{ sku: tee.sku, quantity: 2 }], change: Partial<OrderDraft> = {}) {
    const number = `${run}-${++placed}`;
    const unitPrice = money(price, currency);
    const lines = wanted.map(({ sku, quantity }, index) => ({
      id: `line-${index + 1}`,
      sku,
      title: sku,
      quantity,
      unitPrice,
      discounts: [],
      taxes: [],
      total: multiplyMoney(unitPrice, String(quantity)),
      requiresShipping: true,
    }));
    const zero = money('0.00', currency);
    const goodsTotal = sumMoney(
      lines.map(({ total }) => total),
      currency,
    );
    const totals = { goods: goodsTotal, discount: zero, shipping: zero, fees: zero, tax: zero, total: goodsTotal };
    const draft: OrderDraft = {
      number: `#${number}`,
      paymentStatus: 'paid',
      currency,
      taxesIncluded: false,
      lines,
      shippingLines: [],
      feeLines: [],
      discounts: [],
      totals,
      transactions: [],
      tags: [],
      placedAt: '2026-11-20T09:15:00Z',
      source: { system: 'shop', kind: 'order', id: number },
      customer,
      ...change,
    };
    return draft;
  }

  /** An order that is confirmed. */
  async function placeOrder(wanted?: readonly Wanted[]): Promise<Ref<'order'>> {
    const draft = anOrder(wanted);
    return connect().orders.create(draft, { idempotencyKey: draft.source.id });
  }

  function shipmentOf(id: string, lines: readonly Wanted[]): Shipment {
    return {
      ref: { system: 'warehouse', kind: 'shipment', id: `${run}-${id}` },
      number: `${run}-${id}`,
      status: 'handed-over',
      wireStatus: 'shipped',
      parcels: [{ id: '1', carrier: 'UPS', trackingNumber: `1Z-${run}-${id}`, lines }],
      updatedAt: '2026-11-20T12:00:00Z',
    };
  }

  /** How many records of this model are there of which these conditions hold. */
  async function count(model: string, ...domain: readonly (readonly [string, string, unknown])[]): Promise<number> {
    return (await client.searchRead(model, withId, { domain })).length;
  }
}

function idsOf(goods: readonly { readonly id: number }[]): readonly number[] {
  return goods.map(({ id }) => id);
}
