import type {
  ConnectorBase,
  CustomerDraft,
  FulfillmentDraft,
  OrderDraft,
  Price,
  QueueMessage,
  Ref,
  Runtime,
  StockUpdate,
} from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { Posting } from '../fake/webhook-feed.ts';

type Awaitable<T> = T | Promise<T>;

/**
 * A change that is seen later than it was made, because a search index lags or a slow transaction shows its rows, with the
 * stamp of its beginning, when it ends.
 */
export interface LateChange<S, R> {
  /** From the change until it is seen, in milliseconds: as long as the connector promises to look back. */
  readonly ms: number;
  /** Makes the change now, of a record that was seeded. What it gives waits until it is seen. */
  readonly begin: (platform: FakePlatform<S>, record: R) => Awaitable<() => Awaitable<void>>;
}

/** How to fill a platform with records of one kind, change one, and make one that nobody can read. */
export interface PullScenery<S, K extends 'order' | 'shipment'> {
  /** Adds `count` records that a pull has to bring; each exists from another moment on, where the platform keeps time. */
  readonly seed: (platform: FakePlatform<S>, count: number) => Awaitable<readonly Ref<K>[]>;
  /** Changes one now, as somebody at the platform would. */
  readonly touch: (platform: FakePlatform<S>, ref: Ref<K>) => Awaitable<void>;
  /** Adds a record with a status that no version of the platform has had. */
  readonly unknownStatus: (platform: FakePlatform<S>) => Awaitable<Ref<K>>;
  /** Where a pull goes by moments, and a change can be seen late. */
  readonly late?: LateChange<S, Ref<K>>;
}

/** Orders, and those of them that wait, where the platform has such. */
export interface OrderPullScenery<S> extends PullScenery<S, 'order'> {
  /** Adds an order that may not be worked on yet: unpaid, or without its prices and address. */
  readonly pending?: (platform: FakePlatform<S>) => Awaitable<Ref<'order'>>;
  /** What it waited for happens. */
  readonly accept?: (platform: FakePlatform<S>, ref: Ref<'order'>) => Awaitable<void>;
}

/** How to write a record, and see what is there. */
export interface CreateScenery<S, D> {
  /** What to make; another `number` is another record. Puts into the platform whatever the draft needs. */
  readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<D>;
  /** The ids of the records of this kind that are there, whoever made them. */
  readonly created: (platform: FakePlatform<S>) => Awaitable<readonly string[]>;
}

/** An order of which nothing has left, with what a confirmation of it has to name. */
export interface ShippableOrder {
  readonly order: Ref<'order'>;
  /** Its lines, at least one of them for two or more. */
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
}

/**
 * What the suite must be able to set up and look at on a platform, by the operation that it is needed for. The suite asks
 * for the parts whose operation the connector offers.
 */
export interface Scenery<S> {
  'orders.pull': OrderPullScenery<S>;
  'orders.get': {
    /** An id as the platform could have given it, of no order. */
    readonly unknown: (platform: FakePlatform<S>) => Awaitable<Ref<'order'>>;
  };
  'orders.create': CreateScenery<S, OrderDraft>;
  'orders.cancel': {
    /** Adds an order that can be canceled. */
    readonly open: (platform: FakePlatform<S>) => Awaitable<Ref<'order'>>;
    readonly isCanceled: (platform: FakePlatform<S>, ref: Ref<'order'>) => Awaitable<boolean>;
  };
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
  'prices.push': {
    /** The price to write for SKU number `number`, which the platform knows at another price. */
    readonly price: (platform: FakePlatform<S>, number: number) => Awaitable<Price>;
    /** What the platform asks a buyer for that SKU, as a decimal, once everything that was accepted has taken effect. */
    readonly amount: (platform: FakePlatform<S>, price: Price) => Awaitable<string | undefined>;
  };
  'products.pull': {
    readonly seed: (platform: FakePlatform<S>, count: number) => Awaitable<readonly Ref<'product'>[]>;
    readonly touch: (platform: FakePlatform<S>, ref: Ref<'product'>) => Awaitable<void>;
    readonly late?: LateChange<S, Ref<'product'>>;
  };
  'customers.get': {
    /** Adds a customer with this e-mail address and this number, spelt as here. */
    readonly seed: (
      platform: FakePlatform<S>,
      identity: { readonly email: string; readonly accountNumber: string },
    ) => Awaitable<Ref<'customer'>>;
  };
  'customers.create': CreateScenery<S, CustomerDraft>;
  'fulfillments.request': CreateScenery<S, FulfillmentDraft>;
  'fulfillments.get': {
    readonly unknown: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
  };
  'fulfillments.cancel': {
    /** Adds a fulfillment order that nobody works on yet. */
    readonly open: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
    /** Adds one that has left. */
    readonly late: (platform: FakePlatform<S>) => Awaitable<Ref<'fulfillment'>>;
    readonly isCanceled: (platform: FakePlatform<S>, ref: Ref<'fulfillment'>) => Awaitable<boolean>;
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
