import { CommerceError, type Ref } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { channelOrder } from '../channel-order.ts';
import { withoutSuffix } from '../order-drafts.ts';

/** What left the warehouse is booked out in Odoo, and the buyer gets the tracking numbers where they bought. */
export const confirmShipment = defineFlow({
  name: 'confirm-shipment',
  version: 1,
  on: 'shipment.dispatched',
  from: 'shipbob',
  needs: {
    odoo: ['shipments.confirm'],
    shopify: ['shipments.confirm'],
    woocommerce: ['shipments.confirm'],
    amazon: ['shipments.confirm'],
  },
  key: ({ data }) => `order/${withoutSuffix(data.number)}`,
  async run({ event, systems, links, step, raise }) {
    const shipment = event.data;
    const { fulfillment } = shipment;
    const salesOrder = await step(
      'find-sales-order',
      async () => fulfillment && links.find(fulfillment, 'odoo', 'order'),
    );
    const bought = await step('find-channel-order', async () => fulfillment && channelOrder(links, fulfillment));
    if (!salesOrder || !bought) return raise(unlinked(shipment.number, shipment.ref));
    await step('book-delivery', ({ key }) =>
      systems.odoo.shipments.confirm({ order: salesOrder, shipment }, { idempotencyKey: key }),
    );
    await step('tell-the-buyer', ({ key }) =>
      systems[bought.channel].shipments.confirm({ order: bought.order, shipment }, { idempotencyKey: key }),
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
