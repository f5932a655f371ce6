import { fingerprint, type CustomerDraft } from '@crossdock/core';
import type { WireCustomer } from './wire/customer.ts';

/** Under which key a customer was made and of what content. It stands in a tag; no key and no part of the content can be read out of it. */
export interface CustomerMark {
  readonly key: string;
  readonly content: string;
}

/**
 * What a customer's mark says of a call: `own` made by this key of this content, `edited` by this key of another content,
 * `twin` by another key of this very content, `other` by somebody else.
 */
export type Kinship = 'own' | 'edited' | 'twin' | 'other';

export async function customerMark(idempotencyKey: string, draft: CustomerDraft): Promise<CustomerMark> {
  const [key, content] = await Promise.all([fingerprint(idempotencyKey), fingerprint(draft)]);
  // Short, because people see it among their tags.
  return { key: key.slice(0, 16), content: content.slice(0, 16) };
}

export function markTag({ key, content }: CustomerMark): string {
  return `${prefix}${key}-${content}`;
}
const prefix = 'xdock:';

export function kinshipOf(customer: WireCustomer, mark: CustomerMark): Kinship {
  const tag = customer.tags.find((each) => each.toLowerCase().startsWith(prefix));
  const [key, content] = tag?.toLowerCase().slice(prefix.length).split('-') ?? [];
  if (key === mark.key) return content === mark.content ? 'own' : 'edited';
  return content === mark.content ? 'twin' : 'other';
}
