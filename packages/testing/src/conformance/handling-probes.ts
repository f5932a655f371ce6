import { subtractMoney } from '@crossdock/core';
import { read, write, type Prepare } from './probe.ts';

/** Writes of what is done with orders and goods that are there, and of who is told. */
export const handlingWrites: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.update'];
    if (!connector.can('orders.update') || !scene) return [];
    const order = await scene.noted(platform, 918, { note: 'Ring twice.', tags: ['gift'] });
    return write(
      'orders.update',
      (options) => connector.orders.update(order, { note: 'Ring once.', addTags: ['vip'] }, options),
      () => scene.shown(platform, order),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.hold'];
    if (!connector.can('fulfillments.hold') || !scene) return [];
    const ref = await scene.open(platform, 919);
    return write(
      'fulfillments.hold',
      (options) => connector.fulfillments.hold(ref, { reason: 'payment' }, options),
      () => scene.holds(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.release'];
    if (!connector.can('fulfillments.release') || !scene) return [];
    const ref = await scene.open(platform, 920);
    await scene.holdByUs(platform, ref, 'payment');
    return write(
      'fulfillments.release',
      (options) => connector.fulfillments.release(ref, { reason: 'payment' }, options),
      () => scene.holds(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.answer'];
    if (!connector.can('fulfillments.answer') || !scene) return [];
    const ref = await scene.asked(platform, 921, 'request');
    return write(
      'fulfillments.answer',
      (options) => connector.fulfillments.answer(ref, { to: 'request', accept: true }, options),
      () => scene.answered(platform, ref, 'request'),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['shipments.update'];
    if (!connector.can('shipments.update') || !scene) return [];
    const ref = await scene.traveling(platform, 922);
    const parcels = [{ carrier: 'DHL', trackingNumber: 'TRACK-922' }];
    return write(
      'shipments.update',
      (options) => connector.shipments.update(ref, { parcels }, options),
      () => scene.trackingNumbers(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['shipments.report'];
    if (!connector.can('shipments.report') || !scene) return [];
    const ref = await scene.traveling(platform, 923);
    const report = { status: 'in-transit', at: '2026-11-20T09:30:00.000Z' } as const;
    return write(
      'shipments.report',
      (options) => connector.shipments.report(ref, report, options),
      () => scene.reportedAt(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['payments.capture'];
    if (!connector.can('payments.capture') || !scene) return [];
    const all = await scene.draft(platform, 924);
    const draft = { ...all, amount: subtractMoney(all.amount, { amount: '1.00', currency: all.amount.currency }) };
    return write(
      'payments.capture',
      (options) => connector.payments.capture(draft, options),
      () => scene.taken(platform, draft),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['webhooks.subscribe'];
    if (!connector.can('webhooks.subscribe') || !scene) return [];
    const plan = { topics: scene.topics, address: scene.addresses[0] };
    return write(
      'webhooks.subscribe',
      (options) => connector.webhooks.subscribe(plan, options),
      () => scene.there(platform),
    );
  },
];

/** Reads beside records: who is told. */
export const handlingReads: readonly Prepare[] = [
  async ({ connector }) => {
    if (!connector.can('webhooks.subscriptions')) return [];
    return read('webhooks.subscriptions', (options) => connector.webhooks.subscriptions(options));
  },
];
