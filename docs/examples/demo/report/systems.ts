import type { FakePicking, FakeSaleOrder, ShipBobOrder } from '@crossdock/testing';
import { channels, type Channel } from '../channels.ts';
import type { World } from '../world/world.ts';
import { documentNumber } from './document-number.ts';
import { goodsOf, type Goods } from './goods.ts';

type Line = { readonly sku: string | undefined; readonly quantity: number };

/** An order as its channel has it. `id` is unique among all channels. */
export type ChannelOrder = {
  readonly channel: Channel;
  readonly id: string;
  readonly document: string;
  readonly lines: readonly Line[];
};

/** A parcel that a channel was told of. */
export type ChannelParcel = {
  readonly orderId: string;
  readonly trackingNumbers: readonly string[];
  readonly lines: readonly Line[];
};

/** What stands in the five systems. Our own records are not in it. */
export type Systems = {
  readonly channelOrders: readonly ChannelOrder[];
  readonly parcels: readonly ChannelParcel[];
  /** What each channel shows of each article. */
  readonly shelves: Readonly<Record<Channel, Goods>>;
  /** What Odoo has free of each article. */
  readonly free: Goods;
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
export function lookInto(world: World): Systems {
  const { odoo, shipbob, catalogue } = world;
  const skus = catalogue.map(({ sku }) => sku);
  const shelf = (channel: Channel) => goodsOf(skus.map((sku) => ({ sku, quantity: world.views[channel].shown(sku) })));
  return {
    channelOrders: channels.flatMap((channel) =>
      world.views[channel].orders().map(({ id, number, lines }) => ({
        channel,
        id: `${channel}/${id}`,
        document: documentNumber(number),
        lines,
      })),
    ),
    parcels: channels.flatMap((channel) =>
      world.views[channel].parcels().map((parcel) => ({ ...parcel, orderId: `${channel}/${parcel.orderId}` })),
    ),
    shelves: { shopify: shelf('shopify'), woocommerce: shelf('woocommerce'), amazon: shelf('amazon') },
    free: goodsOf(skus.map((sku) => ({ sku, quantity: odoo.state.stockOf(sku).free }))),
    salesOrders: odoo.state.saleOrders,
    deliveries: odoo.state.pickings,
    customerAccounts: odoo.state.partners.flatMap(({ ref }) => (typeof ref === 'string' && ref !== '' ? [ref] : [])),
    warehouseOrders: shipbob.state.orders,
  };
}
