import type { CommerceError, ErrorCode, ProductDraft } from '@crossdock/core';
import { itemRefusal, type PushedItem } from './item-refusals.ts';
import type { WholeProduct } from './product-record.ts';
import type { FoundProducts } from './product-wholes.ts';

/** The product that a draft is about, none where it is to be made; or why that cannot be told. */
export type ProductStep = { readonly whole: WholeProduct | undefined } | CommerceError;

/** Which product of the shop a draft is about: the one whose SKUs it has, or the one that was made for it before. */
export function productStep(
  { variants }: ProductDraft,
  ownSku: string,
  item: PushedItem,
  { bySku, wholes }: FoundProducts,
): ProductStep {
  const refuse = (code: ErrorCode, seen: string, next: string) => itemRefusal(item, code, seen, next);
  const ids = new Set<number>();
  for (const { sku } of variants) {
    const [row, other] = bySku.get(sku) ?? [];
    if (row && other) {
      const seen = `products "${row.id}" and "${other.id}" there both have the SKU "${sku}"`;
      return refuse('record.duplicate', seen, 'Give one of them another SKU, then replay.');
    }
    if (row?.type === 'variable' || row?.type === 'grouped') {
      const seen = `"${sku}" is the SKU of the ${row.type} product "${row.id}" there, whose parts are sold`;
      return refuse('record.rejected', seen, 'Push the SKUs of its parts.');
    }
    if (row) ids.add(row.type === 'variation' ? row.parent_id : row.id);
  }
  const [id, other] = ids;
  if (id !== undefined && other !== undefined) {
    const seen = `its SKUs are of products "${id}" and "${other}" there`;
    return refuse('record.rejected', seen, 'Join them there, or make two drafts of it.');
  }
  const [own] = bySku.get(ownSku) ?? [];
  const at = id ?? own?.id;
  if (at === undefined) return { whole: undefined };
  const whole = wholes.get(at);
  if (whole) return { whole };
  return refuse('platform.conflict', `product "${at}" went away while it was read`, 'Try again.');
}
