import {
  toMinorUnits,
  type EntityKind,
  type FulfillmentAnswer,
  type FulfillmentHold,
  type HoldRelease,
  type OrderChange,
  type PortCatalogue,
  type ReadOptions,
  type Ref,
  type Subscription,
  type SubscriptionPlan,
  type TrackingChange,
  type TrackingReport,
  type WriteOptions,
} from '@crossdock/core';
import type * as z from 'zod';
import type { ToyClient } from './office.ts';
import { idSchema, subscriptionsSchema } from './wire.ts';

const system = 'toy';

/** What the toy's connector does with orders and goods that are there, and who is told. */
export function handlingPorts({ read, write }: Pick<ToyClient, 'read' | 'write'>) {
  async function changed<const K extends EntityKind>(
    operation: string,
    [kind, path]: readonly [K, string],
    json: unknown,
    options: WriteOptions,
  ): Promise<Ref<K>> {
    const { id } = await write(operation, path, json, idSchema, options);
    return { system, kind, id };
  }

  return {
    orders: {
      update: (ref: Ref<'order'>, change: OrderChange, options: WriteOptions) =>
        changed('orders.update', ['order', `orders/${ref.id}/notes`], change, options),
    } satisfies Partial<PortCatalogue['orders']>,
    fulfillments: {
      hold: (ref: Ref<'fulfillment'>, hold: FulfillmentHold, options: WriteOptions) =>
        changed('fulfillments.hold', fulfillment(ref, 'hold'), hold, options),
      release: (ref: Ref<'fulfillment'>, what: HoldRelease, options: WriteOptions) =>
        changed('fulfillments.release', fulfillment(ref, 'release'), what, options),
      answer: (ref: Ref<'fulfillment'>, answer: FulfillmentAnswer, options: WriteOptions) =>
        changed('fulfillments.answer', fulfillment(ref, 'answer'), answer, options),
    } satisfies Partial<PortCatalogue['fulfillments']>,
    shipments: {
      update: (ref: Ref<'shipment'>, { parcels }: TrackingChange, options: WriteOptions) => {
        const numbers = parcels.flatMap(({ trackingNumber }) => trackingNumber ?? []);
        return changed('shipments.update', shipment(ref, 'tracking'), { numbers }, options);
      },
      report: (ref: Ref<'shipment'>, report: TrackingReport, options: WriteOptions) =>
        changed('shipments.report', shipment(ref, 'report'), report, options),
    } satisfies Partial<PortCatalogue['shipments']>,
    payments: {
      capture({ order, amount, ...rest }, options) {
        const json = { ...rest, pence: Number(toMinorUnits(amount)), currency: amount.currency };
        return changed('payments.capture', ['payment', `orders/${order.id}/capture`], json, options);
      },
    } satisfies Partial<PortCatalogue['payments']>,
    webhooks: {
      async subscribe(plan: SubscriptionPlan, options: WriteOptions) {
        return subscriptionsOf(await write('webhooks.subscribe', 'subscriptions', plan, subscriptionsSchema, options));
      },
      async subscriptions(options?: ReadOptions) {
        return subscriptionsOf(await read('webhooks.subscriptions', 'subscriptions', subscriptionsSchema, options));
      },
    } satisfies Partial<PortCatalogue['webhooks']>,
  };
}

function fulfillment({ id }: Ref<'fulfillment'>, verb: string) {
  return ['fulfillment', `fulfillments/${id}/${verb}`] as const;
}

function shipment({ id }: Ref<'shipment'>, verb: string) {
  return ['shipment', `shipments/${id}/${verb}`] as const;
}

function subscriptionsOf({ items }: z.infer<typeof subscriptionsSchema>): readonly Subscription[] {
  return items.map(({ id, topic, address, state }) => ({
    ref: { system, kind: 'subscription', id },
    topic,
    address,
    state: state === 'disabled' ? 'disabled' : 'active',
  }));
}
