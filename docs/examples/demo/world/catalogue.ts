import { money } from '@crossdock/core';
import type { TillDocument } from '../till/document.ts';
import { carriageCodes, manualCodes } from '../till/special-codes.ts';

/** An article of the wholesaler. */
export type Article = { readonly sku: string; readonly name: string; readonly price: string; readonly onHand: number };

/** One article of so many is scarce: there is half of what the five days ask for. */
const scarceEvery = 40;

/**
 * The catalogue that the sales of the till imply: every stock code that is an article, under capital letters, at the
 * price it was sold for first. Most articles are there three times as often as they are asked for, so that the share of
 * each channel suffices; the scarce ones run out.
 */
export function catalogueOf(documents: readonly TillDocument[]): readonly Article[] {
  const articles = new Map<string, { name: string; price: string; onHand: number }>();
  for (const { kind, lines } of documents) {
    for (const { code, description, quantity, unitPrice } of lines) {
      if (carriageCodes[code] !== undefined || manualCodes[code] !== undefined) continue;
      const sku = code.toUpperCase();
      const known = articles.get(sku) ?? { name: '', price: '0', onHand: 0 };
      articles.set(sku, {
        name: known.name === '' ? description.trim() : known.name,
        price: Number(known.price) === 0 ? money(unitPrice, 'GBP').amount : known.price,
        onHand: known.onHand + (kind === 'sale' ? quantity : 0),
      });
    }
  }
  return [...articles].map(([sku, { name, price, onHand: demand }], place) => ({
    sku,
    name: name === '' ? sku : name,
    price,
    onHand: place % scarceEvery === 0 ? Math.floor(demand / 2) : 3 * demand,
  }));
}
