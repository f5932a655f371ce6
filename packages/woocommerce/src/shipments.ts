import type { PortCatalogue } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { shipmentConfirm } from './shipment-confirm.ts';
import { shipmentNotice } from './shipment-notice.ts';
import type { turnsByKey } from './turns.ts';

/** The port of shipments. `turns` lets one write at a time change an order. */
export function shipmentsPort(
  client: WooClient,
  settings: WooCommerceSettings,
  turns: ReturnType<typeof turnsByKey>,
): Pick<PortCatalogue['shipments'], 'confirm'> {
  return { confirm: shipmentConfirm(client, turns, shipmentNotice(client), settings) };
}
