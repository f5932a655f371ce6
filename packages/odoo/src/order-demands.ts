import type { CustomerDraft, Json, OrderDraft } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import { unsendable } from './unsendable.ts';

/**
 * Refuses, before Odoo is asked anything, a draft of which no order can be made. In a list it would be in everybody's way:
 * Odoo refuses a question for what one order brings into it.
 */
export function demandOrder(connection: Connection, draft: OrderDraft, customer?: CustomerDraft): void {
  demandAmounts(connection, draft);
  demandDay(connection, draft);
  demandTexts(connection, draft, customer);
}

/**
 * Zeros that mean "not known" add up, and would be a confirmed sale for nothing; an order that was made to try its channel
 * is paid with no money, and would reserve goods.
 */
function demandAmounts({ settings }: Connection, draft: OrderDraft): void {
  if (draft.test) {
    throw refused(settings, 'payment.test', 'orders.create', {
      message: `Order "${draft.number}" was not created in "${settings.name}": somebody made it to try its channel, and no money moved. Dismiss it; where this Odoo is there for trying, too, leave \`test\` out of the draft.`,
      refs: [draft.source],
    });
  }
  if (draft.amounts !== 'not-stated') return;
  throw refused(settings, 'money.invalid', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": its channel does not state its amounts, and every zero in it means "not known". Wait until the channel states them, then read the order again.`,
    refs: [draft.source],
  });
}

/** A date of the year 1 is how some systems say that there is none. By itself Odoo takes it on one way and not on another. */
function demandDay({ settings }: Connection, draft: OrderDraft): void {
  if (Date.parse(draft.placedAt) >= Date.parse('1900-01-01T00:00:00Z')) return;
  throw refused(settings, 'record.invalid', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": its \`placedAt\` is "${draft.placedAt}", which is no day on which it can have been placed. Find out in the channel when that was, then replay.`,
    refs: [draft.source],
    details: { field: 'placedAt' },
  });
}

function demandTexts({ settings }: Connection, draft: OrderDraft, customer: CustomerDraft | undefined): void {
  const field = unsendable(textsFor(draft), '') ?? (customer && unsendable(customer, 'customer'));
  if (field === undefined) return;
  throw refused(settings, 'record.invalid', 'orders.create', {
    message: `Order "${draft.number.replaceAll('\0', '')}" was not created in "${settings.name}": its text \`${field}\` has a sign that no database of Odoo can hold, a NUL or half of a pair. Correct it in the channel, then replay.`,
    refs: [draft.source],
    details: { field },
  });
}

/** What of a draft reaches Odoo, in a record or in a question. What else a channel noted is in nobody's way. */
function textsFor(draft: OrderDraft): Json {
  const { source, customer, number, note, currency, location, billingAddress, shippingAddress } = draft;
  return {
    source,
    customer,
    number,
    note,
    currency,
    location,
    billingAddress,
    shippingAddress,
    lines: draft.lines.map(({ sku, title, discounts }) => ({ sku, title, discounts })),
    shippingLines: draft.shippingLines.map(({ title }) => ({ title })),
    feeLines: draft.feeLines.map(({ title }) => ({ title })),
    discounts: draft.discounts,
  };
}

/** Refuses the same of a customer. */
export function demandCustomerTexts({ settings }: Connection, draft: CustomerDraft): void {
  const field = unsendable(draft, '');
  if (field === undefined) return;
  throw refused(settings, 'record.invalid', 'customers.create', {
    message: `The customer was not created in "${settings.name}": its text \`${field}\` has a sign that no database of Odoo can hold, a NUL or half of a pair. Correct it, then replay.`,
    details: { field },
  });
}
