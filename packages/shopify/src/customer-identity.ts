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

/** The account number in a customer's tags: the first where a merge left several. */
export function accountNumberIn(tags: readonly string[], prefix: string | undefined): string | undefined {
  return accountNumbersIn(tags, prefix)[0];
}

/** Every account number in a customer's tags. */
export function accountNumbersIn(tags: readonly string[], prefix: string | undefined): readonly string[] {
  if (prefix === undefined) return [];
  const own = tags.filter((each) => each.toLowerCase().startsWith(prefix.toLowerCase()));
  return own.map((tag) => tag.slice(prefix.length).trim()).filter((number) => number !== '');
}

/** A draft's account number, `undefined` where it is blank. */
export function accountNumberOf({ accountNumber }: Pick<CustomerDraft, 'accountNumber'>): string | undefined {
  return accountNumber?.trim() || undefined;
}
