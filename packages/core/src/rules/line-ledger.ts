/** A quantity of an ordered line. A partner names the line, or only its SKU. */
export type LineQuantity = {
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
};

/** What was asked for. */
export type OrderedLine = { readonly id: string; readonly sku: string; readonly quantity: number };

/** What a ledger says of all lines together. */
export type LineSums = {
  /** By line id. */
  readonly byLine: ReadonlyMap<string, number>;
  /** What fits no line that was ordered: a substitute, a gift, or a mistake. */
  readonly strange: readonly LineQuantity[];
};

/**
 * Spreads quantities over the ordered lines. One that names only a SKU fills the lines with that SKU in their order; what
 * is too much goes on the last of them, so that it shows there.
 */
export function spreadOverLines(ordered: readonly OrderedLine[], quantities: readonly LineQuantity[]): LineSums {
  const byLine = new Map<string, number>();
  const strange: LineQuantity[] = [];
  const byId = new Map(ordered.map((line) => [line.id, line]));
  const add = (id: string, quantity: number): void => {
    byLine.set(id, settled((byLine.get(id) ?? 0) + quantity));
  };
  // Named lines first: what is left of a SKU's lines does not depend on the order in which partners told us.
  const bySku: LineQuantity[] = [];
  for (const entry of quantities) {
    if (entry.lineId !== undefined && byId.has(entry.lineId)) add(entry.lineId, entry.quantity);
    else bySku.push(entry);
  }
  for (const entry of bySku) {
    const candidates = ordered.filter((line) => line.sku === entry.sku);
    const last = candidates.at(-1);
    if (last === undefined) {
      strange.push(entry);
      continue;
    }
    let left = entry.quantity;
    for (const line of candidates) {
      const room = Math.max(0, settled(line.quantity - (byLine.get(line.id) ?? 0)));
      const part = line === last ? left : Math.min(room, left);
      if (part > 0) add(line.id, part);
      left = settled(left - part);
    }
  }
  return { byLine, strange };
}

/** Sums of quantities without the dust of binary fractions: 0.1 + 0.2 is 0.3. A millionth of a unit is nothing. */
export function settled(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
