import type { CaptureDraft, FulfillmentAnswer, HoldReason, Money, Ref } from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { Awaitable, GetScenery } from './scenes.ts';

/** What stands on an order for the people who work on it. */
export interface OrderNotes {
  /** Empty where there is none. */
  readonly note: string;
  readonly tags: readonly string[];
}

/** How to stop a fulfillment order, and see who has stopped it. */
export interface HoldScenery<S> extends GetScenery<S, 'fulfillment'> {
  /** Adds one that nothing holds, and of which nothing has left; another `number` is another one. */
  readonly open: (platform: FakePlatform<S>, number: number) => Awaitable<Ref<'fulfillment'>>;
  /** Somebody else stops it, beside whoever has done so already. */
  readonly holdByStranger: (platform: FakePlatform<S>, ref: Ref<'fulfillment'>) => Awaitable<void>;
  /** How many holds keep it, by whose they are. */
  readonly holds: (
    platform: FakePlatform<S>,
    ref: Ref<'fulfillment'>,
  ) => Awaitable<{ readonly ours: number; readonly others: number }>;
}

/** Whether one is told everything (`active`), nothing (`disabled`) or only a part, by a filter of somebody's (`narrowed`). */
export interface StandingSubscription {
  readonly topic: string;
  readonly address: string;
  readonly state: 'active' | 'disabled' | 'narrowed';
}

/** How to subscribe somebody at a platform. */
export interface SubscriptionScenery<S> {
  /** What the platform can tell, in its own words. */
  readonly topics: readonly [string, string, string];
  /** Two addresses that it takes. */
  readonly addresses: readonly [string, string];
  /** In which states besides `active` a subscription can stand there; none where what was ended is gone. */
  readonly faults: readonly ('disabled' | 'narrowed')[];
  readonly add: (platform: FakePlatform<S>, subscription: StandingSubscription) => Awaitable<void>;
}

/** Scenes of what is done with orders and goods that are there: notes, holds, answers, tracking, captures; and who is told. */
export interface HandlingScenery<S> {
  'orders.update': GetScenery<S, 'order'> & {
    /** Adds an order with this note and these tags; another `number` is another one. */
    readonly noted: (platform: FakePlatform<S>, number: number, notes: OrderNotes) => Awaitable<Ref<'order'>>;
    /** `version` is what every write of the order changes, whatever it writes: the moment of the last one, or a count of them. */
    readonly shown: (
      platform: FakePlatform<S>,
      order: Ref<'order'>,
    ) => Awaitable<OrderNotes & { readonly version: string }>;
    /** Somebody else puts a tag on it now. */
    readonly tagByStranger?: (platform: FakePlatform<S>, order: Ref<'order'>, tag: string) => Awaitable<void>;
  };
  'fulfillments.hold': HoldScenery<S> & {
    /** Adds one that has left. */
    readonly late: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
  };
  'fulfillments.release': HoldScenery<S> & {
    /** A hold as `fulfillments.hold` of this connector puts it on for this reason is put on. */
    readonly holdByUs: (platform: FakePlatform<S>, ref: Ref<'fulfillment'>, reason: HoldReason) => Awaitable<void>;
  };
  'fulfillments.answer': GetScenery<S, 'fulfillment'> & {
    /** Adds one of which we were asked this, and have not answered; another `number` is another one. */
    readonly asked: (
      platform: FakePlatform<S>,
      number: number,
      to: FulfillmentAnswer['to'],
    ) => Awaitable<Ref<'fulfillment'>>;
    /** Adds one of which nobody has asked anything. */
    readonly unasked: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
    /** What was answered to this; `undefined` while nothing was. */
    readonly answered: (
      platform: FakePlatform<S>,
      ref: Ref<'fulfillment'>,
      to: FulfillmentAnswer['to'],
    ) => Awaitable<'accepted' | 'rejected' | undefined>;
  };
  'shipments.update': GetScenery<S, 'shipment'> & {
    /** Adds a shipment that travels under one number; another `number` is another one. */
    readonly traveling: (platform: FakePlatform<S>, number: number) => Awaitable<Ref<'shipment'>>;
    /** Adds one that was voided. */
    readonly voided: (platform: FakePlatform<S>) => Awaitable<Ref<'shipment'>>;
    /** The tracking numbers under which it travels. */
    readonly trackingNumbers: (platform: FakePlatform<S>, ref: Ref<'shipment'>) => Awaitable<readonly string[]>;
  };
  'shipments.report': GetScenery<S, 'shipment'> & {
    /** Adds a shipment of which nothing was reported; another `number` is another one. */
    readonly traveling: (platform: FakePlatform<S>, number: number) => Awaitable<Ref<'shipment'>>;
    /** When what was reported of it happened, one for each report, as ISO 8601 in UTC. */
    readonly reportedAt: (platform: FakePlatform<S>, ref: Ref<'shipment'>) => Awaitable<readonly string[]>;
  };
  'payments.capture': GetScenery<S, 'order'> & {
    /**
     * Adds an order with money reserved for it, at least 3.00 of its currency, at a gateway that can take it in parts; the
     * draft takes all of it, without `isLast`. Another `number` is another order.
     */
    readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<CaptureDraft>;
    /** What can still be taken of it. */
    readonly reserved: (platform: FakePlatform<S>, draft: CaptureDraft) => Awaitable<Money>;
    /** What was taken of it, each time. */
    readonly taken: (platform: FakePlatform<S>, draft: CaptureDraft) => Awaitable<readonly Money[]>;
    /** Somebody takes the draft's amount of it by hand. */
    readonly takeByStranger?: (platform: FakePlatform<S>, draft: CaptureDraft) => Awaitable<void>;
  };
  'webhooks.subscribe': SubscriptionScenery<S> & {
    /** Every subscription there is. */
    readonly there: (platform: FakePlatform<S>) => Awaitable<readonly StandingSubscription[]>;
  };
  'webhooks.subscriptions': SubscriptionScenery<S>;
}
