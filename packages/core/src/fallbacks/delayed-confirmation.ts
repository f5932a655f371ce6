import type { Connector } from '../connector/connector.ts';
import { defineConnector } from '../connector/define-connector.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Shipment } from '../model/shipment.ts';
import { systemClock } from '../policies/clock.ts';
import type { PortCatalogue } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { eventsOfShipment } from '../rules/events-of.ts';
import { hexOf, sha256 } from '../rules/fingerprint.ts';
import { malformed, parcelOf } from './confirmation-file.ts';
import { confirmedOrders, type ConfirmedOrder } from './confirmed-orders.ts';
import { exportedRef } from './export-claim.ts';

/** Which name the files have in the integration, and whose orders they confirm. */
export interface DelayedConfirmationOptions {
  /** The system's name when composing, such as `shipbob-desk`. */
  readonly name: string;
  /** The name of the warehouse whose releases were exported. */
  readonly warehouse: string;
  /** Those of the export, to hold the file against it. */
  readonly stores: Stores;
  /** Largest file, in characters. Default 5 000 000. */
  readonly maxFileLength?: number | undefined;
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** What a file of confirmations offers: its text goes in by `integration.take(name, { body })`. */
export type FileWarehouse = Connector<{ readonly notifications: PortCatalogue['notifications'] }>;

/** Nothing left later than the clocks of two offices differ. */
const aheadMs = 3_600_000;

/**
 * A system that stands for the warehouse while it is down: the file of a `manualExport` comes back with carrier, tracking
 * number and `shipped_at` filled in, and becomes `shipment.dispatched` events of the same fulfillment that the export gave
 * the run, with the moment at which the goods really left. An order is confirmed once and as a whole, in one or several
 * parcels; the same file twice changes nothing. A later file that says otherwise of a confirmed order is a
 * `shipment.updated` event and dispatches nothing again.
 */
export function delayedConfirmation({
  name,
  warehouse,
  stores,
  maxFileLength = 5_000_000,
  clock = systemClock,
}: DelayedConfirmationOptions): FileWarehouse {
  const connector = defineConnector({
    platform: 'confirmation-file',
    apiVersion: '1',
    system: name,
    traits: {},
    check: async () => {},
    usage: () => [],
    ports: {
      notifications: {
        async read({ body }) {
          if (body.length > maxFileLength) throw tooLong(name, body.length, maxFileLength);
          // Read before it is taken, so that whoever hands in a wrong file is told so at once.
          const orders = await confirmedOrders(stores, warehouse, body);
          refuseFuture(orders, clock.now());
          return { deliveryId: hexOf(await sha256(body)), topic: 'confirmation-file', body };
        },
        async decode({ body }): Promise<readonly CommerceEvent[]> {
          const orders = await confirmedOrders(stores, warehouse, body);
          return orders.map((order) => shipmentOf(order, name)).flatMap((shipment) => eventsOfShipment(shipment));
        },
      },
    },
  });
  return connector;
}

function shipmentOf({ claim, release, lines }: ConfirmedOrder, name: string): Shipment {
  const { reference, warehouse, draft } = release;
  const id = `${claim}/${reference}`;
  const parcels = Map.groupBy(lines, parcelOf);
  const moments = lines.map(({ shippedAt }) => shippedAt).toSorted();
  // Of several parcels the order left with the first, and changed with the last.
  const [shippedAt = draft.placedAt] = moments;
  return {
    ref: { system: name, kind: 'shipment', id },
    number: draft.number,
    fulfillment: exportedRef(warehouse, claim, reference),
    status: 'handed-over',
    wireStatus: 'shipped by hand',
    parcels: [...parcels.values()].map((inside, index) => ({
      id: `${id}/${index + 1}`,
      carrier: inside[0]?.carrier ?? '',
      ...(inside[0]?.tracking ? { trackingNumber: inside[0].tracking } : {}),
      lines: inside.map(({ line: { id: orderLineId, sku, quantity } }) => ({ sku, quantity, orderLineId })),
    })),
    shippedAt,
    updatedAt: moments.at(-1) ?? shippedAt,
  };
}

function refuseFuture(orders: readonly ConfirmedOrder[], now: number): void {
  for (const { release, lines } of orders) {
    const late = lines.find(({ shippedAt }) => Date.parse(shippedAt) > now + aheadMs);
    if (late) throw malformed(`order "${release.reference}" has a "shipped_at" that is still to come`);
  }
}

function tooLong(system: string, length: number, most: number): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    message: `A file of "${system}" was not taken: it has ${length} characters, and at most ${most} are read. Split it by orders, or raise maxFileLength.`,
    system,
    operation: 'notifications.read',
  });
}
