import type { CustomerDraft } from '@crossdock/core';

/**
 * A mailbox as Shopify compares it, without case; `undefined` for what is none.
 */
export function mailboxOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return /^[^\s@<>",;%*]+@[^\s@<>",;%*]+$/.test(trimmed) ? trimmed.toLowerCase() : undefined;
}

/**
 * A telephone number as Shopify keeps and compares it: with its country, in figures alone. `undefined` for one that names
 * no country, which Shopify would guess. E.164; shopify.dev, Customer, API 2026-07.
 */
export function phoneOf(text: string | undefined): string | undefined {
  const plain = (text ?? '').replaceAll(/[\s().\-/]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : undefined;
}

/** The account number in a customer's tags. */
export function accountNumberIn(tags: readonly string[], prefix: string | undefined): string | undefined {
  if (prefix === undefined) return undefined;
  const tag = tags.find((each) => each.toLowerCase().startsWith(prefix.toLowerCase()));
  return tag?.slice(prefix.length).trim() || undefined;
}

/** A draft's account number, `undefined` where it is blank. */
export function accountNumberOf({ accountNumber }: Pick<CustomerDraft, 'accountNumber'>): string | undefined {
  return accountNumber?.trim() || undefined;
}
