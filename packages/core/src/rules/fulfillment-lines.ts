import { leftOf, type ShippedLines, type ShippingFact } from './shipped-lines.ts';

/** A warehouse's running figures for one line. What it does not count is absent. */
export type CountedLine = {
  readonly lineId: string;
  readonly shipped?: number | undefined;
  readonly canceled?: number | undefined;
  readonly backordered?: number | undefined;
};
/** A fact that may also carry the running figures of a warehouse. */
export type CountingFact = ShippingFact & { readonly counted?: readonly CountedLine[] | undefined };

/** quantity = shipped + canceled + backordered + open, unless too much was shipped. */
export type FulfillmentLineState = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly canceled: number;
  readonly backordered: number;
  readonly open: number;
};

/**
 * What does not add up in a fulfillment order: more shipped than ordered, goods of no line, less shipped than was
 * said.
 */
export type FulfillmentLineAnomaly =
  | { readonly kind: 'over-shipped'; readonly lineId: string; readonly ordered: number; readonly shipped: number }
  | { readonly kind: 'strange-line'; readonly sku: string | undefined; readonly quantity: number }
  | { readonly kind: 'short-shipped'; readonly lineId: string; readonly open: number };

/** The lines of a fulfillment order as its facts leave them, and what does not add up in them. */
export type FulfillmentLines = {
  readonly lines: readonly FulfillmentLineState[];
  /** `undefined` where no quantity says it and words have to. */
  readonly anyShipped: boolean | undefined;
  readonly allClosed: boolean | undefined;
  readonly anomalies: readonly FulfillmentLineAnomaly[];
};

/** What the words say, where quantities do not. */
export type LineWords = { readonly shippedByWord: boolean; readonly restCanceled: boolean };

/** Every line as the quantities in the facts leave it. `facts` are in the order of their happening. */
export function fulfillmentLines(
  facts: readonly CountingFact[],
  shipped: ShippedLines,
  words: LineWords,
): FulfillmentLines {
  const figures = figuresOf(facts);
  const counted = [...figures.values()].some((figure) => figure.shipped !== undefined);
  const quantified = shipped.shipments.length > 0 || counted;
  if (shipped.ordered.length === 0) {
    const some =
      shipped.shipments.some((part) => part.lines.some((line) => line.quantity > 0)) ||
      [...figures.values()].some((figure) => (figure.shipped ?? 0) > 0);
    return { lines: [], anyShipped: quantified ? some : undefined, allClosed: undefined, anomalies: [] };
  }
  const lines = shipped.ordered.map((line): FulfillmentLineState => {
    const figure = figures.get(line.id);
    const left = quantified ? leftWarehouse(line.id, figure, shipped) : undefined;
    const gone = left ?? (words.shippedByWord ? leftOf(line.quantity, figure?.canceled ?? 0) : 0);
    const canceled = words.restCanceled ? leftOf(line.quantity, gone) : (figure?.canceled ?? 0);
    // A backorder that was counted before its goods left is not open twice.
    const backordered = Math.min(figure?.backordered ?? 0, leftOf(line.quantity, gone, canceled));
    const open = leftOf(line.quantity, gone, canceled, backordered);
    return { id: line.id, sku: line.sku, quantity: line.quantity, shipped: gone, canceled, backordered, open };
  });
  return {
    lines,
    anyShipped: quantified ? lines.some((line) => line.shipped > 0) || shipped.strange.length > 0 : undefined,
    allClosed: lines.every((line) => line.open === 0 && line.backordered === 0),
    anomalies: anomaliesOf(lines, shipped, quantified && words.shippedByWord),
  };
}

type Figure = {
  readonly shipped?: number | undefined;
  readonly canceled?: number | undefined;
  readonly backordered?: number | undefined;
  readonly shippedAt: number;
};

function figuresOf(facts: readonly CountingFact[]): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const [index, fact] of facts.entries()) {
    for (const line of fact.counted ?? []) {
      const known = figures.get(line.lineId);
      figures.set(line.lineId, {
        shipped: line.shipped ?? known?.shipped,
        canceled: line.canceled ?? known?.canceled,
        backordered: line.backordered ?? known?.backordered,
        shippedAt: line.shipped === undefined ? (known?.shippedAt ?? -1) : index,
      });
    }
  }
  return figures;
}

/** The warehouse's own count goes first, unless a shipment was told of since. */
function leftWarehouse(lineId: string, figure: Figure | undefined, shipped: ShippedLines): number {
  const summed = shipped.byLine.get(lineId) ?? 0;
  if (figure?.shipped === undefined) return summed;
  return shipped.lastToldIndex > figure.shippedAt ? Math.max(figure.shipped, summed) : figure.shipped;
}

function anomaliesOf(
  lines: readonly FulfillmentLineState[],
  shipped: ShippedLines,
  saidToBeShipped: boolean,
): FulfillmentLineAnomaly[] {
  const anomalies: FulfillmentLineAnomaly[] = shipped.strange.map(({ sku, quantity }) => ({
    kind: 'strange-line',
    sku,
    quantity,
  }));
  for (const line of lines) {
    const missing = line.open + line.backordered;
    if (line.shipped > line.quantity) {
      anomalies.push({ kind: 'over-shipped', lineId: line.id, ordered: line.quantity, shipped: line.shipped });
    }
    if (saidToBeShipped && missing > 0) anomalies.push({ kind: 'short-shipped', lineId: line.id, open: missing });
  }
  return anomalies;
}
