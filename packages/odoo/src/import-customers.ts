import {
  canonicalJson,
  isCommerceError,
  type CommerceError,
  type CustomerDraft,
  type WriteOptions,
} from '@crossdock/core';
import { addressesOf } from './addresses.ts';
import { loadAll, type LoadWish } from './bulk-load.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { holdersOf, type Wanted } from './customer-holders.ts';
import { customerIdentity, normalizedEmail } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { isOfOne } from './import-blame.ts';
import { markOf } from './mark.ts';
import { learnPlaces, placeOf } from './places.ts';

/**
 * Finds the customers of many orders with one question and makes those that are missing with one call. Who has the
 * account number is the customer, and only of a draft without one the mailbox decides. Of several who has the external id
 * comes first, even archived or below a company, then who has no account number, then an account. A new one's external id
 * comes from the account number, else from the mailbox, so that one buyer's orders never make two of them, whoever imports
 * at the same moment. The outcome of each draft stands at its place, and is the same as if they came one after another:
 * what an earlier one of the list decides, by being made or by being refused, is asked again once that is known.
 */
export async function importCustomers(
  connection: Connection,
  drafts: readonly Wanted[],
  options: WriteOptions,
): Promise<readonly (number | CommerceError)[]> {
  const outcomes = new Map<number, number | CommerceError>();
  let waiting: readonly Place[] = [...drafts.entries()];
  // Each round decides the first of those that wait, at least.
  while (waiting.length > 0) waiting = await importRound(connection, waiting, outcomes, options);
  return drafts.map((_draft, index) => outcomes.get(index) ?? ambiguous(connection, []));
}

type Place = readonly [number, Wanted];

/** Decides those of the list that no other one of it can change, and gives the rest. */
async function importRound(
  connection: Connection,
  waiting: readonly Place[],
  outcomes: Map<number, number | CommerceError>,
  options: WriteOptions,
): Promise<readonly Place[]> {
  const drafts = waiting.map(([, draft]) => draft);
  const holders = await holdersOf(connection, drafts, options);
  const isNew = (nth: number) => holders[nth]?.near.length === 0 && holders[nth].far.length === 0;
  const places = drafts.flatMap(({ customer }, nth) => (isNew(nth) ? placesIn(customer) : []));
  await learnPlaces(connection, places, options);
  const wishes = new Map<string, { readonly wish: LoadWish; readonly customer: CustomerDraft }>();
  const leaning: { readonly place: Place; readonly externalId: string }[] = [];
  const later: Place[] = [];
  const seen = seenBuyers();
  for (const [nth, place] of waiting.entries()) {
    const [index, draft] = place;
    const { near, far } = holders[nth] ?? { near: [], far: [] };
    if (near.length > 0) {
      outcomes.set(index, sole(connection, near));
      continue;
    }
    const wish = await wishOf(connection, draft);
    const isWished = wishes.has(wish.externalId);
    if (seen.decides(wish.externalId, draft.customer)) {
      seen.putOff(wish.externalId, draft.customer);
      later.push(place);
    } else if (far.length > 0) {
      outcomes.set(index, sole(connection, far));
    } else if ('error' in wish && !isWished) {
      // Who is there under its external id, with another mailbox or number by now, needs no address.
      const known = await connection.externalIds.resolve(wish.externalId, 'res.partner', options);
      outcomes.set(index, known ?? wish.error);
    } else {
      // The first of several by one new buyer says how they are called.
      if ('table' in wish && !isWished) wishes.set(wish.externalId, { wish, customer: draft.customer });
      seen.wish(draft.customer);
      leaning.push({ place, externalId: wish.externalId });
    }
  }
  const tables = [...wishes.values()].map(({ wish }) => wish);
  const loaded = await loadAll(connection, 'res.partner', tables, options);
  const again = new Set<string>();
  for (const { place, externalId } of leaning) {
    const [index, { customer }] = place;
    const found = loaded.get(externalId);
    const first = wishes.get(externalId)?.customer;
    if (isCommerceError(found)) {
      // Of another content it may be made all the same, and is there for those after it.
      if (isOfOne(found) && first && !isAlike(first, customer)) again.add(externalId);
      if (again.has(externalId)) later.push(place);
      else outcomes.set(index, customerRefusal(connection, customer, found, 'orders.create'));
    } else if (found !== undefined) {
      outcomes.set(index, found);
    }
  }
  return later.toSorted(([one], [other]) => one - other);
}

/**
 * What new buyers of a round decide for later ones: a guest may be an account of the same mailbox, so whether there is one
 * has to be known first, and it has to be made before an account that comes after it in the list.
 */
function seenBuyers() {
  const guests = new Set<string>();
  const accounts = new Set<string>();
  const waiting = new Set<string>();
  const ofKind = ({ accountNumber }: CustomerDraft) => (accountNumber?.trim() ? accounts : guests);
  return {
    decides(externalId: string, customer: CustomerDraft): boolean {
      const other = ofKind(customer) === guests ? accounts : guests;
      return namesOf(externalId, customer).some((name) => waiting.has(name) || other.has(name));
    },
    putOff(externalId: string, customer: CustomerDraft): void {
      for (const name of namesOf(externalId, customer)) waiting.add(name);
    },
    wish(customer: CustomerDraft): void {
      const mailbox = normalizedEmail(customer.email);
      if (mailbox !== undefined) ofKind(customer).add(mailbox);
    },
  };
}

function namesOf(externalId: string, { email }: CustomerDraft): readonly string[] {
  return [externalId, normalizedEmail(email) ?? externalId];
}

function isAlike(one: CustomerDraft, other: CustomerDraft): boolean {
  return one === other || canonicalJson({ ...one }) === canonicalJson({ ...other });
}

/** The one among them, where it is one. */
function sole(connection: Connection, ids: readonly number[]): number | CommerceError {
  const [id, ...more] = ids;
  return id === undefined || more.length > 0 ? ambiguous(connection, ids) : id;
}

/** Every address of a new customer. */
export function placesIn(customer: CustomerDraft) {
  return [...addressesOf({ billingAddress: customer.billingAddress }), ...customer.shippingAddresses];
}

type Wish = LoadWish | { readonly externalId: string; readonly error: CommerceError };

/** A new customer under the external id that one buyer has whoever imports, or why there can be none. */
export async function wishOf(connection: Connection, { customer, idempotencyKey }: Wanted): Promise<Wish> {
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
