import { isCommerceError, type CommerceError, type CustomerDraft, type WriteOptions } from '@crossdock/core';
import { addressesOf } from './addresses.ts';
import { loadAll, type LoadWish } from './bulk-load.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { customerIdentity, isGuest, normalizedEmail } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { markOf } from './mark.ts';
import { learnPlaces, placeOf } from './places.ts';
import { identityRow, type IdentityWire } from './wire/partner.ts';

/**
 * Finds the customers of many orders with one question and makes those that are missing with one call. Who has the
 * account number is the customer, and only of a draft without one the mailbox decides: first who has its external id,
 * then who has no account number, then an account. A new one's external id comes from the account number, else from the
 * mailbox, so that one buyer's orders never make two of them, whoever imports at the same moment. The outcome of each
 * draft stands at its place, and is the same as if they came one after another.
 */
export async function importCustomers(
  connection: Connection,
  drafts: readonly { readonly customer: CustomerDraft; readonly idempotencyKey: string }[],
  options: WriteOptions,
): Promise<readonly (number | CommerceError)[]> {
  if (drafts.length === 0) return [];
  const customers = drafts.map(({ customer }) => customer);
  const candidates = await candidatesOf(connection, customers, options);
  const holders: Holders[] = [];
  const owners = new Map<string, number | undefined>();
  for (const draft of drafts) holders.push(await holdersOf(connection, draft, { candidates, owners }, options));
  const isNew = (index: number) => holders[index]?.near.length === 0 && holders[index].far.length === 0;
  const places = customers.flatMap((customer, index) => (isNew(index) ? placesIn(customer) : []));
  await learnPlaces(connection, places, options);
  const wishes = new Map<string, NewBuyer>();
  const sources: Source[] = [];
  for (const [index, draft] of drafts.entries()) {
    const { near, far } = holders[index] ?? { near: [], far: [] };
    const mailbox = mailboxAlone(draft.customer);
    // Who comes earlier in the list has the mailbox already: the same guest, else accounts.
    const sharing = [...wishes.values()].filter((buyer) => mailbox !== undefined && buyer.mailbox === mailbox);
    const guests = sharing.filter(({ isAccount }) => !isAccount);
    const earlier = (guests.length > 0 ? guests : sharing).map(({ wish }) => wish.externalId);
    if (near.length > 0) {
      sources.push({ found: near, made: [] });
      continue;
    }
    if (far.length + earlier.length > 0) {
      sources.push({ found: guests.length > 0 ? [] : far, made: earlier });
      continue;
    }
    const wish = await wishOf(connection, draft);
    // The first of two orders by one new buyer says how they are called.
    if ('table' in wish && !wishes.has(wish.externalId)) wishes.set(wish.externalId, newBuyer(draft.customer, wish));
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
  readonly isAccount: boolean;
  readonly wish: LoadWish;
}

function newBuyer({ email, accountNumber }: CustomerDraft, wish: LoadWish): NewBuyer {
  return { mailbox: normalizedEmail(email), isAccount: Boolean(accountNumber?.trim()), wish };
}

/** The mailbox of who has no account number. */
function mailboxAlone({ email, accountNumber }: CustomerDraft): string | undefined {
  return accountNumber?.trim() ? undefined : normalizedEmail(email);
}

async function candidatesOf(connection: Connection, drafts: readonly CustomerDraft[], options: WriteOptions) {
  const numbered = drafts.flatMap(({ accountNumber }) => accountNumber?.trim() || []);
  const mailboxes = drafts.flatMap((draft) => mailboxAlone(draft) ?? []);
  if (numbered.length + mailboxes.length === 0) return [];
  const [accounts, emails] = [[...new Set(numbered)], [...new Set(mailboxes)]];
  const domain: Domain = [['parent_id', '=', false], '|', ['ref', 'in', accounts], ['email_normalized', 'in', emails]];
  return connection.client.searchRead('res.partner', identityRow, { domain, order: 'id' }, options);
}

/** Who may be the buyer: those to take, and those to take where there is none of the former. */
interface Holders {
  readonly near: readonly number[];
  readonly far: readonly number[];
}

/**
 * Of several with one mailbox its own external id tells who was made of it; that one question more is asked then alone.
 * Odoo's e-mail field may hold a name before the mailbox: what Odoo reads out of it is compared.
 */
async function holdersOf(
  connection: Connection,
  { customer, idempotencyKey }: { readonly customer: CustomerDraft; readonly idempotencyKey: string },
  known: { readonly candidates: readonly IdentityWire[]; readonly owners: Map<string, number | undefined> },
  options: WriteOptions,
): Promise<Holders> {
  const account = customer.accountNumber?.trim();
  if (account) return { near: idsOf(known.candidates.filter(({ ref }) => ref === account)), far: [] };
  const mailbox = mailboxAlone(customer);
  if (mailbox === undefined) return { near: [], far: [] };
  const found = known.candidates.filter((one) => one.email_normalized === mailbox);
  if (found.length > 1) {
    if (!known.owners.has(mailbox)) {
      const { externalId } = await customerIdentity(connection, customer, `${idempotencyKey}/customer`);
      known.owners.set(mailbox, await connection.externalIds.resolve(externalId, 'res.partner', options));
    }
    const own = found.filter(({ id }) => id === known.owners.get(mailbox));
    if (own.length > 0) return { near: idsOf(own), far: [] };
  }
  return { near: idsOf(found.filter(isGuest)), far: idsOf(found.filter((one) => !isGuest(one))) };
}

function idsOf(rows: readonly IdentityWire[]): readonly number[] {
  return rows.map(({ id }) => id);
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
