import { isCommerceError, type CommerceError, type CustomerDraft, type WriteOptions } from '@crossdock/core';
import { addressesOf } from './addresses.ts';
import { loadAll, type LoadWish } from './bulk-load.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { customerIdentity, normalizedEmail } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { markOf } from './mark.ts';
import { learnPlaces, placeOf } from './places.ts';
import { identityRow, type IdentityWire } from './wire/partner.ts';

/**
 * Finds the customers of many orders with one question and makes those that are missing with one call. Who has the
 * account number is the customer, and only of a draft without one the mailbox decides. A new one's external id comes
 * from the account number, else from the mailbox, so that one buyer's orders never make two of them, whoever imports at
 * the same moment. The outcome of each draft stands at its place, and is the same as if they came one after another.
 */
export async function importCustomers(
  connection: Connection,
  drafts: readonly { readonly customer: CustomerDraft; readonly idempotencyKey: string }[],
  options: WriteOptions,
): Promise<readonly (number | CommerceError)[]> {
  if (drafts.length === 0) return [];
  const customers = drafts.map(({ customer }) => customer);
  const candidates = await candidatesOf(connection, customers, options);
  const holders = customers.map((customer) => holdersOf(customer, candidates));
  const places = customers.flatMap((customer, index) => (holders[index]?.length === 0 ? placesIn(customer) : []));
  await learnPlaces(connection, places, options);
  const wishes = new Map<string, NewBuyer>();
  const sources: Source[] = [];
  for (const [index, draft] of drafts.entries()) {
    const found = holders[index] ?? [];
    const mailbox = normalizedEmail(draft.customer.email);
    const byMailbox = mailbox !== undefined && !draft.customer.accountNumber?.trim();
    const earlier = byMailbox ? [...wishes.values()].filter((buyer) => buyer.mailbox === mailbox) : [];
    if (found.length + earlier.length > 0) {
      sources.push({ found, made: earlier.map(({ wish }) => wish.externalId) });
      continue;
    }
    const wish = await wishOf(connection, draft);
    // The first of two orders by one new buyer says how they are called.
    if ('table' in wish && !wishes.has(wish.externalId)) wishes.set(wish.externalId, { mailbox, wish });
    sources.push('error' in wish ? wish : { found: [], made: [wish.externalId] });
  }
  const tables = [...wishes.values()].map(({ wish }) => wish);
  const loaded = await loadAll(connection, 'res.partner', tables, options);
  return drafts.map((draft, index) => {
    const source = sources[index];
    if (!source) return ambiguous(connection, []);
    if ('error' in source) return source.error;
    const made = source.made.flatMap((externalId) => loaded.get(externalId) ?? []);
    const refusal = made.find((one) => isCommerceError(one));
    if (refusal) return customerRefusal(connection, draft.customer, refusal, 'orders.create');
    // Two external ids stand for one customer once a person has merged two.
    const [id, ...more] = new Set([...source.found, ...made.filter((one) => typeof one === 'number')]);
    return id === undefined || more.length > 0 ? ambiguous(connection, id === undefined ? [] : [id, ...more]) : id;
  });
}

/** Where the customer of a draft comes from: partners that are there, new ones by external id, or nowhere. */
type Source =
  | { readonly found: readonly number[]; readonly made: readonly string[] }
  | { readonly externalId: string; readonly error: CommerceError };

/** A new customer of this list, with the mailbox that later ones may name. */
interface NewBuyer {
  readonly mailbox: string | undefined;
  readonly wish: LoadWish;
}

async function candidatesOf(connection: Connection, drafts: readonly CustomerDraft[], options: WriteOptions) {
  const numbered = drafts.flatMap(({ accountNumber }) => accountNumber?.trim() || []);
  const mailboxes = drafts.flatMap((draft) =>
    draft.accountNumber?.trim() ? [] : (normalizedEmail(draft.email) ?? []),
  );
  if (numbered.length + mailboxes.length === 0) return [];
  const [accounts, emails] = [[...new Set(numbered)], [...new Set(mailboxes)]];
  const domain: Domain = [['parent_id', '=', false], '|', ['ref', 'in', accounts], ['email_normalized', 'in', emails]];
  return connection.client.searchRead('res.partner', identityRow, { domain, order: 'id' }, options);
}

/** Who may be the buyer. Odoo's e-mail field may hold a name before the mailbox: what Odoo reads out of it is compared. */
function holdersOf(draft: CustomerDraft, candidates: readonly IdentityWire[]): readonly number[] {
  const account = draft.accountNumber?.trim();
  const mailbox = normalizedEmail(draft.email);
  const isHolder = (one: IdentityWire) =>
    account ? one.ref === account : mailbox !== undefined && one.email_normalized === mailbox;
  return candidates.filter(isHolder).map(({ id }) => id);
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

function ambiguous(connection: Connection, ids: readonly number[]) {
  const named = ids.map((id) => `"${id}"`).join(', ');
  return refused(connection.settings, 'customer.ambiguous', 'orders.create', {
    message: `The order was not created in "${connection.settings.name}": the partners ${named} there may be its buyer by account number or e-mail address. Merge them in Odoo, give the draft an account number or name the customer, then replay.`,
    refs: ids.map((id) => refTo(connection, 'customer', id)),
  });
}
