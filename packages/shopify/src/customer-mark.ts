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
  // Of customers that were merged each left its tag.
  const marks = customer.tags
    .map((each) => each.toLowerCase())
    .filter((tag) => tag.startsWith(prefix))
    .map((tag) => tag.slice(prefix.length).split('-'));
  const own = marks.filter(([key]) => key === mark.key);
  if (own.length > 0) return own.some(([, content]) => content === mark.content) ? 'own' : 'edited';
  return marks.some(([, content]) => content === mark.content) ? 'twin' : 'other';
}
