import { expect, it } from 'vitest';
import {
  defineConnector,
  type FulfillmentHold,
  type Json,
  type ReadOptions,
  type Ref,
  type Subscription,
  type SubscriptionPlan,
  type WriteOptions,
} from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { failWith, setUp } from './set-up.ts';
import { webhook } from './shop.ts';

const held: Ref<'fulfillment'> = { system: 'depot', kind: 'fulfillment', id: '9' };

/** A depot that tells whoever subscribes, and can be stopped. */
function depot() {
  const asked: (ReadOptions | undefined)[] = [];
  const sent: Json[] = [];
  let standing: readonly Subscription[] = [];
  const connector = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'depot',
    ports: {
      fulfillments: {
        async hold(ref: Ref<'fulfillment'>, hold: FulfillmentHold, { idempotencyKey }: WriteOptions) {
          sent.push({ held: ref.id, reason: hold.reason, idempotencyKey });
          return ref;
        },
      },
      webhooks: {
        async subscribe({ topics, address }: SubscriptionPlan, { idempotencyKey }: WriteOptions) {
          sent.push({ subscribed: topics, idempotencyKey });
          standing = topics.map((topic) => ({
            ref: { system: 'depot', kind: 'subscription', id: topic },
            topic,
            address,
            state: 'active',
          }));
          return standing;
        },
        async subscriptions(options?: ReadOptions) {
          asked.push(options);
          return standing;
        },
      },
    },
    traits: { 'fulfillments.hold': {}, 'webhooks.subscribe': {} },
    check: async () => {},
    usage: () => [],
  });
  return { connector, asked, sent };
}

const plan = { topics: ['orders'], address: 'https://receiver.invalid/depot' };

/** Subscribes where nothing stands, holds, and stumbles `stumbles` times before its end. */
function stopping(stumbles: number, results: Json[] = []) {
  let left = stumbles;
  return defineFlow({
    name: 'stop',
    version: 1,
    on: 'order.placed',
    needs: { depot: ['fulfillments.hold', 'webhooks.subscribe', 'webhooks.subscriptions'] },
    key: ({ data }) => data.number,
    async run({ systems, step }) {
      const { fulfillments, webhooks } = systems.depot;
      const before = await webhooks.subscriptions();
      await webhooks.subscriptions({ lane: 'bulk' });
      const told = await step('tell', async ({ key }) => [
        ...(await webhooks.subscribe(plan, { idempotencyKey: key })),
      ]);
      await step('stop', ({ key }) => fulfillments.hold(held, { reason: 'payment' }, { idempotencyKey: key }));
      if (left-- > 0) failWith('platform.unavailable');
      results.push({ before: before.length, told: told.map(({ topic, state }) => `${topic} ${state}`) });
    },
  });
}

it('asks a system for all of its subscriptions in the lane and with the signal of the run', async () => {
  const { connector, asked } = depot();
  const { composed } = setUp(undefined, { systems: { depot: connector } });
  const hub = composed({ ...stopping(0), lane: 'urgent' });
  await hub.receive('shop', webhook('d1', ['1']));
  await hub.work();

  expect(asked).toEqual(['urgent', 'bulk'].map((lane) => ({ lane, signal: expect.any(AbortSignal) })));
});

it('subscribes and holds once, however often its run begins again, and knows what was answered', async () => {
  const { connector, sent } = depot();
  const { clock, composed } = setUp(undefined, { systems: { depot: connector }, retryDelayMs: 1_000 });
  const results: Json[] = [];
  const hub = composed(stopping(2, results));
  await hub.receive('shop', webhook('d1', ['1']));
  for (let attempt = 1; attempt <= 3; attempt++) {
    await hub.work();
    await clock.advance(60 * 60_000);
  }

  expect(sent).toEqual([
    { subscribed: ['orders'], idempotencyKey: expect.stringMatching(/\/tell$/) },
    { held: '9', reason: 'payment', idempotencyKey: expect.stringMatching(/\/stop$/) },
  ]);
  expect(results).toEqual([{ before: 1, told: ['orders active'] }]);
});

it('says in a plan whom it would tell and what it would stop, and sends nothing', async () => {
  const { connector, sent } = depot();
  const { composed } = setUp(undefined, { systems: { depot: connector }, maxAttempts: 1 });
  let isRisky = true;
  const hub = composed(
    defineFlow({
      name: 'stop',
      version: 1,
      on: 'order.placed',
      needs: { depot: ['fulfillments.hold', 'webhooks.subscribe'] },
      key: ({ data }) => data.number,
      async run({ systems: { depot: place }, step }) {
        await step('check', async () => (isRisky ? failWith('risk.open') : null));
        await Promise.all([
          step('tell', async ({ key }) => [...(await place.webhooks.subscribe(plan, { idempotencyKey: key }))]),
          step('stop', ({ key }) => place.fulfillments.hold(held, { reason: 'fraud' }, { idempotencyKey: key })),
        ]);
      },
    }),
  );
  await hub.receive('shop', webhook('d1', ['1']));
  await hub.work();
  const [open] = await hub.exceptions.list({ limit: 10 });
  isRisky = false;
  const { effects } = await hub.exceptions.plan(open?.id ?? '');

  expect(open?.code).toBe('risk.open');
  expect(effects).toMatchObject([
    {
      step: 'tell',
      system: 'depot',
      operation: 'webhooks.subscribe',
      request: { topics: plan.topics },
      known: { state: 'new' },
    },
    { step: 'stop', operation: 'fulfillments.hold', request: [held, { reason: 'fraud' }], known: { state: 'new' } },
  ]);
  expect(sent).toEqual([]);
});
