import { CommerceError, isCommerceError, type OrderDraft } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { leastGroups } from './least-rights.ts';

/**
 * What Odoo refused of a new order, told of the order that was meant, and of the option that the refused value comes from.
 * What is no refusal of this order, or says already which one it is, is given back as it is.
 */
export function orderRefusal({ settings }: Connection, draft: OrderDraft, error: CommerceError): CommerceError {
  const isRefusal = isCommerceError(error, 'record.rejected') || isCommerceError(error, 'access.denied');
  if (!isRefusal || error.refs.length > 0) return error;
  const details = z.record(z.string(), z.json()).catch({}).parse(error.details);
  const { field, relation } = details;
  const source = sourceOf(field, relation);
  const advice = source === undefined ? '' : ` The value comes from ${source}.`;
  const rights = error.code === 'access.denied' ? ` Besides rights to models it needs ${groupsNeeded}.` : '';
  return new CommerceError({
    code: error.code,
    message: `Order "${draft.number}" was not created in "${settings.name}". ${error.message}${advice}${rights}`,
    system: settings.name,
    operation: 'orders.create',
    refs: [draft.source],
    details,
    cause: error,
  });
}

const groupsNeeded = leastGroups
  .flatMap(({ name, operations }) => (operations.includes('orders.create') ? `the group "${name}"` : []))
  .join(' and ');

/** Where a refused value was taken from: an option, or what the draft names. Only where Odoo has no such record we know. */
function sourceOf(field: unknown, relation: unknown): string | undefined {
  if (typeof field !== 'string' || typeof relation !== 'string') return undefined;
  if (relation === 'account.tax') return 'odoo({ taxes }): pass ids of sales taxes that are there, then replay';
  return Object.hasOwn(sources, field) ? sources[field] : undefined;
}

const channel = 'or from its channel in odoo({ channels })';
const sources: Readonly<Record<string, string>> = {
  team_id: `odoo({ team }) ${channel}: pass the id of a sales team that is there, then replay`,
  warehouse_id: `odoo({ warehouse }) ${channel}: pass the id or code of a warehouse that is there, then replay`,
  pricelist_id: `odoo({ pricelists }) ${channel}: pass the id of a price list that is there, then replay`,
  partner_invoice_id: "the customer's contacts: let the key's user see its addresses, then replay",
  partner_shipping_id: "the customer's contacts: let the key's user see its addresses, then replay",
  partner_id: "the draft's customer: choose one that is there, then replay",
};
