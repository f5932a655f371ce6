import type {
  ConnectorBase,
  CustomerDraft,
  FulfillmentDraft,
  OrderDraft,
  QueueMessage,
  Ref,
  Runtime,
  StockUpdate,
} from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { Posting } from '../fake/webhook-feed.ts';
import type { AccountingScenery } from './accounting-scenery.ts';
import type { CatalogueScenery } from './catalogue-scenery.ts';
import type { HandlingScenery } from './handling-scenery.ts';
import type {
  Awaitable,
  CancelScenery,
  ChangeScenery,
  CreateScenery,
  GetScenery,
  LateChange,
  PullScenery,
  ShippableOrder,
} from './scenes.ts';
import type { SupplyScenery } from './supply-scenery.ts';

/** Orders, and those of them that wait, where the platform has such. */
export interface OrderPullScenery<S> extends PullScenery<S, 'order'> {
  /** Adds an order that may not be worked on yet: unpaid, or without its prices and address. */
  readonly pending?: (platform: FakePlatform<S>) => Awaitable<Ref<'order'>>;
  /** What it waited for happens. */
  readonly accept?: (platform: FakePlatform<S>, ref: Ref<'order'>) => Awaitable<void>;
}

/**
 * What the suite must be able to set up and look at on a platform, by the operation that it is needed for. The suite asks
 * for the parts whose operation the connector offers.
 */
export interface Scenery<S> extends CatalogueScenery<S>, SupplyScenery<S>, AccountingScenery<S>, HandlingScenery<S> {
  'orders.pull': OrderPullScenery<S>;
  'orders.get': GetScenery<S, 'order'>;
  'orders.create': CreateScenery<S, OrderDraft>;
  'orders.confirm': {
    /** Adds an order that waits as a draft, with stock for all of it; another `number` is another one. */
    readonly waiting: (
      platform: FakePlatform<S>,
      number: number,
    ) => Awaitable<{ readonly order: Ref<'order'>; readonly units: number }>;
    /** How many units are reserved for it: none while it waits. */
    readonly reserved: (platform: FakePlatform<S>, order: Ref<'order'>) => Awaitable<number>;
  };
  'orders.cancel': CancelScenery<S, 'order'>;
  'inventory.pull': {
    /** Adds `count` SKUs with stock, and gives their names. */
    readonly seed: (platform: FakePlatform<S>, count: number) => Awaitable<readonly string[]>;
    /** A buyer takes one of it, or somebody corrects it: the figure is another one now. */
    readonly touch: (platform: FakePlatform<S>, sku: string) => Awaitable<void>;
    /** Adds a level that nobody can read, where one can be; what the platform calls it. */
    readonly unreadable?: (platform: FakePlatform<S>) => Awaitable<Ref>;
    readonly late?: LateChange<S, string>;
  };
  'inventory.get': {
    /** Adds stock of a SKU. */
    readonly stocked: (platform: FakePlatform<S>) => Awaitable<string>;
    readonly unknownSku: (platform: FakePlatform<S>) => Awaitable<string>;
  };
  'inventory.push': {
    /**
     * The update to write for SKU number `number`, which the platform knows and has another figure of. Without
     * `expected`; a law adds it.
     */
    readonly update: (platform: FakePlatform<S>, number: number) => Awaitable<StockUpdate>;
    /** What the platform shows a buyer for that SKU and place, once everything that was accepted has taken effect. */
    readonly stock: (platform: FakePlatform<S>, update: StockUpdate) => Awaitable<number | undefined>;
    /** A buyer takes one of it, or somebody corrects it: the figure is another one now. */
    readonly change: (platform: FakePlatform<S>, update: StockUpdate) => Awaitable<void>;
  };
  'customers.pull': ChangeScenery<S, 'customer'>;
  'customers.get': {
    /** Adds a customer with this e-mail address and this number, spelt as here. */
    readonly seed: (
      platform: FakePlatform<S>,
      identity: { readonly email: string; readonly accountNumber: string },
    ) => Awaitable<Ref<'customer'>>;
  };
  'customers.create': CreateScenery<S, CustomerDraft>;
  'fulfillments.request': CreateScenery<S, FulfillmentDraft>;
  'fulfillments.pull': PullScenery<S, 'fulfillment'>;
  'fulfillments.get': GetScenery<S, 'fulfillment'>;
  'fulfillments.cancel': CancelScenery<S, 'fulfillment'> & {
    /** Adds one that has left. */
    readonly late: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
  };
  'shipments.pull': PullScenery<S, 'shipment'>;
  'shipments.confirm': {
    /** Adds an order; another `number` is another one. */
    readonly ready: (platform: FakePlatform<S>, number: number) => Awaitable<ShippableOrder>;
    /** How many units of the order the platform has as shipped. */
    readonly shipped: (platform: FakePlatform<S>, order: Ref<'order'>) => Awaitable<number>;
  };
  'webhooks.verify': {
    /** A delivery about a record that is there, signed by the platform. */
    readonly genuine: (platform: FakePlatform<S>) => Awaitable<Posting>;
    /** One signed with the other secret that the connector was given. */
    readonly rotated: (platform: FakePlatform<S>) => Awaitable<Posting>;
    /** One signed with a secret that is not ours. */
    readonly forged: (platform: FakePlatform<S>) => Awaitable<Posting>;
  };
  'notifications.read': {
    /** A message about an order that is there, as the platform puts it into the queue. */
    readonly genuine: (platform: FakePlatform<S>) => Awaitable<QueueMessage>;
  };
}

/** What a law may give to a connector besides its platform. It has to become part of the connector's options. */
export type Given = Pick<Runtime, 'shared'>;

/** What a law works on: a fresh platform, and as many connectors on it as there are processes. */
export interface Ground<C extends ConnectorBase, S> {
  readonly platform: FakePlatform<S>;
  /**
   * A new connector on that platform, with its clock and what it is given; two secrets for webhooks, where it takes them.
   * Write the type of the parameter, so that the connector's is inferred: `(given?: Given) => shop({ ...given, clock })`.
   */
  readonly connect: (given?: Given) => C;
  /** What must never stand in an error: tokens, webhook secrets, and e-mail addresses in the platform's records. */
  readonly secrets: readonly string[];
}
