import type { CustomerDraft, WriteOptions } from '@crossdock/core';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { customerIdentity, hasIdentity, isGuest, type CustomerIdentity } from './customer-identity.ts';
import { externalNamesOf } from './external-names.ts';
import { identityRow, type IdentityWire } from './wire/partner.ts';

/** A draft of a customer and the key of its order. */
export interface Wanted {
  readonly customer: CustomerDraft;
  readonly idempotencyKey: string;
}

/** Who may be the buyer: those to take, and those to take where there is none of the former. */
export interface Holders {
  readonly near: readonly number[];
  readonly far: readonly number[];
}

/** Who may be the buyer of each draft, with one question for all, and a few more for those of whom there are several. */
export async function holdersOf(
  connection: Connection,
  drafts: readonly Wanted[],
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
