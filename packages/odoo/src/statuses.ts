import { defineStatusMap, orderStatuses, paymentStatuses, shipmentStatuses, type OrderStatus } from '@crossdock/core';

// Odoo's words as fields_get lists them: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

const byDelivery = { held: 'Odoo says it with the delivery status of the order' };
const noWord = { held: 'Odoo has no word for it on an order' };

const orderState = defineStatusMap({
  name: 'odoo sale.order.state',
  wire: ['draft', 'sent', 'sale', 'cancel'],
  canonical: orderStatuses,
  decode: { draft: 'pending', sent: 'pending', sale: 'confirmed', cancel: 'canceled' },
  encode: {
    pending: 'draft',
    confirmed: 'sale',
    canceled: 'cancel',
    'on-hold': noWord,
    allocated: byDelivery,
    'partially-shipped': byDelivery,
    fulfilled: byDelivery,
    delivered: noWord,
    'partially-returned': noWord,
    returned: noWord,
  },
});

/** `started`, from 18 on: the goods were picked for the order and have not left. */
const deliveryStatus = defineStatusMap({
  name: 'odoo sale.order.delivery_status',
  wire: ['pending', 'started', 'partial', 'full'],
  canonical: orderStatuses,
  decode: { pending: 'confirmed', started: 'allocated', partial: 'partially-shipped', full: 'fulfilled' },
  encode: {
    confirmed: 'pending',
    allocated: 'started',
    'partially-shipped': 'partial',
    fulfilled: 'full',
    pending: { held: 'Odoo says it with the state of the order' },
    canceled: { held: 'Odoo says it with the state of the order' },
    'on-hold': noWord,
    delivered: noWord,
    'partially-returned': noWord,
    returned: noWord,
  },
});

/** A confirmed order stands where its deliveries stand. An order of services alone has no delivery status. */
export function orderStatusOf(order: {
  readonly name: string;
  readonly state: string;
  readonly delivery_status: string | null;
}): OrderStatus {
  const record = `Order "${order.name}"`;
  const status = orderState.decode(order.state, record);
  if (status !== 'confirmed' || order.delivery_status === null) return status;
  return deliveryStatus.decode(order.delivery_status, record);
}

const carrierOnly = { held: 'Odoo does not follow a parcel after it left' };

export const pickingState = defineStatusMap({
  name: 'odoo stock.picking.state',
  wire: ['draft', 'waiting', 'confirmed', 'assigned', 'done', 'cancel'],
  canonical: shipmentStatuses,
  decode: {
    draft: 'created',
    waiting: 'created',
    confirmed: 'created',
    assigned: 'created',
    done: 'handed-over',
    cancel: 'voided',
  },
  encode: {
    created: 'assigned',
    'handed-over': 'done',
    voided: 'cancel',
    'label-created': carrierOnly,
    'in-transit': carrierOnly,
    'out-for-delivery': carrierOnly,
    delivered: carrierOnly,
    exception: carrierOnly,
    returning: carrierOnly,
    returned: { held: 'Odoo makes a delivery of its own for what comes back' },
  },
});

const paymentOnly = { held: 'Odoo says it on the payment and not on the invoice' };

/** `in_payment`: paid, and waiting to be found on the bank statement. */
export const invoicePayment = defineStatusMap({
  name: 'odoo account.move.payment_state',
  wire: ['not_paid', 'in_payment', 'paid', 'partial', 'reversed', 'blocked', 'invoicing_legacy'],
  canonical: paymentStatuses,
  decode: {
    not_paid: 'pending',
    in_payment: 'paid',
    paid: 'paid',
    partial: 'partially-paid',
    reversed: 'refunded',
    blocked: { held: 'somebody blocked the payment of the invoice' },
    invoicing_legacy: { held: 'the invoice is from a release that kept no payments' },
  },
  encode: {
    pending: 'not_paid',
    paid: 'paid',
    'partially-paid': 'partial',
    refunded: 'reversed',
    authorized: paymentOnly,
    'partially-refunded': paymentOnly,
    voided: paymentOnly,
    expired: paymentOnly,
  },
});
