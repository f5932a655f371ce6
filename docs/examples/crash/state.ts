import type { WorldState } from '@crossdock/testing/crash';
import type { Platforms } from './platforms.ts';

const skus = ['TEE-RED-M', 'CAP-BLUE'];

/** What the three systems have in the end, in words that are the same in every run. */
export function whatStands({ shopify, odoo, shipbob }: Platforms): WorldState {
  const orderOf = new Map(odoo.state.saleOrders.map(({ name, clientOrderRef }) => [name, clientOrderRef]));
  return {
    'orders in the shop': shopify.state.orders.map(({ name, fulfillmentStatus }) => ({ name, fulfillmentStatus })),
    'parcels in the shop': shopify.state.fulfillments.map(({ orderId, status, tracking, lines }) => ({
      order: shopify.state.order(orderId).name,
      status,
      tracking: tracking.map(({ number }) => number),
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    })),
    'sales orders in Odoo': odoo.state.saleOrders.map(
      ({ clientOrderRef, state, amountTotal, deliveryStatus, lines }) => ({
        clientOrderRef,
        state,
        amountTotal,
        deliveryStatus,
        lines: lines.map(({ sku, quantity, delivered }) => ({ sku, quantity, delivered })),
      }),
    ),
    'deliveries in Odoo': odoo.state.pickings.map(({ saleOrder, state, trackingRef, moves }) => ({
      order: orderOf.get(saleOrder ?? ''),
      state,
      trackingRef,
      moves: moves.map(({ sku, demand, quantity }) => ({ sku, demand, quantity })),
    })),
    'contacts in Odoo': odoo.state.partners.map(({ name, email, type, street }) => ({ name, email, type, street })),
    'orders at the warehouse': shipbob.state.orders.map(({ reference, lines, shipments }) => ({
      reference,
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
      shipments: shipments.map(({ stage, tracking }) => ({ stage, tracking: tracking?.number })),
    })),
    stock: skus.map((sku) => ({
      sku,
      odoo: odoo.state.stockOf(sku).onHand,
      warehouse: shipbob.state.inventoryOf(sku)?.onHand,
    })),
  };
}
