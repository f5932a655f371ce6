import type { AmazonState, ShopifyState, WooCommerceState } from '@crossdock/testing';
import * as z from 'zod';
import type { Channel } from '../channels.ts';

type WooLine = { readonly looseSku: string | undefined; readonly productId: number };
const itemsSchema = z.array(z.object({ item_id: z.number(), qty: z.number() }));

type Line = { readonly sku: string | undefined; readonly quantity: number };

/** What can be seen at a channel from the inside. */
export type ChannelView = {
  orders(): readonly { readonly id: string; readonly number: string; readonly lines: readonly Line[] }[];
  parcels(): readonly {
    readonly orderId: string;
    readonly trackingNumbers: readonly string[];
    readonly lines: readonly Line[];
  }[];
  /** How many of an article a buyer is shown. */
  shown(sku: string): number;
};

/** The three channels, seen in the same way. */
export function viewsOf(fakes: {
  readonly shopify: { readonly state: ShopifyState };
  readonly woocommerce: { readonly state: WooCommerceState };
  readonly amazon: { readonly state: AmazonState };
}): Readonly<Record<Channel, ChannelView>> {
  const shopify = fakes.shopify.state;
  const woocommerce = fakes.woocommerce.state;
  const amazon = fakes.amazon.state;
  const products = new Map(woocommerce.products.map(({ id, sku }) => [id, sku]));
  const skuOf = (line?: WooLine) => line && (line.looseSku ?? products.get(line.productId));
  return {
    shopify: {
      orders: () => shopify.orders.map(({ id, name, lines }) => ({ id, number: name, lines })),
      parcels: () =>
        shopify.fulfillments
          .filter(({ status }) => status === 'SUCCESS')
          .map(({ orderId, tracking, lines }) => ({
            orderId,
            trackingNumbers: tracking.map(({ number }) => number ?? ''),
            lines,
          })),
      shown: (sku) => shopify.stock(sku).available,
    },
    woocommerce: {
      orders: () =>
        woocommerce.orders.map(({ id, number, lines }) => ({
          id: String(id),
          number,
          lines: lines.map((line) => ({ sku: skuOf(line), quantity: line.quantity })),
        })),
      parcels: () =>
        woocommerce.orders.flatMap(({ id, lines }) =>
          woocommerce.fulfillments(id).map(({ meta }) => ({
            orderId: String(id),
            trackingNumbers: [z.string().parse(meta.find(({ key }) => key === '_tracking_number')?.value)],
            lines: itemsSchema
              .parse(meta.find(({ key }) => key === '_items')?.value)
              .map(({ item_id, qty }) => ({ sku: skuOf(lines.find((line) => line.id === item_id)), quantity: qty })),
          })),
        ),
      shown: (sku) => woocommerce.stockOf(sku) ?? 0,
    },
    amazon: {
      orders: () => amazon.orders.map(({ orderId, items }) => ({ id: orderId, number: orderId, lines: items })),
      parcels: () =>
        amazon.orders.flatMap(({ orderId, packages }) =>
          packages.map(({ trackingNumber, items }) => ({ orderId, trackingNumbers: [trackingNumber], lines: items })),
        ),
      shown: (sku) => amazon.listing(sku).quantity ?? 0,
    },
  };
}
