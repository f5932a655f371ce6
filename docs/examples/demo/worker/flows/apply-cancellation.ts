import { CommerceError, type Order, type Ref } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import type { TillDocument } from '../../till/document.ts';
import { channelOrder } from '../channel-order.ts';
import { asBooked, givesBack, withoutLines } from '../cancellations.ts';
import { toFulfillment, toSalesOrder } from '../order-drafts.ts';

/**
 * The till takes lines of an order back. Before the warehouse has picked, the fulfillment order and the sales order are
 * canceled, and what remains of the order is booked and released again. What is too late, or names no order that we
 * know, waits for a person.
 */
export const applyCancellation = defineFlow({
  name: 'apply-cancellation',
  version: 1,
  on: 'till.cancellation',
  from: 'till',
  needs: {
    odoo: ['customers.get', 'orders.get', 'orders.cancel', 'orders.create'],
    shopify: ['orders.get'],
    woocommerce: ['orders.get'],
    amazon: ['orders.get'],
    shipbob: ['fulfillments.cancel', 'fulfillments.request'],
  },
  key: ({ data }) => `cancellation/${data.number}`,
  async run({ event, systems, links, step, raise }) {
    const { odoo, shipbob } = systems;
    const document = event.data;
    const found = await step('find-order', async () => {
      const [customer] = await odoo.customers.get({ accountNumber: document.account ?? '' });
      if (!customer) return undefined;
      const salesOrders = await links.children(customer.ref, 'odoo', 'order');
      // The latest one first: a customer takes back what they bought last.
      for (const salesOrder of salesOrders.toReversed()) {
        const bought = await channelOrder(links, salesOrder);
        const placed = bought && (await systems[bought.channel].orders.get(bought.order));
        const booked = placed && (await odoo.orders.get(salesOrder));
        if (!booked || booked.status === 'canceled') continue;
        const order = asBooked(placed, booked);
        if (!givesBack(document, order)) continue;
        const earlier = await links.children(bought.order, 'odoo', 'order');
        // The first replacement of "#536488" is "#536488-2", the next one "#536488-3".
        return { customer: customer.ref, salesOrder, order, number: `${order.number}-${earlier.length + 2}` };
      }
      return undefined;
    });
    if (!found) return raise(withoutOrder(document));

    const { order, number } = found;
    const rest = withoutLines(order, document);
    const [fulfillment] = await step('find-fulfillment', () =>
      links.children(found.salesOrder, 'shipbob', 'fulfillment'),
    );
    if (!fulfillment) return raise(withoutOrder(document));

    const stopped = await step('stop-warehouse', ({ key }) =>
      shipbob.fulfillments.cancel(fulfillment, { idempotencyKey: key }),
    );
    if (stopped.outcome !== 'canceled') return raise(tooLate(document, order, fulfillment));
    await step('cancel-sales-order', async ({ key }) => {
      await odoo.orders.cancel(found.salesOrder, 'customer', { idempotencyKey: key });
    });
    if (rest.lines.length === 0) return;

    const replacement = await step('create-rest', ({ key }) =>
      odoo.orders.create(toSalesOrder(rest, found.customer, number), { idempotencyKey: key }),
    );
    await step('link-rest', async () => {
      await links.attach(replacement, found.customer);
      await links.attach(replacement, order.ref);
    });
    const released = await step('release-rest', ({ key }) =>
      shipbob.fulfillments.request(toFulfillment(rest, number), { idempotencyKey: key }),
    );
    await step('link-fulfillment', async () => {
      await links.attach(released.ref, order.ref);
      await links.attach(released.ref, replacement);
    });
  },
});

function withoutOrder({ number, account, lines }: TillDocument): CommerceError {
  const codes = lines.map(({ code }) => `"${code}"`).join(', ');
  return new CommerceError({
    code: 'record.missing',
    message: `Cancellation "${number}" was not applied: no open order of account "${account ?? ''}" since 1 December has ${codes} in it. Find the sale in Odoo and credit it there, then resolve this.`,
    details: {
      account: account ?? null,
      lines: lines.map(({ code, quantity, unitPrice }) => ({ code, quantity, unitPrice })),
    },
  });
}

function tooLate({ number }: TillDocument, order: Order, fulfillment: Ref<'fulfillment'>): CommerceError {
  return new CommerceError({
    code: 'cancel.refused',
    message: `Cancellation "${number}" came too late: the warehouse has picked order "${order.number}" and will ship it. Expect the goods back, then credit them and resolve this.`,
    refs: [order.ref, fulfillment],
  });
}
