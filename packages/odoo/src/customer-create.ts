import { isCommerceError, type CustomerDraft, type Ref, type WriteOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { customerIdentity, hasIdentity, isGuest, type CustomerIdentity } from './customer-identity.ts';
import { customerRefusal } from './customer-refusal.ts';
import { customerTable } from './customer-table.ts';
import { firstLook } from './first-look.ts';
import { demandCustomerTexts } from './order-demands.ts';
import { isMarked, keyText, kinshipOf, markOf, type Mark } from './mark.ts';
import { placesOf } from './places.ts';
import { markedPartnerRow, type MarkedPartnerWire } from './wire/partner.ts';

/**
 * Makes the customer. The external id comes from the account number, else from the e-mail address, so Odoo itself lets one
 * customer of it be, whoever asks at the same moment; a customer with neither has the external id of the key. Another key
 * gets the customer that was made of the very same content, and `record.duplicate` with the customer's reference for any
 * other with this account number or, without one, this address: of several the one that was made of it, else the one without
 * an account number. Buyers who share a mailbox and are to stay apart, such as guests of a marketplace that passes on one
 * address for all, need account numbers of their own or no `email`: the address of an order may name the mailbox all the
 * same.
 */
export async function createCustomer(
  connection: Connection,
  draft: CustomerDraft,
  options: WriteOptions,
): Promise<Ref<'customer'>> {
  demandCustomerTexts(connection, draft);
  const { client, externalIds } = connection;
  const [mark, identity] = await Promise.all([
    markOf(options.idempotencyKey, draft),
    customerIdentity(connection, draft, options.idempotencyKey),
  ]);
  const look = async (id: number) => {
    const [partner] = await firstLook(connection, hidden(identity), () =>
      client.read('res.partner', [id], markedPartnerRow, options),
    );
    if (!partner) throw gone(connection, id);
    return partner;
  };
  const known = await externalIds.resolve(identity.externalId, 'res.partner', options);
  const own = known === undefined ? undefined : await look(known);
  const found = own && isStill(own, identity, mark) ? own.id : await findOther(connection, identity, mark, options);
  const id = found ?? known ?? (await makeCustomer(connection, draft, { identity, mark }, options));
  const made = own?.id === id ? own : await look(id);
  const kinship = kinshipOf(made.comment, mark);
  if (kinship === 'own') return refTo(connection, 'customer', id);
  if (kinship === 'edited') throw reused(connection, made);
  // Under its own external id it was made here, even if somebody rewrote the notes with the mark in them.
  const isOurs = kinship === 'twin' || identity.by === 'key' || (id === known && !isMarked(made.comment ?? ''));
  if (!isOurs) throw double(connection, identity, made);
  return refTo(connection, 'customer', id);
}

/** Whether who has the external id is the customer, whoever else may be: this key made it, or it has the mailbox or number. */
function isStill(own: MarkedPartnerWire, identity: CustomerIdentity, mark: Mark): boolean {
  const kinship = kinshipOf(own.comment, mark);
  return kinship === 'own' || kinship === 'edited' || identity.by === 'key' || hasIdentity(own, identity);
}

async function makeCustomer(
  connection: Connection,
  draft: CustomerDraft,
  { identity: { externalId }, mark }: { readonly identity: CustomerIdentity; readonly mark: Mark },
  options: WriteOptions,
): Promise<number> {
  const addresses = [...(draft.billingAddress ? [draft.billingAddress] : []), ...draft.shippingAddresses];
  const places = await placesOf(connection, addresses, options);
  const table = customerTable(draft, addresses, places, { externalId, mark });
  try {
    return await connection.externalIds.make(externalId, 'res.partner', table, options);
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    throw customerRefusal(connection, draft, error, 'customers.create');
  }
}

/** A customer of this identity that has another external id or none, or one that this key made of another. */
async function findOther(
  connection: Connection,
  identity: CustomerIdentity,
  mark: Mark,
  options: WriteOptions,
): Promise<number | undefined> {
  const made = ['comment', 'like', keyText(mark.key)] as const;
  const domain: Domain = [
    ['parent_id', '=', false],
    ...(identity.by === 'key' ? [] : ['|' as const, sameAs(identity)]),
    made,
  ];
  const found = await connection.client.searchRead('res.partner', markedPartnerRow, { domain, order: 'id' }, options);
  const ours = ['edited', 'own', 'twin'].flatMap(
    (kinship) => found.find(({ comment }) => kinshipOf(comment, mark) === kinship) ?? [],
  );
  if (ours[0]) return ours[0].id;
  const guests = identity.by === 'email' ? found.filter(isGuest) : [];
  const nearest = guests.length > 0 ? guests : found;
  if (nearest.length > 1) throw ambiguous(connection, identity, nearest);
  return nearest[0]?.id;
}

function sameAs(identity: Exclude<CustomerIdentity, { readonly by: 'key' }>) {
  return identity.by === 'account'
    ? (['ref', '=', identity.accountNumber] as const)
    : (['email_normalized', '=', identity.email] as const);
}

/** What `firstLook` says of a contact of another company or, by its rules, of another person. */
function hidden({ by }: CustomerIdentity) {
  const has = { account: 'account number', email: 'e-mail address', key: 'key' }[by];
  return {
    what: 'The customer was not created',
    operation: 'customers.create',
    seen: `a contact of its ${has}`,
    advice: 'Let the user see it, or give each of the two an account number of its own, then replay.',
    refs: [],
  };
}

function gone({ settings }: Connection, id: number) {
  return refused(settings, 'record.missing', 'customers.create', {
    message: `The customer was not taken over from "${settings.name}": its record "${id}" is there no more. See who deleted or merged it, then replay.`,
  });
}

function reused(connection: Connection, { id }: MarkedPartnerWire) {
  return refused(connection.settings, 'key.reused', 'customers.create', {
    message: `The customer was not created in "${connection.settings.name}": its key made the partner "${id}" there, of another content. Use a key of its own for each customer; the partner stays as it is.`,
    refs: [refTo(connection, 'customer', id)],
  });
}

function ambiguous(connection: Connection, { by }: CustomerIdentity, found: readonly MarkedPartnerWire[]) {
  const has = by === 'account' ? 'the account number' : 'the e-mail address';
  const named = found.map(({ id }) => `"${id}"`).join(', ');
  return refused(connection.settings, 'customer.ambiguous', 'customers.create', {
    message: `The customer was not created in "${connection.settings.name}": the partners ${named} there have ${has} already. Link the one that it is, merge them in Odoo, or give the new one an account number of its own, then replay.`,
    refs: found.map(({ id }) => refTo(connection, 'customer', id)),
  });
}

function double(connection: Connection, { by }: CustomerIdentity, { id, active }: MarkedPartnerWire) {
  const has = by === 'account' ? 'the account number' : 'the e-mail address';
  const next =
    by === 'account'
      ? 'Link it, or give one of them another number, then replay.'
      : 'Link it, or give the new one an account number of its own, then replay.';
  return refused(connection.settings, 'record.duplicate', 'customers.create', {
    message: `The customer was not created in "${connection.settings.name}": the partner "${id}" there${active ? '' : ', who is archived,'} has ${has} already, from elsewhere or with another content. ${next}`,
    refs: [refTo(connection, 'customer', id)],
  });
}
