import type { HttpClient, PortCatalogue } from '@crossdock/core';
import { cancellation } from './fulfillment-cancel.ts';
import { toFulfillmentOrder } from './fulfillment-record.ts';
import type { ShipBobSettings } from './options.ts';
import type { OrderReader } from './order-read.ts';
import { requesting } from './fulfillment-request.ts';

/** Orders at the warehouse. */
export function fulfillmentsPort(
  client: HttpClient,
  orders: OrderReader,
  settings: ShipBobSettings,
): Pick<PortCatalogue['fulfillments'], 'request' | 'get' | 'cancel'> {
  const { system } = settings;
  return {
    request: requesting(client, orders, settings),
    async get(ref, options) {
      // Shipments are numbered like orders: the number alone does not say which of them it is.
      if (ref.system !== system || ref.kind !== 'fulfillment') return undefined;
      const order = await orders.byId('fulfillments.get', ref.id, options);
      return order && toFulfillmentOrder(order, system);
    },
    cancel: cancellation(client, orders, settings),
  };
}
