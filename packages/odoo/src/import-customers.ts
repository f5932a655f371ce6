import {
  matchCustomer,
  isCommerceError,
  type CommerceError,
  type Customer,
  type CustomerDraft,
  type WriteOptions,
} from '@crossdock/core';
import { addressesOf } from './addresses.ts';
import { loadAll, type LoadWish } from './bulk-load.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { customerIdentity, normalizedEmail } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { markOf } from './mark.ts';
import { learnPlaces, placeOf } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';
import { toMoment } from './wire/value.ts';

/**
 * Finds the customers of many orders with one question and makes those that are missing with one call. Who has the
 * account number or, failing that, the e-mail address is the customer, as `matchCustomer` says. A new one's external id
 * comes from the account number, else from the address, so that one buyer's orders never make two of them, whoever
 * imports at the same moment. The outcome of each draft stands at its place.
 */
export async function importCustomers(
  connection: Connection,
  drafts: readonly { readonly customer: CustomerDraft; readonly idempotencyKey: string }[],
  options: WriteOptions,
): Promise<readonly (number | CommerceError)[]> {
  if (drafts.length === 0) return [];
  const candidates = await candidatesOf(
    connection,
    drafts.map(({ customer }) => customer),
    options,
  );
  const matches = drafts.map(({ customer }) => matchCustomer(customer, candidates));
  const missing = drafts.filter((_draft, index) => matches[index]?.kind === 'none');
  await learnPlaces(
    connection,
    missing.flatMap(({ customer }) => placesIn(customer)),
    options,
  );
  const wishes = new Map<string, Wish>();
  const wishOfDraft = new Map<(typeof drafts)[number], Wish>();
  for (const draft of missing) {
    const wish = await wishOf(connection, draft);
    wishOfDraft.set(draft, wish);
    // The first of two orders by one new buyer says how they are called.
    if ('table' in wish && !wishes.has(wish.externalId)) wishes.set(wish.externalId, wish);
  }
  const tables = [...wishes.values()].flatMap((wish) => ('table' in wish ? [wish] : []));
  const loaded = await loadAll(connection, 'res.partner', tables, options);
  return drafts.map((draft, index) => {
    const match = matches[index];
    if (match?.kind === 'match') return Number(match.customer.ref.id);
    if (match?.kind === 'ambiguous') return ambiguous(connection, match.candidates);
    const wish = wishOfDraft.get(draft);
    if (wish && 'error' in wish) return wish.error;
    const made = wish && loaded.get(wish.externalId);
    if (isCommerceError(made)) return customerRefusal(connection, draft.customer, made, 'orders.create');
    return made ?? ambiguous(connection, []);
  });
}

async function candidatesOf(connection: Connection, drafts: readonly CustomerDraft[], options: WriteOptions) {
  const accounts = trimmed(drafts.map(({ accountNumber }) => accountNumber));
  const emails = trimmed(drafts.map(({ email }) => normalizedEmail(email)));
  if (accounts.length + emails.length === 0) return [];
  const domain: Domain = [['parent_id', '=', false], '|', ['ref', 'in', accounts], ['email_normalized', 'in', emails]];
  const found = await connection.client.searchRead('res.partner', partnerRow, { domain, order: 'id' }, options);
  return found.map((partner) => candidate(connection, partner));
}

function candidate(connection: Connection, partner: PartnerWire): Customer {
  return {
    ref: refTo(connection, 'customer', partner.id),
    name: partner.name ?? String(partner.id),
    ...(partner.email ? { email: partner.email } : {}),
    ...(partner.ref ? { accountNumber: partner.ref } : {}),
    shippingAddresses: [],
    updatedAt: toMoment(partner.write_date),
  };
}

/** Every address of a new customer. */
export function placesIn(customer: CustomerDraft) {
  return [...addressesOf({ billingAddress: customer.billingAddress }), ...customer.shippingAddresses];
}

type Wish = LoadWish | { readonly externalId: string; readonly error: CommerceError };

/** A new customer under the external id that one buyer has whoever imports, or why there can be none. */
export async function wishOf(
  connection: Connection,
  { customer, idempotencyKey }: { readonly customer: CustomerDraft; readonly idempotencyKey: string },
): Promise<Wish> {
  const key = `${idempotencyKey}/customer`;
  const { externalId } = await customerIdentity(connection, customer, key);
  const addresses = placesIn(customer);
  try {
    const places = addresses.map((address) => placeOf(connection, address));
    const mark = await markOf(key, customer);
    return { externalId, table: customerTable(customer, addresses, places, { externalId, mark }) };
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    return { externalId, error };
  }
}

function ambiguous({ settings }: Connection, candidates: readonly Customer[]) {
  return refused(settings, 'customer.ambiguous', 'orders.create', {
    message: `The order was not created in "${settings.name}": ${candidates.length} customers there may be its buyer by account number or e-mail address. Merge them in Odoo or name the customer, then replay.`,
    refs: candidates.map(({ ref }) => ref),
  });
}

function trimmed(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.flatMap((value) => value?.trim() || []))];
}
