import type { FakePicking, FakeSaleOrder, ShipBobOrder, ShopFulfillment, ShopOrder } from '@crossdock/testing';
import type { World } from '../world/world.ts';

/** What stands in the three systems. Our own records are not in it. */
export type Systems = {
  readonly shopOrders: readonly Pick<ShopOrder, 'id' | 'number'>[];
  readonly parcels: readonly Pick<ShopFulfillment, 'orderId' | 'status' | 'tracking' | 'lines'>[];
  readonly salesOrders: readonly Pick<FakeSaleOrder, 'name' | 'state' | 'clientOrderRef' | 'amountTotal'>[];
  readonly deliveries: readonly Pick<FakePicking, 'state' | 'saleOrder' | 'trackingRef' | 'moves'>[];
  readonly customerAccounts: readonly string[];
  readonly warehouseOrders: readonly (Pick<ShipBobOrder, 'reference'> & {
    readonly shipments: readonly Pick<
      ShipBobOrder['shipments'][number],
      'stage' | 'shippedAt' | 'tracking' | 'lines'
    >[];
  })[];
};

/** Looks into the fakes. */
export function lookInto({ shopify, odoo, shipbob }: World): Systems {
  return {
    shopOrders: shopify.state.orders,
    parcels: shopify.state.fulfillments,
    salesOrders: odoo.state.saleOrders,
    deliveries: odoo.state.pickings,
    customerAccounts: odoo.state.partners.flatMap(({ ref }) => (typeof ref === 'string' && ref !== '' ? [ref] : [])),
    warehouseOrders: shipbob.state.orders,
  };
}
