import { systemClock, type PortCatalogue, type Shipment } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import type { RecordReader } from './records-by-id.ts';
import { shipmentConfirm } from './shipment-confirm.ts';
import { shipmentPull } from './shipment-pull.ts';
import { shipmentReport } from './shipment-report.ts';
import { shipmentUpdate } from './shipment-update.ts';

/** What left for a buyer, as the shop tells it. */
export function shipmentsPort(
  client: ShopifyClient,
  reader: RecordReader<Shipment>,
  settings: ShopifySettings,
): Pick<PortCatalogue['shipments'], 'pull' | 'confirm' | 'update' | 'report'> {
  const { system, overlapMs, clock = systemClock, timeoutMs } = settings;
  const sweep = { system, overlapMs, clock, operation: 'shipments.pull', what: 'Shipments' };
  return {
    pull: shipmentPull(client, reader, sweep),
    confirm: shipmentConfirm(client, settings),
    update: shipmentUpdate(client, settings),
    report: shipmentReport({ client, system, clock, timeoutMs }),
  };
}
