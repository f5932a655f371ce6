import type { FakeOptions } from '../../fake/platform.ts';

/** A REST API key of a WordPress user, and what it may do. */
export interface WooKey {
  readonly key: string;
  readonly secret: string;
  readonly permission: 'read' | 'write' | 'read_write';
  /** Whether its user may manage the shop; a customer may nothing that the API offers. */
  readonly can: 'manage' | 'nothing';
}

/** The key that a fake has when none is given. */
export const wooKey = {
  key: `ck_${'0123456789abcdef'.repeat(3).slice(0, 40)}`,
  secret: `cs_${'fedcba9876543210'.repeat(3).slice(0, 40)}`,
} as const;

/** Which shop to fake, who may speak to it, and what stands in front of it. */
export interface FakeWooCommerceOptions extends FakeOptions {
  /** Default `https://shop.example`. */
  readonly origin?: string | undefined;
  /**
   * Whether PHP knows that the request came by HTTPS. Without it Basic and query keys are ignored in silence, as behind a
   * proxy that ends TLS and does not tell; OAuth 1.0a works. Default true.
   */
  readonly https?: boolean | undefined;
  /** Default `wooKey` with `read_write`. */
  readonly keys?: readonly WooKey[] | undefined;
  /** The zone of fields without `_gmt`. Default `Europe/Berlin`, so that local and UTC differ. */
  readonly siteZone?: string | undefined;
  /** Default `EUR`. */
  readonly currency?: string | undefined;
  /** Digits of money. Default 2. */
  readonly decimals?: number | undefined;
  /** Whether catalogue prices are gross. Default false. */
  readonly pricesIncludeTax?: boolean | undefined;
  /** Whether the core fulfillments feature is on; off, its routes do not exist. Default false. */
  readonly fulfillments?: boolean | undefined;
  /** Whether the Shipment Tracking extension is installed. Default false. */
  readonly shipmentTracking?: boolean | undefined;
  /** The version of WooCommerce that it says it is. Default `10.0.2`, which was recorded; the behaviour is always that one's. */
  readonly version?: string | undefined;
  /** How many requests the host in front of the shop lets through. WooCommerce itself has no limit. Default none. */
  readonly hostLimit?: HostLimit | undefined;
  /** Until Action Scheduler runs after a change, in milliseconds. Default 45 000, as measured on a visited shop. */
  readonly schedulerDelayMs?: number | undefined;
  /** Secrets of webhooks that are added without one, oldest first. Default drawn by the fake's chance. */
  readonly webhookSecrets?: readonly string[] | undefined;
  /**
   * How long a change of an order's status works between reading the order and writing it, in milliseconds. Two such
   * changes that overlap both reduce the stock. Default 0: one after the other.
   */
  readonly statusWorkMs?: number | undefined;
  /** The machine that the shop runs on. Default none: answers take no time. */
  readonly speed?: WooSpeed | undefined;
  /** Whether the shop has addresses below `/wp-json/`. Default `pretty`. */
  readonly permalinks?: WooSettings['permalinks'] | undefined;
}

/**
 * A machine like the one that WooCommerce was measured on: every request needs a free PHP worker and time of a processor, of
 * the test's clock. What each kind of request costs was measured on WooCommerce 10.0.2, 2026-11-23.
 */
export interface WooSpeed {
  /** How many requests PHP works on at one moment. Default 4. */
  readonly workers?: number | undefined;
  /** Processors that the workers share. With more requests than that everything takes longer. Default 2. */
  readonly processors?: number | undefined;
  /** How many may wait for a worker before the next one is 503. Default without end. */
  readonly backlog?: number | undefined;
  /** After how long the server in front answers 504 while PHP goes on and writes all the same. Default 60 000, as nginx. */
  readonly gatewayTimeoutMs?: number | undefined;
  /** How much processor time one request may take before PHP ends it. Default without end. */
  readonly timeLimitMs?: number | undefined;
  /** How many times slower than the measured shop, which had no other plugins. Default 1. */
  readonly slowness?: number | undefined;
}

/** A hosting company's own limit: `requests` in any `perMs`. */
export interface HostLimit {
  readonly requests: number;
  readonly perMs: number;
  /** Whether its refusal says when to come back. Default true. */
  readonly saysWhen?: boolean | undefined;
}

/** A way to pay that the shop offers. */
export interface WooGateway {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
  /** Whether it pays money back when a refund asks it to. None of WooCommerce's own does. */
  readonly refunds: 'no' | 'yes' | 'declines';
}

/** What the shop's owner can change while the shop is open. */
export interface WooSettings {
  currency: string;
  decimals: number;
  pricesIncludeTax: boolean;
  /** Whether tax is rounded once per order, not per line. */
  roundTaxAtSubtotal: boolean;
  /** Where the shop is: what an order without any address is taxed as. */
  baseCountry: string;
  fulfillments: boolean;
  shipmentTracking: boolean;
  /** Whether Zorem's tracking plugin is installed: the same routes in a namespace of its own, `wc-ast/v3`. */
  advancedShipmentTracking: boolean;
  gateways: readonly WooGateway[];
  /** Whether a search of orders looks at their transaction. Orders that are kept as posts, as older shops do, have none to look at. */
  searchesTransactionIds: boolean;
  /**
   * With `plain` there is no `/wp-json/`: WordPress redirects it to itself for ever, and a web server that does not know of
   * WordPress (`plain-404`) knows no such page. `/?rest_route=` works always, but a key counts only where the address has
   * `wp-json/wc/` somewhere, as in `/?rest_route=/wc/v3/orders&_=wp-json/wc/`. Compared with WooCommerce 10.5.0, 2026-11-26.
   */
  permalinks: 'pretty' | 'plain' | 'plain-404';
  /**
   * What PHP prints around every JSON body: `before` was sent at once, so that the answer is 200 and lacks the headers of
   * WordPress; `buffered` stands before it too and leaves status and headers alone; `after` follows the body; `both`.
   */
  phpNotices: 'before' | 'after' | 'both' | 'buffered' | undefined;
}
