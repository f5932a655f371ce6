import { defineStatusMap, fulfillmentStatuses, returnStatuses } from '@crossdock/core';

// The words of stock.picking.state as fields_get lists them: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-26.

const wire = ['draft', 'waiting', 'confirmed', 'assigned', 'done', 'cancel'] as const;
const carrierOnly = { held: 'Odoo does not follow a parcel after it left' };
const byLines = { held: 'Odoo says it with the moves of the delivery' };
const noWord = { held: 'Odoo has no word for it on a transfer' };

/** `waiting`: another step or another delivery comes first. `confirmed`: nothing, or not enough, could be reserved. */
export const fulfillmentState = defineStatusMap({
  name: 'odoo stock.picking.state',
  wire,
  canonical: fulfillmentStatuses,
  decode: {
    draft: 'queued',
    waiting: 'acknowledged',
    confirmed: 'backordered',
    assigned: 'allocated',
    done: 'shipped',
    cancel: 'canceled',
  },
  encode: {
    queued: 'draft',
    acknowledged: 'waiting',
    backordered: 'confirmed',
    allocated: 'assigned',
    shipped: 'done',
    canceled: 'cancel',
    picking: byLines,
    packed: byLines,
    'partially-shipped': { held: 'Odoo makes a delivery of its own for the rest' },
    returned: { held: 'Odoo makes a transfer of its own for what comes back' },
    submitted: noWord,
    delivered: carrierOnly,
    'on-hold': noWord,
    'action-required': noWord,
    exception: noWord,
    'cancel-requested': noWord,
    'cancel-refused': noWord,
  },
});

/** Before it is done a return is announced and no more: nobody tells Odoo that the goods are under way. */
export const returnState = defineStatusMap({
  name: 'odoo stock.picking.state',
  wire,
  canonical: returnStatuses,
  decode: {
    draft: 'requested',
    waiting: 'approved',
    confirmed: 'approved',
    assigned: 'approved',
    done: 'received',
    cancel: 'canceled',
  },
  encode: {
    requested: 'draft',
    approved: 'assigned',
    received: 'done',
    canceled: 'cancel',
    declined: noWord,
    'in-transit': noWord,
    inspected: noWord,
    closed: noWord,
  },
});
