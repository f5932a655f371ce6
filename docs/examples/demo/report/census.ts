import { addMoney, equalMoney, money, subtractMoney, sumMoney, zeroMoney, type Money } from '@crossdock/core';
import type { FakeSaleOrder, ShipBobOrder } from '@crossdock/testing';
import type { TillDocument } from '../till/document.ts';
import { valueOf } from '../till/value.ts';
import type { World } from '../world/world.ts';

/** What became of one sale, as the three systems say it. */
export type Trace = {
  readonly document: string;
  readonly captured: boolean;
  readonly created: boolean;
  readonly shipped: boolean;
  readonly confirmed: boolean;
  readonly booked: Money;
  /** What was done more than once, in words. */
  readonly doubled: readonly string[];
};

export type Census = {
  readonly traces: ReadonlyMap<string, Trace>;
  /** Cancellations that the systems show as applied. */
  readonly cancelled: ReadonlySet<string>;
  /** Doubled things that belong to no single sale. */
  readonly doubled: readonly string[];
};

/** Looks into the shop, Odoo and the warehouse, and asks our own records nothing. */
export function takeCensus({ shopify, odoo, shipbob }: World, documents: readonly TillDocument[]): Census {
  const salesOrders = Map.groupBy(odoo.state.saleOrders, ({ clientOrderRef }) => documentNumber(clientOrderRef ?? ''));
  const warehouseOrders = Map.groupBy(shipbob.state.orders, ({ reference }) => documentNumber(reference));
  const shopOrders = Map.groupBy(shopify.state.orders, (order) => String(order.number));
  const deliveries = Map.groupBy(odoo.state.pickings, ({ saleOrder }) => saleOrder ?? '');
  const traces = new Map<string, Trace>();

  for (const { number, kind } of documents) {
    if (kind !== 'sale') continue;
    const [shopOrder, ...furtherShopOrders] = shopOrders.get(number) ?? [];
    const live = (salesOrders.get(number) ?? []).filter(({ state }) => state === 'sale');
    const released = (warehouseOrders.get(number) ?? []).filter((order) => !isCanceled(order));
    const shipments = released.flatMap((order) => order.shipments);
    const left = shipments.filter(({ shippedAt }) => shippedAt !== undefined);
    const numbers = left.map(({ tracking }) => tracking?.number ?? '');
    const parcels = shopOrder
      ? shopify.state.fulfillmentsOf(shopOrder.id).filter(({ status }) => status === 'SUCCESS')
      : [];
    const inShop = parcels.flatMap(({ tracking }) => tracking.map((one) => one.number ?? ''));
    const booked = live.flatMap(({ name }) => deliveries.get(name) ?? []).filter(({ state }) => state === 'done');
    const inOdoo = booked.map(({ trackingRef }) => trackingRef ?? '').join(' ');
    const units = {
      warehouse: sum(left.flatMap(({ lines }) => lines.map(({ quantity }) => quantity))),
      shop: sum(parcels.flatMap(({ lines }) => lines.map(({ quantity }) => quantity))),
      odoo: sum(booked.flatMap(({ moves }) => moves.map(({ quantity }) => quantity))),
    };
    const created = live.length > 0;
    const shipped = created && left.length > 0 && left.length === shipments.length;
    traces.set(number, {
      document: number,
      captured: shopOrder !== undefined,
      created,
      shipped,
      confirmed:
        shipped &&
        numbers.every((one) => one !== '' && inShop.includes(one) && inOdoo.includes(one)) &&
        units.shop === units.warehouse &&
        units.odoo === units.warehouse,
      booked: sumMoney(live.map(totalOf), 'GBP'),
      doubled: [
        ...furtherShopOrders.map(() => `order ${number} in the shop`),
        ...live.slice(1).map(({ name }) => `sales order ${name} for ${number}`),
        ...released.slice(1).map(({ reference }) => `fulfillment order ${reference}`),
        ...(units.shop > units.warehouse ? [`${units.shop - units.warehouse} units of ${number} in the shop`] : []),
        ...(units.odoo > units.warehouse ? [`${units.odoo - units.warehouse} units of ${number} in Odoo`] : []),
      ],
    });
  }
  return {
    traces,
    cancelled: appliedCancellations(documents, salesOrders),
    doubled: doubledCustomers(odoo.state.partners),
  };
}

/** A cancellation was applied where a canceled sales order has a live one beside it that is worth as much less. */
function appliedCancellations(
  documents: readonly TillDocument[],
  salesOrders: ReadonlyMap<string, readonly FakeSaleOrder[]>,
): ReadonlySet<string> {
  const applied = new Set<string>();
  const used = new Set<string>();
  for (const document of documents) {
    if (document.kind !== 'cancellation') continue;
    for (const sale of documents) {
      if (sale.kind !== 'sale' || sale.account !== document.account || used.has(sale.number)) continue;
      const orders = salesOrders.get(sale.number) ?? [];
      const canceled = orders.find(({ state }) => state === 'cancel');
      if (!canceled) continue;
      const live = orders.filter(({ state }) => state === 'sale').map(totalOf);
      const less = subtractMoney(live.reduce(addMoney, zeroMoney('GBP')), totalOf(canceled));
      if (!equalMoney(less, valueOf(document))) continue;
      applied.add(document.number);
      used.add(sale.number);
      break;
    }
  }
  return applied;
}

function doubledCustomers(partners: World['odoo']['state']['partners']): readonly string[] {
  const accounts = partners.flatMap(({ ref }) => (typeof ref === 'string' && ref !== '' ? [ref] : []));
  return accounts
    .filter((account, index) => accounts.indexOf(account) !== index)
    .map((account) => `customer ${account}`);
}

/** "#536365" and "#536365-2" are about document 536365. */
function documentNumber(reference: string): string {
  return reference.replace('#', '').split('-')[0] ?? '';
}

function isCanceled(order: ShipBobOrder): boolean {
  return order.shipments.every(({ stage }) => stage === 'canceled');
}

function totalOf({ amountTotal }: FakeSaleOrder): Money {
  // Odoo's floats mean cents.
  return money(amountTotal.toFixed(2), 'GBP');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
