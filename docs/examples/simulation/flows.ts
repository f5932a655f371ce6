import { CommerceError } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';

/** An order goes into the ERP and to the warehouse. */
export const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'], warehouse: ['fulfillments.request'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data: order }, systems: { erp, warehouse }, links, step, clock }) {
    // Goes into the request below: an attempt that did not get this result back would ask for something else.
    const note = await step('note', async () => `noted at ${clock.now()}`);
    const customer = { system: 'erp', kind: 'customer' as const, id: 'C1' };
    const sales = await step('create', ({ key }) =>
      erp.orders.create({ ...order, source: order.ref, customer }, { idempotencyKey: key }),
    );
    await step('link', () => links.link(order.ref, sales));
    const { ref } = await step('release', ({ key }) =>
      warehouse.fulfillments.request(
        {
          order: order.ref,
          number: order.number,
          shipTo: { lines: ['1 High Street'], countryCode: 'GB' },
          service: 'Standard',
          lines: [{ id: '1', sku: 'A', title: 'A', quantity: 1 }],
          placedAt: order.placedAt,
          note,
        },
        { idempotencyKey: key },
      ),
    );
    await step('belongs', () => links.attach(ref, order.ref));
  },
});

/** The ERP sees the newest version of each order, and never an older one after it. */
export const showOrder = defineFlow({
  name: 'show-order',
  version: 1,
  on: 'order.updated',
  stale: 'drop',
  needs: { erp: ['inventory.push'] },
  key: ({ data }) => `show/${data.number}`,
  async run({ event: { data }, systems: { erp }, step }) {
    await step('show', async ({ key }) => {
      await erp.inventory.push([{ sku: data.number, available: Number(data.tags[0]) }], { idempotencyKey: key });
    });
  },
});

/** What left the warehouse is told to the shop. */
export const confirmShipment = defineFlow({
  name: 'confirm-shipment',
  version: 1,
  on: 'shipment.dispatched',
  needs: { shop: ['shipments.confirm'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data: shipment }, systems: { shop }, links, step, raise }) {
    const order = await step(
      'find',
      async () => shipment.fulfillment && links.find(shipment.fulfillment, 'shop', 'order'),
    );
    if (!order) {
      return raise(new CommerceError({ code: 'link.missing', message: `Shipment "${shipment.number}" has no order.` }));
    }
    await step('confirm', ({ key }) => shop.shipments.confirm({ order, shipment }, { idempotencyKey: key }));
  },
});
