import { fingerprint, type CustomerDraft } from '@crossdock/core';
import type { Connection } from './connection.ts';

/** By what a customer is told from others, and the external id that comes of it. */
export type CustomerIdentity =
  | { readonly by: 'account'; readonly accountNumber: string; readonly externalId: string }
  | { readonly by: 'email'; readonly email: string; readonly externalId: string }
  | { readonly by: 'key'; readonly externalId: string };

/**
 * Who a customer is, for every way in which one is made: the account number, else the e-mail address, else only the key.
 * Two accounts may share a mailbox; without account numbers a mailbox is one customer. Odoo keeps external ids unique, so
 * whoever comes at the same moment with the same identity gets one customer.
 */
export async function customerIdentity(
  { externalIds }: Connection,
  draft: CustomerDraft,
  idempotencyKey: string,
): Promise<CustomerIdentity> {
  const accountNumber = draft.accountNumber?.trim();
  if (accountNumber) return { by: 'account', accountNumber, externalId: externalIds.of('account', accountNumber) };
  const email = normalizedEmail(draft.email);
  if (email === undefined) return { by: 'key', externalId: externalIds.of('customer', idempotencyKey) };
  // A mailbox is a person's: only its fingerprint stands in a list that everybody reads.
  return { by: 'email', email, externalId: externalIds.of('customer', `buyer/${await fingerprint(email)}`) };
}

/**
 * Whether a partner has what the identity says. Who was made of it and has it no more is no longer that customer once
 * somebody else has it.
 */
export function hasIdentity(
  partner: { readonly ref: string | null; readonly email_normalized: string | null },
  identity: CustomerIdentity,
): boolean {
  if (identity.by === 'account') return partner.ref === identity.accountNumber;
  return identity.by === 'email' && partner.email_normalized === identity.email;
}

/** Whether a partner has no account number: of those with a mailbox it comes before accounts, which may share it. */
export function isGuest({ ref }: { readonly ref: string | null }): boolean {
  return !ref?.trim();
}

/**
 * A mailbox as Odoo compares it, `undefined` for what is none. Letters beyond ASCII before the "@" keep their case. Source
 * of Odoo 19.0, read 2026-11-26.
 */
export function normalizedEmail(text: string | undefined): string | undefined {
  const [, local, domain] = /^([^\s@<>",;]+)@([^\s@<>",;]+)$/.exec(text?.trim() ?? '') ?? [];
  if (local === undefined || domain === undefined) return undefined;
  const isAscii = /^[\x21-\x7e]+$/.test(local);
  return `${isAscii ? local.toLowerCase() : local}@${domain.toLowerCase()}`;
}

/** The mailbox in an e-mail field of Odoo, which may hold a name before it: `"Jo Doe" <jo@example.com>`. */
export function mailboxIn(text: string): string {
  const [, inner = ''] = /<([^<>]+)>\s*$/.exec(text) ?? [];
  return normalizedEmail(inner) ?? text;
}
