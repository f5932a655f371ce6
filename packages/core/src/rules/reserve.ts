import type { Ref } from '../model/ref.ts';
import type { StockLevel } from '../model/stock.ts';
import type { Finding } from './finding.ts';
import { leftOf } from './shipped-lines.ts';

/** What of an order needs stock. Lines that are not shipped need none. */
export type LineToReserve = {
  readonly id: string;
  readonly sku?: string | undefined;
  readonly quantity: number;
  readonly requiresShipping?: boolean | undefined;
};

/** How much of a line can be promised. */
export type PromisedLine = { readonly lineId: string; readonly wanted: number; readonly promised: number };
/** `available` is absent where no level names the SKU: not nothing, but unknown. */
export type Shortage = {
  readonly sku: string;
  readonly wanted: number;
  readonly available?: number | undefined;
  readonly missing: number;
};

/** What of an order can be promised, line by line, and what is short. */
export type Reservation = {
  /** Whether every line can be promised in full. */
  readonly complete: boolean;
  readonly lines: readonly PromisedLine[];
  readonly shortages: readonly Shortage[];
  readonly findings: readonly Finding[];
};

/**
 * Checks lines against stock without taking any. Lines of one SKU share what is there, the first ones first; stock of
 * several locations counts together, and a location that owes goods does not take from another.
 */
export function reserve(lines: readonly LineToReserve[], levels: readonly StockLevel[]): Reservation {
  const stock = availableBySku(levels);
  const left = new Map(stock);
  const wanted = new Map<string, number>();
  const promised: PromisedLine[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.requiresShipping === false) {
      promised.push({ lineId: line.id, wanted: line.quantity, promised: line.quantity });
    } else if (line.sku === undefined) {
      promised.push({ lineId: line.id, wanted: line.quantity, promised: 0 });
      findings.push(withoutSku(line.id, index));
    } else {
      const room = left.get(line.sku) ?? 0;
      const part = Math.min(room, line.quantity);
      left.set(line.sku, leftOf(room, part));
      wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + line.quantity);
      promised.push({ lineId: line.id, wanted: line.quantity, promised: part });
    }
  }
  const shortages = shortagesOf(wanted, stock);
  return {
    complete: promised.every((line) => line.promised >= line.wanted),
    lines: promised,
    shortages,
    findings: [...findings, ...shortages.map((shortage) => shortFinding(shortage))],
  };
}

/** What may be promised of each SKU. A level without a lot speaks for its whole location; lots add up where there is none. */
export function availableBySku(levels: readonly StockLevel[]): ReadonlyMap<string, number> {
  const places = new Map<string, { readonly sku: string; readonly whole: boolean; readonly available: number }>();
  for (const level of levels) {
    const key = `${level.sku}\n${placeOf(level.location)}`;
    const known = places.get(key);
    if (level.lot === undefined) places.set(key, { sku: level.sku, whole: true, available: level.available });
    else if (known === undefined || !known.whole) {
      const available = (known?.available ?? 0) + level.available;
      places.set(key, { sku: level.sku, whole: false, available });
    }
  }
  const stock = new Map<string, number>();
  for (const { sku, available } of places.values()) stock.set(sku, (stock.get(sku) ?? 0) + Math.max(0, available));
  return stock;
}

function shortagesOf(wanted: ReadonlyMap<string, number>, stock: ReadonlyMap<string, number>): readonly Shortage[] {
  const shortages: Shortage[] = [];
  for (const [sku, quantity] of wanted) {
    const available = stock.get(sku);
    const missing = leftOf(quantity, available ?? 0);
    if (missing > 0) shortages.push({ sku, wanted: quantity, ...(available !== undefined && { available }), missing });
  }
  return shortages;
}

function shortFinding({ sku, wanted, available, missing }: Shortage): Finding {
  const seen = available === undefined ? 'no stock level names it' : `${available} of ${wanted} are there`;
  return {
    code: available === undefined ? 'stock.stale' : 'stock.insufficient',
    message: `${missing} of SKU "${sku}" were not promised: ${seen}. Replenish, count again, or ship a part.`,
    path: 'lines',
  };
}

function withoutSku(lineId: string, index: number): Finding {
  return {
    code: 'sku.missing',
    message: `Line "${lineId}" was not promised: it has no SKU. Say which SKU it is, then replay.`,
    path: `lines[${index}].sku`,
  };
}

function placeOf(location: Ref<'location'>): string {
  return `${location.system}/${location.id}`;
}
