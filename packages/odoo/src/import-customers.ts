import { isCommerceError, type CommerceError, type CustomerDraft, type WriteOptions } from '@crossdock/core';
import { addressesOf } from './addresses.ts';
import { loadAll, type LoadWish } from './bulk-load.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { customerIdentity, hasIdentity, isGuest, normalizedEmail, type CustomerIdentity } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { externalNamesOf } from './external-names.ts';
import { markOf } from './mark.ts';
import { learnPlaces, placeOf } from './places.ts';
import { identityRow, type IdentityWire } from './wire/partner.ts';

/**
 * Finds the customers of many orders with one question and makes those that are missing with one call. Who has the
 * account number is the customer, and only of a draft without one the mailbox decides. Of several who has the external id
 * comes first, even archived or below a company, then who has no account number, then an account. A new one's external id comes from the account number, else from the
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
  const holders = await holdersOf(connection, drafts, options);
  const isNew = (index: number) => holders[index]?.near.length === 0 && holders[index].far.length === 0;
  const places = customers.flatMap((customer, index) => (isNew(index) ? placesIn(customer) : []));
  await learnPlaces(connection, places, options);
  const wishes = new Map<string, NewBuyer>();
  const isMissing = missingOnes(connection, options);
  const sources: Source[] = [];
  for (const [index, draft] of drafts.entries()) {
    const { near, far } = holders[index] ?? { near: [], far: [] };
    if (near.length > 0) {
      sources.push({ found: near, made: [] });
      continue;
    }
    const wish = await wishOf(connection, draft);
    // Who is made earlier in the list has the mailbox already: the same guest, else accounts.
    const sharing = await sharingWith(draft.customer, wish.externalId, wishes, isMissing);
    const guests = sharing.filter(({ isAccount }) => !isAccount);
    const earlier = (guests.length > 0 ? guests : sharing).map((buyer) => buyer.wish.externalId);
    if (far.length + earlier.length > 0) {
      sources.push({ found: guests.length > 0 ? [] : far, made: earlier });
      continue;
    }
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

/**
 * The new ones of the list that have the mailbox of a guest. Whose external id is there already is made of nothing: it has
 * another mailbox or number by now, or it would have been found. Only where several wish for one mailbox that is asked.
 */
async function sharingWith(
  customer: CustomerDraft,
  externalId: string,
  wishes: ReadonlyMap<string, NewBuyer>,
  isMissing: (externalId: string) => Promise<boolean>,
): Promise<readonly NewBuyer[]> {
  const mailbox = mailboxAlone(customer);
  const sharing = [...wishes.values()].filter((buyer) => mailbox !== undefined && buyer.mailbox === mailbox);
  if (sharing.every(({ wish }) => wish.externalId === externalId)) return sharing;
  const missing = await Promise.all(sharing.map(({ wish }) => isMissing(wish.externalId)));
  return sharing.filter((_buyer, index) => missing[index]);
}

/** Whether an external id stands for no partner yet, asked for once. */
function missingOnes(connection: Connection, options: WriteOptions) {
  const known = new Map<string, Promise<boolean>>();
  return (externalId: string): Promise<boolean> => {
    const asked =
      known.get(externalId) ??
      connection.externalIds.resolve(externalId, 'res.partner', options).then((id) => id === undefined);
    known.set(externalId, asked);
    return asked;
  };
}

/** The mailbox of who has no account number. */
function mailboxAlone({ email, accountNumber }: CustomerDraft): string | undefined {
  return accountNumber?.trim() ? undefined : normalizedEmail(email);
}

/** Who may be the buyer: those to take, and those to take where there is none of the former. */
interface Holders {
  readonly near: readonly number[];
  readonly far: readonly number[];
}

async function holdersOf(
  connection: Connection,
  drafts: readonly { readonly customer: CustomerDraft; readonly idempotencyKey: string }[],
  options: WriteOptions,
): Promise<readonly Holders[]> {
  const identities = await Promise.all(
    drafts.map(({ customer, idempotencyKey }) => customerIdentity(connection, customer, `${idempotencyKey}/customer`)),
  );
  const candidates = await candidatesOf(connection, identities, options);
  const found = identities.map((identity) => candidates.filter((one) => hasIdentity(one, identity)));
  // One alone is the customer, made of it or not, unless a person put it where no customer is looked for.
  const isDoubtful = (index: number) => (found[index] ?? []).length > 1 || found[index]?.some((one) => !isPlain(one));
  const doubtful = identities.filter((_identity, index) => isDoubtful(index));
  const owners = await ownersOf(connection, doubtful, candidates, options);
  return identities.map((identity, index) => {
    const own = found[index]?.filter(({ id }) => id === owners.get(identity.externalId)) ?? [];
    if (own.length > 0) return { near: idsOf(own), far: [] };
    const plain = found[index]?.filter(isPlain) ?? [];
    if (identity.by === 'account') return { near: idsOf(plain), far: [] };
    return { near: idsOf(plain.filter(isGuest)), far: idsOf(plain.filter((one) => !isGuest(one))) };
  });
}

/**
 * Every partner with one of the account numbers or mailboxes, archived ones and those of others too. Odoo's e-mail field
 * may hold a name before the mailbox: what Odoo reads out of it is compared.
 */
async function candidatesOf(
  { client }: Connection,
  identities: readonly CustomerIdentity[],
  options: WriteOptions,
): Promise<readonly IdentityWire[]> {
  const accounts = new Set(identities.flatMap((one) => (one.by === 'account' ? [one.accountNumber] : [])));
  const emails = new Set(identities.flatMap((one) => (one.by === 'email' ? [one.email] : [])));
  if (accounts.size + emails.size === 0) return [];
  const domain: Domain = ['|', ['ref', 'in', [...accounts]], ['email_normalized', 'in', [...emails]]];
  const context = { active_test: false };
  return client.searchRead('res.partner', identityRow, { domain, order: 'id' }, { ...options, context });
}

/** A customer as others are made and looked for: in use, and below nobody. */
function isPlain({ active, parent_id }: IdentityWire): boolean {
  return active && parent_id === null;
}

/**
 * Who has the external id of each identity: one question for all. One more for each that no candidate is named by, where
 * a candidate has another external id: of those of a partner, of which it has several once two were merged, the question
 * gives only one. Who has none is nobody's.
 */
async function ownersOf(
  connection: Connection,
  identities: readonly CustomerIdentity[],
  candidates: readonly IdentityWire[],
  options: WriteOptions,
): Promise<ReadonlyMap<string, number>> {
  const several = candidates.filter((one) => identities.some((identity) => hasIdentity(one, identity)));
  const names = await externalNamesOf(connection, 'res.partner', idsOf(several), options);
  const owners = new Map([...names].map(([id, name]) => [name, id]));
  const named = several.filter((one) => isNamed(connection, one, names.get(one.id) ?? ''));
  const open = identities.filter(({ externalId }) => !owners.has(externalId));
  const asked = new Set(
    open.flatMap((identity) => (named.some((one) => hasIdentity(one, identity)) ? [identity.externalId] : [])),
  );
  const resolved = [...asked].map(async (externalId) => {
    const id = await connection.externalIds.resolve(externalId, 'res.partner', options);
    if (id !== undefined) owners.set(externalId, id);
  });
  await Promise.all(resolved);
  return owners;
}

/** Whether a partner has an external id and is no address that was added to a customer: that one has no other. */
function isNamed({ settings }: Connection, { parent_id }: IdentityWire, name: string): boolean {
  return name !== '' && (parent_id === null || !name.startsWith(`${settings.externalIdModule}.address_`));
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
