import { CommerceError, matchCustomer, paymentGate, prepaid, type Order, type Ref } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';

/** A paid order becomes a sales order in Odoo and is released to the warehouse. */
export const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  from: 'shopify',
  needs: { odoo: ['customers.get', 'customers.create', 'orders.create'], shipbob: ['fulfillments.request'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data: order }, systems: { odoo, shipbob }, links, step, raise }) {
    const payment = paymentGate(order, prepaid);
    if (!payment.pass) return raise(new CommerceError({ ...payment.finding, refs: [order.ref] }));

    const email = order.buyer?.email;
    if (!email) return raise(unknownBuyer(order));
    const customer = await step(
      'customer',
      async ({ key }) => {
        const match = matchCustomer({ email }, await odoo.customers.get({ email }));
        if (match.kind === 'ambiguous') throw unknownBuyer(order);
        if (match.kind === 'match') return match.customer.ref;
        const draft = { name: order.buyer?.name ?? email, email, shippingAddresses: [] };
        return odoo.customers.create(draft, { idempotencyKey: key });
      },
      { key: `customer/${email.toLowerCase()}` },
    );
    const salesOrder = await step('sales-order', ({ key }) =>
      odoo.orders.create({ ...order, source: order.ref, customer }, { idempotencyKey: key }),
    );
    await step('link', () => links.link(order.ref, salesOrder));
    const { ref } = await step('release', ({ key }) =>
      shipbob.fulfillments.request(toShip(order), { idempotencyKey: key }),
    );
    await step('belongs-to', () => links.attach(ref, order.ref));
  },
});

/** What left the warehouse goes back to the shop, with its tracking number. */
export const confirmShipment = defineFlow({
  name: 'confirm-shipment',
  version: 1,
  on: 'shipment.dispatched',
  needs: { odoo: ['shipments.confirm'], shopify: ['shipments.confirm'] },
  key: ({ data }) => `order/${data.number}`,
  async run({ event: { data: shipment }, systems: { odoo, shopify }, links, step, raise }) {
    const order = await step(
      'find',
      async () => shipment.fulfillment && links.find(shipment.fulfillment, 'shopify', 'order'),
    );
    const salesOrder = await step('find-sales-order', async () => order && links.find(order, 'odoo', 'order'));
    if (!order || !salesOrder) return raise(unknownOrder(shipment.number, shipment.ref));
    await step('book-out', ({ key }) =>
      odoo.shipments.confirm({ order: salesOrder, shipment }, { idempotencyKey: key }),
    );
    await step('tell-buyer', ({ key }) => shopify.shipments.confirm({ order, shipment }, { idempotencyKey: key }));
  },
});

function toShip(order: Order) {
  if (!order.shippingAddress) {
    throw new CommerceError({
      code: 'address.invalid',
      message: `Order "${order.number}" was not released: it has no address. Add one in the shop, then replay.`,
      refs: [order.ref],
    });
  }
  return {
    order: order.ref,
    number: order.number,
    shipTo: order.shippingAddress,
    service: 'Standard',
    lines: order.lines.flatMap(({ id, sku, title, quantity }) => (sku ? [{ id, sku, title, quantity }] : [])),
    placedAt: order.placedAt,
  };
}

function unknownBuyer(order: Order): CommerceError {
  return new CommerceError({
    code: order.buyer?.email ? 'customer.ambiguous' : 'customer.missing',
    message: `Order "${order.number}" was not created in "odoo": its buyer is not one customer there. Give the order an e-mail address or merge the customers, then replay.`,
    refs: [order.ref],
  });
}

function unknownOrder(number: string, ref: Ref<'shipment'>): CommerceError {
  return new CommerceError({
    code: 'link.missing',
    message: `Shipment "${number}" was not confirmed: no order is linked to it. Link one, then replay.`,
    refs: [ref],
  });
}
