import { CommerceError, type Ref } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';

/** What left the warehouse is booked out in Odoo, and the buyer gets the tracking numbers from the shop. */
export const confirmShipment = defineFlow({
  name: 'confirm-shipment',
  version: 1,
  on: 'shipment.dispatched',
  from: 'shipbob',
  needs: { odoo: ['shipments.confirm'], shopify: ['shipments.confirm'] },
  // The part before the dash is the order's number, also of a second fulfillment order ("536488-2").
  key: ({ data }) => `order/${data.number.split('-')[0]}`,
  async run({ event, systems: { odoo, shopify }, links, step, raise }) {
    const shipment = event.data;
    const { fulfillment } = shipment;
    const salesOrder = await step(
      'find-sales-order',
      async () => fulfillment && links.find(fulfillment, 'odoo', 'order'),
    );
    const shopOrder = await step(
      'find-shop-order',
      async () => fulfillment && links.find(fulfillment, 'shopify', 'order'),
    );
    if (!salesOrder || !shopOrder) return raise(unlinked(shipment.number, shipment.ref));
    await step('book-delivery', ({ key }) =>
      odoo.shipments.confirm({ order: salesOrder, shipment }, { idempotencyKey: key }),
    );
    await step('tell-the-buyer', ({ key }) =>
      shopify.shipments.confirm({ order: shopOrder, shipment }, { idempotencyKey: key }),
    );
  },
});

function unlinked(number: string, ref: Ref<'shipment'>): CommerceError {
  return new CommerceError({
    code: 'link.missing',
    message: `Shipment "${number}" was not confirmed: no order is linked to its fulfillment order. Link them, then replay.`,
    refs: [ref],
  });
}
