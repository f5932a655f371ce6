import { channels } from '../channels.ts';
import type { TillDocument } from '../till/document.ts';
import { goodsAskedFor, goodsOf, type Goods } from './goods.ts';
import type { Systems } from './systems.ts';

export type StockBalance = {
  /** Units that channels sold and nobody had, over all articles. */
  readonly oversold: number;
  /** Shelves that do not show what is there, in words. */
  readonly wrongShelves: readonly string[];
};

/**
 * Holds what the channels have sold against what was there in the beginning, and what they show together against what
 * Odoo has left: never more, and less only by what was sold and waits for a person. `seeded` is the stock of the beginning, `givenBack` are the cancellations that were applied.
 */
export function balanceStock(
  { channelOrders, shelves, free }: Systems,
  seeded: Goods,
  givenBack: readonly TillDocument[],
  booked: ReadonlySet<string>,
): StockBalance {
  const sold = goodsOf([
    ...channelOrders.flatMap(({ lines }) => lines),
    // A cancellation's quantities are negative: what was given back may be sold again.
    ...[...goodsAskedFor(givenBack)].map(([sku, quantity]) => ({ sku, quantity })),
  ]);
  // Sold at a channel, and not in Odoo because it waits for a person.
  const waiting = goodsOf(channelOrders.filter(({ document }) => !booked.has(document)).flatMap(({ lines }) => lines));
  let oversold = 0;
  const wrongShelves: string[] = [];
  for (const [article, had] of seeded) {
    oversold += Math.max(0, (sold.get(article) ?? 0) - had);
    const held = waiting.get(article) ?? 0;
    const left = Math.max(0, (free.get(article) ?? 0) - held);
    const shown = channels.map((channel) => shelves[channel].get(article) ?? 0);
    const together = shown.reduce((sum, units) => sum + units, 0);
    // What waits for a person was taken off the shelves, and is shared out anew only when Odoo counts the article again.
    if (together > left || left - together > held || shown.some((units) => units < 0)) {
      wrongShelves.push(`${article}: ${shown.join(' + ')} shown, ${left} left`);
    }
  }
  return { oversold, wrongShelves };
}
