import type { Connector } from '../connector/connector.ts';
import { defineConnector } from '../connector/define-connector.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Shipment } from '../model/shipment.ts';
import type { PortCatalogue } from '../ports/catalogue.ts';
import { eventsOfShipment } from '../rules/events-of.ts';
import { hexOf, sha256 } from '../rules/fingerprint.ts';
import { confirmedLines, type ConfirmedLine } from './confirmation-file.ts';

/** Which name the files have in the integration, and whose orders they confirm. */
export interface DelayedConfirmationOptions {
  /** The system's name when composing, such as `shipbob-desk`. */
  readonly name: string;
  /** The name of the warehouse whose releases were exported. */
  readonly warehouse: string;
  /** Largest file, in characters. Default 5 000 000. */
  readonly maxFileLength?: number | undefined;
}

/** What a file of confirmations offers: its text goes in by `integration.take(name, { body })`. */
export type FileWarehouse = Connector<{ readonly notifications: PortCatalogue['notifications'] }>;

/**
 * A system that stands for the warehouse while it is down: the file of a `manualExport` comes back with carrier, tracking
 * number and `shipped_at` filled in, and becomes `shipment.dispatched` events of the same fulfillment that the export gave
 * the run, with the moment at which the goods really left. The same file twice, or a later one that says more, confirms
 * each shipment once: a shipment is one claim, order, carrier and tracking number.
 */
export function delayedConfirmation({
  name,
  warehouse,
  maxFileLength = 5_000_000,
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
          confirmedLines(body);
          return { deliveryId: hexOf(await sha256(body)), topic: 'confirmation-file', body };
        },
        async decode({ body }): Promise<readonly CommerceEvent[]> {
          return shipmentsOf(confirmedLines(body), { name, warehouse }).flatMap((shipment) =>
            eventsOfShipment(shipment),
          );
        },
      },
    },
  });
  return connector;
}

function shipmentsOf(
  lines: readonly ConfirmedLine[],
  { name, warehouse }: { readonly name: string; readonly warehouse: string },
): readonly Shipment[] {
  const byParcel = Map.groupBy(lines, ({ claim, number, carrier, tracking }) =>
    JSON.stringify([claim, number, carrier, tracking]),
  );
  return [...byParcel.values()].flatMap((parcel) => {
    const [first] = parcel;
    if (first === undefined) return [];
    const { claim, number, carrier, tracking } = first;
    const id = [claim, number, carrier, tracking].map((part) => encodeURIComponent(part)).join('/');
    // A parcel leaves once: of several moments the earliest is when it did.
    const shippedAt = parcel.map((line) => line.shippedAt).reduce((one, other) => (one < other ? one : other));
    return [
      {
        ref: { system: name, kind: 'shipment', id },
        number,
        fulfillment: { system: warehouse, kind: 'fulfillment', id: `export/${claim}/${number}` },
        status: 'handed-over',
        wireStatus: 'shipped by hand',
        parcels: [
          {
            id,
            carrier,
            ...(tracking !== '' && { trackingNumber: tracking }),
            lines: parcel.map(({ line: { id: orderLineId, sku, quantity } }) => ({
              sku,
              quantity,
              ...(orderLineId !== undefined && { orderLineId }),
            })),
          },
        ],
        shippedAt,
        updatedAt: shippedAt,
      },
    ];
  });
}

function tooLong(system: string, length: number, most: number): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    message: `A file of "${system}" was not taken: it has ${length} characters, and at most ${most} are read. Split it by orders, or raise maxFileLength.`,
    system,
    operation: 'notifications.read',
  });
}
