import type { TillDocument } from '../till/document.ts';
import { carriageCodes, manualCodes } from '../till/special-codes.ts';

/** How many of each article. An article with none of it is not in it. */
export type Goods = ReadonlyMap<string, number>;

/** What a system has of an article: stock codes are the same in small and in capital letters. */
export function goodsOf(lines: Iterable<{ readonly sku: string | undefined; readonly quantity: number }>): Goods {
  const goods = new Map<string, number>();
  for (const { sku, quantity } of lines) {
    if (sku === undefined || quantity === 0) continue;
    const article = sku.toUpperCase();
    const sum = (goods.get(article) ?? 0) + quantity;
    if (sum === 0) goods.delete(article);
    else goods.set(article, sum);
  }
  return goods;
}

/** What these documents ask for together: a cancellation's quantities are negative. */
export function goodsAskedFor(documents: readonly TillDocument[]): Goods {
  return goodsOf(
    documents.flatMap(({ lines }) =>
      lines
        .filter(({ code }) => carriageCodes[code] === undefined && manualCodes[code] === undefined)
        .map(({ code, quantity }) => ({ sku: code, quantity })),
    ),
  );
}

/** What `seen` has more (positive) or less (negative) than `wanted`, by article. Empty: the same goods. */
export function difference(seen: Goods, wanted: Goods): Goods {
  const lines = [
    ...[...seen].map(([sku, quantity]) => ({ sku, quantity })),
    ...[...wanted].map(([sku, quantity]) => ({ sku, quantity: -quantity })),
  ];
  return goodsOf(lines);
}
