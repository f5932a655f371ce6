import type { FakeOptions } from '../../fake/platform.ts';
import type { ShipBobAddress } from './records.ts';

/** What a token may do. Default all of it. */
export const shipBobScopes = [
  'orders_read',
  'orders_write',
  'inventory_read',
  'webhooks_read',
  'webhooks_write',
] as const;
/** One of the scopes that a token may have. */
export type ShipBobScope = (typeof shipBobScopes)[number];

/** Which account to fake, and who may speak to it. */
export interface ShipBobOptions extends FakeOptions {
  /** Default `shipbob-token`. */
  readonly token?: string | undefined;
  readonly scopes?: readonly ShipBobScope[] | undefined;
  /** Default 100001. */
  readonly channelId?: number | undefined;
  /** Secret of subscriptions that bring none. Default one drawn from the seed. */
  readonly webhookSecret?: string | undefined;
  /** From an order's arrival to its picking; from then on it is not canceled any more. Default 2 hours, `false` never. */
  readonly pickAfterMs?: number | false | undefined;
  /** From an order's arrival to the truck, with packing and label in between. Default 6 hours, `false` never. */
  readonly shipAfterMs?: number | false | undefined;
  /** From the truck to the door. Default 3 days, `false` never. */
  readonly deliverAfterMs?: number | false | undefined;
  /** Splits an order into shipments of at most so many lines. Default: one shipment an order. */
  readonly linesPerShipment?: number | undefined;
  /** Splits an order into shipments of at most so many pieces, and so one line over several. Default: no such limit. */
  readonly piecesPerShipment?: number | undefined;
  /** Shipments leave without a carrier and a tracking number, as a pallet or a courier of the buyer's does. Default false. */
  readonly shipsUntracked?: boolean | undefined;
  /** How long after its arrival an order is in no list; by its id it is found at once. Default 0. */
  readonly listLagMs?: number | undefined;
  /** Gives moments of the warehouse without an offset, in its own time. Default false. */
  readonly naiveTimes?: boolean | undefined;
  /** Which addresses a carrier knows. Default: a state and a ZIP code where the country is the US. */
  readonly knowsAddress?: ((address: ShipBobAddress) => boolean) | undefined;
  /** Requests in any 60 seconds. Default 150. */
  readonly requestsPerMinute?: number | undefined;
}
