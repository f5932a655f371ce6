import type { PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { shipmentConfirm } from './shipment-confirm.ts';

/** What left for a buyer, as the shop tells it. */
export function shipmentsPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['shipments'], 'confirm'> {
  return { confirm: shipmentConfirm(client, settings) };
}
