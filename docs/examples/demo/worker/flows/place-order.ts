import { CommerceError, matchCustomer, raiseFindings, reserve, type Order } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { orderChecks } from '../order-checks.ts';
import { accountOf, articleOf, toCustomer, toFulfillment, toSalesOrder } from '../order-drafts.ts';

/** An order from any channel becomes a sales order in Odoo and a fulfillment order at the warehouse. */
export const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  lane: 'urgent',
  needs: {
    odoo: ['customers.get', 'customers.create', 'inventory.get', 'orders.create'],
    shipbob: ['fulfillments.request'],
  },
  key: ({ data }) => `order/${data.number}`,
  async run({ event, systems: { odoo, shipbob }, links, step }) {
    const order = event.data;
    await step('check', async () => raiseFindings(orderChecks.run(order), { refs: [order.ref] }));

    const account = accountOf(order) ?? '';
    const customer = await step(
      'match-customer',
      async ({ key }) => {
        const match = matchCustomer({ accountNumber: account }, await odoo.customers.get({ accountNumber: account }));
        if (match.kind === 'ambiguous') throw ambiguous(order, account);
        if (match.kind === 'match') return match.customer.ref;
        return odoo.customers.create(toCustomer(order, account), { idempotencyKey: key });
      },
      // The account's key and not the order's: two first orders of one customer make one customer.
      { key: `customer/${account}` },
    );

    await step('check-stock', async () => {
      const lines = order.lines.map((line) => (line.sku === undefined ? line : { ...line, sku: articleOf(line.sku) }));
      const articles = new Set(lines.flatMap(({ sku }) => (sku === undefined ? [] : [sku])));
      const levels = await odoo.inventory.get([...articles]);
      raiseFindings(reserve(lines, levels).findings, { refs: [order.ref] });
    });

    const salesOrder = await step('create-sales-order', ({ key }) =>
      odoo.orders.create(toSalesOrder(order, customer), { idempotencyKey: key }),
    );
    await step('link-sales-order', async () => {
      await links.link(order.ref, salesOrder);
      await links.attach(salesOrder, customer);
    });

    const released = await step('release', ({ key }) =>
      shipbob.fulfillments.request(toFulfillment(order), { idempotencyKey: key }),
    );
    await step('link-fulfillment', async () => {
      await links.attach(released.ref, order.ref);
      await links.attach(released.ref, salesOrder);
    });
  },
});

function ambiguous(order: Order, account: string): CommerceError {
  return new CommerceError({
    code: 'customer.ambiguous',
    message: `Order "${order.number}" was not created in "odoo": several customers there have account "${account}". Merge them, then replay.`,
    refs: [order.ref],
  });
}
