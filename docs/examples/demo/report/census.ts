import { sumMoney, type Money } from '@crossdock/core';
import type { Channel } from '../channels.ts';
import type { TillDocument } from '../till/document.ts';
import { appliedCancellations, odooMoney, type Applied } from './cancellations.ts';
import { documentNumber } from './document-number.ts';
import { difference, goodsAskedFor, goodsOf, type Goods } from './goods.ts';
import type { Systems } from './systems.ts';

/** What became of one sale, as its channel, Odoo and the warehouse say it. */
export type Trace = {
  readonly document: string;
  /** Where it was bought; `undefined` where no channel has it. */
  readonly channel: Channel | undefined;
  readonly captured: boolean;
  readonly created: boolean;
  /** Everything that was ordered, and not taken back in time, left the warehouse. */
  readonly shipped: boolean;
  /** Channel and Odoo know every parcel and have the same goods as the warehouse. */
  readonly confirmed: boolean;
  readonly booked: Money;
  /** What was done more than once, in words. */
  readonly doubled: readonly string[];
};

export type Census = {
  readonly traces: ReadonlyMap<string, Trace>;
  readonly cancelled: ReadonlySet<string>;
  /** The cancellations that were applied. */
  readonly givenBack: readonly TillDocument[];
  /** Doubled things that belong to no single sale. */
  readonly doubled: readonly string[];
};

/** Counts in the systems what became of every document. */
export function takeCensus(systems: Systems, documents: readonly TillDocument[]): Census {
  const applied = appliedCancellations(documents, systems);
  const look = lookUp(systems);
  const sales = documents.filter(({ kind }) => kind === 'sale');
  return {
    traces: new Map(sales.map((sale) => [sale.number, traceOf(sale, applied, look)])),
    cancelled: new Set([...applied.values()].flat().map(({ number }) => number)),
    givenBack: [...applied.values()].flat(),
    doubled: [...repeated(systems.customerAccounts).map((account) => `customer ${account}`), ...strays(systems, sales)],
  };
}

function traceOf(sale: TillDocument, applied: Applied, look: ReturnType<typeof lookUp>): Trace {
  const { number } = sale;
  const [bought, ...boughtAgain] = look.channelOrders.get(number) ?? [];
  const salesOrders = (look.salesOrders.get(number) ?? []).filter(({ state }) => state !== 'cancel');
  const live = salesOrders.filter(({ state }) => state === 'sale');
  const released = (look.warehouseOrders.get(number) ?? []).filter(
    ({ shipments }) => !shipments.every(({ stage }) => stage === 'canceled'),
  );
  const left = released.flatMap(({ shipments }) => shipments).filter(({ shippedAt }) => shippedAt !== undefined);
  const parcels = look.parcels.get(bought?.id ?? '') ?? [];
  const booked = live.flatMap(({ name }) => look.deliveries.get(name) ?? []);

  const wanted = goodsAskedFor([sale, ...(applied.get(number) ?? [])]);
  const shipped = goodsOf(left.flatMap(({ lines }) => lines));
  const atChannel = goodsOf(parcels.flatMap(({ lines }) => lines));
  const inOdoo = goodsOf(booked.flatMap(({ moves }) => moves));
  const numbers = left.map(({ tracking }) => tracking?.number ?? '');
  const channelNumbers = parcels.flatMap(({ trackingNumbers }) => trackingNumbers);
  const odooNumbers = booked.flatMap(({ trackingRef }) => (trackingRef ?? '').split(/[\s,;]+/));
  const created = live.length > 0;
  const complete = created && left.length > 0 && difference(shipped, wanted).size === 0;
  return {
    document: number,
    channel: bought?.channel,
    captured: bought !== undefined,
    created,
    shipped: complete,
    confirmed:
      complete &&
      numbers.every((one) => one !== '' && channelNumbers.includes(one) && odooNumbers.includes(one)) &&
      difference(atChannel, shipped).size === 0 &&
      difference(inOdoo, shipped).size === 0,
    booked: sumMoney(
      live.map(({ amountTotal }) => odooMoney(amountTotal)),
      'GBP',
    ),
    doubled: [
      ...boughtAgain.map(({ channel }) => `order ${number} at ${channel}`),
      ...salesOrders.slice(1).map(({ name }) => `sales order ${name} for ${number}`),
      ...released.slice(1).map(({ reference }) => `fulfillment order ${reference}`),
      ...tooMuch(difference(shipped, wanted), `shipped of ${number}`),
      ...tooMuch(difference(atChannel, shipped), `of ${number} at its channel`),
      ...tooMuch(difference(inOdoo, shipped), `of ${number} in Odoo`),
    ],
  };
}

function lookUp(systems: Systems) {
  return {
    channelOrders: Map.groupBy(systems.channelOrders, ({ document }) => document),
    parcels: Map.groupBy(systems.parcels, ({ orderId }) => orderId),
    salesOrders: Map.groupBy(systems.salesOrders, ({ clientOrderRef }) => documentNumber(clientOrderRef)),
    deliveries: Map.groupBy(
      systems.deliveries.filter(({ state }) => state === 'done'),
      ({ saleOrder }) => saleOrder ?? '',
    ),
    warehouseOrders: Map.groupBy(systems.warehouseOrders, ({ reference }) => documentNumber(reference)),
  };
}

function tooMuch(goods: Goods, where: string): readonly string[] {
  return [...goods].flatMap(([article, quantity]) => (quantity > 0 ? [`${quantity} × ${article} ${where}`] : []));
}

/** What stands in Odoo or at the warehouse and belongs to no sale of the till. */
function strays({ salesOrders, warehouseOrders }: Systems, sales: readonly TillDocument[]): readonly string[] {
  const known = new Set(sales.map(({ number }) => number));
  return [
    ...salesOrders
      .filter(({ clientOrderRef }) => !known.has(documentNumber(clientOrderRef)))
      .map(({ name }) => `sales order ${name} for no sale`),
    ...warehouseOrders
      .filter(({ reference }) => !known.has(documentNumber(reference)))
      .map(({ reference }) => `fulfillment order ${reference} for no sale`),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
