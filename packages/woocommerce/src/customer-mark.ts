import { fingerprint, type CustomerDraft } from '@crossdock/core';
import { metaText } from './customer-record.ts';
import type { WireCustomer } from './wire/customer.ts';

/** Under which key a customer was made and of what content. No key and no part of the content can be read out of it. */
export interface CustomerMark {
  /** What the name to log in with ends in, which nobody can change and no two accounts have. */
  readonly ending: string;
  readonly content: string;
}

/** WooCommerce drops fields of a customer that begin with "_", in silence. compared with 10.5.0, 2026-11-26 */
export const customerMarkMeta = 'crossdock_customer';

export async function customerMark(idempotencyKey: string, draft: CustomerDraft): Promise<CustomerMark> {
  const [key, content] = await Promise.all([fingerprint(idempotencyKey), fingerprint(draft)]);
  // Short, because people see it in their list of users.
  return { ending: `-${key.slice(0, 12).toLowerCase()}`, content: content.slice(0, 16) };
}

/** A name to log in with, as WordPress makes them of an address, and ours behind it. 60 characters at most. */
export function loginOf(email: string, { ending }: CustomerMark): string {
  const [mailbox = ''] = email.toLowerCase().split('@');
  const plain = mailbox.replaceAll(/[^a-z0-9._-]/g, '').slice(0, 40);
  return `${plain === '' ? 'customer' : plain}${ending}`;
}

/**
 * What an account says of a call: `own` made by this key of this content, `edited` by this key of another content, `twin` by
 * another key of this very content, `other` by somebody else, and `open` by this key, without its meta yet.
 */
export type Kinship = 'own' | 'edited' | 'twin' | 'other' | 'open';

export function kinshipOf(customer: WireCustomer, { ending, content }: CustomerMark): Kinship {
  const isOurs = customer.username.toLowerCase().endsWith(ending);
  const there = metaText(customer, customerMarkMeta);
  if (there === undefined) return isOurs ? 'open' : 'other';
  if (isOurs) return there === content ? 'own' : 'edited';
  return there === content ? 'twin' : 'other';
}
