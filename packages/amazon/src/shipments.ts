import type { PortCatalogue } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { shipmentConfirm } from './shipment-confirm.ts';

/** What left for a buyer, as the store tells it. */
export function shipmentsPort(
  client: AmazonClient,
  settings: AmazonSettings,
): Pick<PortCatalogue['shipments'], 'confirm'> {
  return { confirm: shipmentConfirm(client, settings) };
}
