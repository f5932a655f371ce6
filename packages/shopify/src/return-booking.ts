import type { ReturnReceipt } from '@crossdock/core';
import type { WholeReturn } from './return-record.ts';
import { dispositionWords } from './statuses.ts';

/** Units of one line of a return, with what is done with them. */
export type BookedLine = {
  readonly id: string;
  readonly quantity: number;
  /** How many of it were dealt with before. */
  readonly before: number;
  readonly parts: readonly BookedPart[];
};
type BookedPart = {
  /** What the place expects of the same goods. */
  readonly reverseId: string;
  readonly quantity: number;
  readonly type: 'RESTOCKED' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'MISSING';
  readonly location: string | null;
};

/** What can be booked, and what has no place. */
export interface Booking {
  readonly lines: readonly BookedLine[];
  readonly shortages: readonly Shortage[];
}
/** More of a SKU than is still expected. */
export interface Shortage {
  readonly sku: string;
  readonly wanted: number;
  readonly open: number;
}

export function shortageIn({ shortages }: Booking): Shortage | undefined {
  return shortages[0];
}

/** Where every unit that arrived belongs: to the lines of its SKU in their order, as far as each is still open. */
export function bookingOf(arrived: ReturnReceipt['lines'], { lines, reverse }: WholeReturn): Booking {
  const open = lines.map((line) => ({
    line,
    sku: line.fulfillmentLineItem?.lineItem.sku ?? '',
    left: Math.max(0, line.quantity - line.processedQuantity),
    parts: [] as BookedPart[],
    /** Units whose goods somebody dealt with before the return was told. */
    bare: 0,
  }));
  const expected = reverse.map(({ id, totalQuantity, fulfillmentLineItem, dispositions }) => ({
    id,
    of: fulfillmentLineItem?.id,
    left: totalQuantity - dispositions.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
  const disposed = disposedIn({ lines, reverse });
  const wanted = new Map<string, number>();
  const unplaced = new Map<string, number>();
  for (const { sku, received, disposition } of arrived) {
    wanted.set(sku, (wanted.get(sku) ?? 0) + received);
    let rest = received;
    for (const place of open) {
      if (place.sku !== sku) continue;
      const type = dispositionWords.encode(disposition);
      const told = disposed(place.line.fulfillmentLineItem?.id, type, Math.min(rest, place.left));
      place.bare += told;
      place.left -= told;
      rest -= told;
      for (const goods of expected) {
        const count = Math.min(rest, place.left, goods.left);
        if (count <= 0 || goods.of !== place.line.fulfillmentLineItem?.id) continue;
        place.parts.push({
          reverseId: goods.id,
          quantity: count,
          type,
          location: null,
        });
        place.left -= count;
        goods.left -= count;
        rest -= count;
      }
    }
    if (rest > 0 || !Number.isInteger(received)) unplaced.set(sku, (unplaced.get(sku) ?? 0) + rest);
  }
  return {
    lines: open.flatMap(({ line, parts, bare }) => {
      const quantity = parts.reduce((sum, part) => sum + part.quantity, bare);
      return quantity === 0 ? [] : [{ id: line.id, quantity, before: line.processedQuantity, parts }];
    }),
    shortages: [...unplaced].map(([sku, missing]) => {
      const sum = wanted.get(sku) ?? 0;
      return { sku, wanted: sum, open: sum - missing };
    }),
  };
}

/** Takes units that were disposed of so, and not told to the return yet: they are booked without another disposition. */
function disposedIn({ lines, reverse }: Pick<WholeReturn, 'lines' | 'reverse'>) {
  const pools = new Map<string, { free: number; readonly byType: Map<string, number> }>();
  for (const { fulfillmentLineItem, dispositions } of reverse) {
    if (!fulfillmentLineItem) continue;
    const pool = pools.get(fulfillmentLineItem.id) ?? { free: 0, byType: new Map<string, number>() };
    for (const { type, quantity } of dispositions) {
      pool.free += quantity;
      pool.byType.set(type, (pool.byType.get(type) ?? 0) + quantity);
    }
    pools.set(fulfillmentLineItem.id, pool);
  }
  for (const { fulfillmentLineItem, processedQuantity } of lines) {
    const pool = pools.get(fulfillmentLineItem?.id ?? '');
    if (pool) pool.free -= processedQuantity;
  }
  return (id: string | undefined, type: string, most: number): number => {
    const pool = pools.get(id ?? '');
    const count = Math.max(0, Math.min(most, pool?.free ?? 0, pool?.byType.get(type) ?? 0));
    if (pool) {
      pool.free -= count;
      pool.byType.set(type, (pool.byType.get(type) ?? 0) - count);
    }
    return count;
  };
}
