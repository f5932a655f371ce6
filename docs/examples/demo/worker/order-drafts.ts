import type { CustomerDraft, FulfillmentDraft, Order, OrderDraft, Ref } from '@crossdock/core';

/** The till writes stock codes in small or capital letters; the catalogue has capitals. */
export function articleOf(sku: string): string {
  return sku.toUpperCase();
}

/** The trade account that ordered. Amazon has no field of its own for it; trade buyers put it where their order number goes. */
export function accountOf(order: Order): string | undefined {
  return order.buyer?.accountNumber ?? order.attributes?.['buyerPurchaseOrderNumber'];
}

/** "536488-2" is the second fulfillment order of "536488". Amazon's own numbers have longer parts. */
export function withoutSuffix(number: string): string {
  return number.replace(/-\d{1,2}$/, '');
}

/** The customer that a trade account stands for. The same account gives the same draft, whatever it ordered. */
export function toCustomer(order: Order, accountNumber: string): CustomerDraft {
  return {
    name: `Account ${accountNumber}`,
    accountNumber,
    ...(order.billingAddress ? { billingAddress: order.billingAddress } : {}),
    shippingAddresses: [],
  };
}

/** The sales order as Odoo is to book it. */
export function toSalesOrder(order: Order, customer: Ref<'customer'>, number: string = order.number): OrderDraft {
  const {
    ref,
    wireStatus: _wire,
    updatedAt: _updated,
    status: _status,
    canceledAt: _at,
    cancelReason: _why,
    ...rest
  } = order;
  return {
    ...rest,
    number,
    source: ref,
    customer,
    lines: order.lines.map((line) => (line.sku === undefined ? line : { ...line, sku: articleOf(line.sku) })),
  };
}

/** What the warehouse is to pick, pack and ship: the lines with goods in them. */
export function toFulfillment(order: Order, number: string = order.number): FulfillmentDraft {
  if (!order.shippingAddress) throw new TypeError('An order without an address passed the checks.');
  return {
    order: order.ref,
    number,
    shipTo: order.shippingAddress,
    service: 'Standard',
    lines: order.lines.flatMap((line) =>
      line.requiresShipping && line.sku !== undefined && line.quantity > 0
        ? [
            {
              id: line.id,
              sku: articleOf(line.sku),
              title: line.title,
              quantity: line.quantity,
              unitPrice: line.unitPrice,
            },
          ]
        : [],
    ),
    placedAt: order.placedAt,
  };
}
