import { SoldOut } from '@crossdock/testing';
import { channelOf, type Channel } from '../channels.ts';
import type { TillDocument, TillLine } from '../till/document.ts';
import { carriageCodes } from '../till/special-codes.ts';

/** Places a sale at each channel; throws `SoldOut` where the channel shows fewer than are wanted. */
export type Checkouts = Readonly<Record<Channel, (document: TillDocument) => void>>;

/** What a buyer got, and how many units they wanted and were not shown. */
export type Purchase = { readonly bought: TillDocument | undefined; readonly turnedAway: number };

/** A buyer takes what their channel shows of what they want, and goes away where it shows none of the goods. */
export function buy(checkouts: Checkouts, wanted: TillDocument): Purchase {
  const checkout = checkouts[channelOf(wanted)];
  let document = wanted;
  let turnedAway = 0;
  for (;;) {
    try {
      checkout(document);
      return { bought: document, turnedAway };
    } catch (error) {
      if (!(error instanceof SoldOut)) throw error;
      const missing = error.wanted - Math.max(0, error.left);
      // A channel that turns away who wants nothing would be asked for ever.
      if (missing <= 0) throw error;
      turnedAway += missing;
      const lines = withFewer(document.lines, error.sku, missing);
      if (!lines.some(({ code }) => carriageCodes[code] === undefined)) return { bought: undefined, turnedAway };
      document = { ...document, lines };
    }
  }
}

/** The last lines of the article give way first. */
function withFewer(lines: readonly TillLine[], sku: string, missing: number): TillLine[] {
  let left = missing;
  const kept = lines.toReversed().flatMap((line): readonly TillLine[] => {
    if (line.code.toUpperCase() !== sku || left === 0) return [line];
    const less = Math.min(line.quantity, left);
    left -= less;
    return line.quantity === less ? [] : [{ ...line, quantity: line.quantity - less }];
  });
  if (left > 0) throw new RangeError(`SKU "${sku}" is sold out, and nobody wanted so many of it.`);
  return kept.toReversed();
}
