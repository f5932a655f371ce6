import type { OrderStatus } from '../model/order.ts';
import { asTheyHappened } from './fact-order.ts';
import { spreadOverLines, type LineQuantity } from './line-ledger.ts';
import { leftOf, shippedLinesOf, type ShippedLines, type ShippingFact } from './shipped-lines.ts';

/**
 * What a channel, an ERP or a warehouse told about one order. `canceled` is how much of its lines is canceled so far;
 * `returned` what came back with one return, whose last telling counts.
 */
export type OrderFact = ShippingFact & {
  readonly status?: OrderStatus | undefined;
  readonly canceled?: readonly LineQuantity[] | undefined;
  readonly returned?: { readonly id: string; readonly lines: readonly LineQuantity[] } | undefined;
};

/** quantity = shipped + canceled + open, unless too much was shipped: what is told of cancels beyond that is an anomaly; `returned` is a part of `shipped`. */
export type OrderLineState = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly canceled: number;
  readonly returned: number;
  readonly open: number;
};

/** What does not add up in the facts about an order, for a person to look at. */
export type OrderAnomaly =
  | { readonly kind: 'over-shipped'; readonly lineId: string; readonly ordered: number; readonly shipped: number }
  | {
      readonly kind: 'over-canceled';
      readonly lineId: string;
      readonly ordered: number;
      readonly shipped: number;
      readonly canceled: number;
    }
  | { readonly kind: 'over-returned'; readonly lineId: string; readonly shipped: number; readonly returned: number }
  | { readonly kind: 'strange-line'; readonly sku: string | undefined; readonly quantity: number }
  | { readonly kind: 'shipped-after-cancel' };

/** An order as its facts leave it, whatever their order of arrival. */
export type OrderState = {
  /** What has left decides before words do. `undefined` as long as there is no word. */
  readonly status: OrderStatus | undefined;
  readonly lines: readonly OrderLineState[];
  readonly canceledAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly anomalies: readonly OrderAnomaly[];
};

/**
 * The state that the facts prove, the same for every order and every repetition of them. It only goes forward; returns
 * are the one way back. `partially-shipped`, `fulfilled` and the returned statuses follow from quantities where the
 * facts have any, and from words where they do not.
 */
export function foldOrder(facts: readonly OrderFact[]): OrderState {
  const happened = asTheyHappened(facts, rankOfFact);
  const words = wordsOf(happened);
  const shipped = shippedLinesOf(happened);
  const told = happened.findLast((fact) => fact.canceled !== undefined)?.canceled ?? [];
  const canceled = spreadOverLines(shipped.ordered, told).byLine;
  const lines = linesOf(happened, shipped, canceled, words);
  const seen = seenOf(lines, shipped, words);
  const ranAhead = words.canceledAt >= 0 && seen.anyShipped && leftIndex(shipped, words) > words.canceledAt;
  return {
    status: statusOf(words, seen),
    lines,
    canceledAt: words.canceledAt < 0 ? undefined : happened[words.canceledAt]?.occurredAt,
    updatedAt: happened.at(-1)?.occurredAt,
    anomalies: [
      ...anomaliesOf(lines, shipped, canceled),
      ...(ranAhead ? [{ kind: 'shipped-after-cancel' as const }] : []),
    ],
  };
}

/** What the words alone say; places in the facts are -1 for never. */
type Words = {
  readonly way: number;
  readonly held: boolean;
  readonly canceledAt: number;
  readonly firstLeftAt: number;
};

function wordsOf(facts: readonly OrderFact[]): Words {
  let way = -1;
  let held = false;
  let canceledAt = -1;
  let firstLeftAt = -1;
  for (const [index, { status }] of facts.entries()) {
    if (status === undefined) continue;
    if (status === 'on-hold') held = true;
    else if (status === 'canceled') canceledAt = canceledAt < 0 ? index : canceledAt;
    else {
      way = Math.max(way, ranks[status]);
      held = false;
      if (ranks[status] >= ranks['partially-shipped'] && firstLeftAt < 0) firstLeftAt = index;
    }
  }
  return { way, held, canceledAt, firstLeftAt };
}

function linesOf(
  facts: readonly OrderFact[],
  shipped: ShippedLines,
  canceled: ReadonlyMap<string, number>,
  words: Words,
): readonly OrderLineState[] {
  const { ordered } = shipped;
  const quantified = shipped.shipments.length > 0;
  const parts = new Map<string, readonly LineQuantity[]>();
  for (const { returned } of facts) if (returned !== undefined) parts.set(returned.id, returned.lines);
  const returned = spreadOverLines(ordered, [...parts.values()].flat());
  return ordered.map((line) => {
    const named = canceled.get(line.id) ?? 0;
    const byWord = words.way >= ranks.fulfilled ? leftOf(line.quantity, named) : 0;
    const gone = quantified ? (shipped.byLine.get(line.id) ?? 0) : byWord;
    const rest = leftOf(line.quantity, gone);
    const dropped = words.canceledAt < 0 ? Math.min(named, rest) : rest;
    return {
      id: line.id,
      sku: line.sku,
      quantity: line.quantity,
      shipped: gone,
      canceled: dropped,
      returned: returned.byLine.get(line.id) ?? 0,
      open: leftOf(line.quantity, gone, dropped),
    };
  });
}

type Seen = {
  readonly anyShipped: boolean;
  readonly allShipped: boolean;
  readonly delivered: boolean;
  readonly anyReturned: boolean;
  readonly allReturned: boolean;
  readonly allCanceled: boolean;
};

function seenOf(lines: readonly OrderLineState[], shipped: ShippedLines, words: Words): Seen {
  const quantified = shipped.shipments.length > 0;
  const holdsGoods = shipped.shipments.some((part) => part.lines.some((line) => line.quantity > 0));
  const anyShipped = quantified ? holdsGoods : words.way >= ranks['partially-shipped'];
  const closed = lines.length > 0 ? lines.every((line) => line.open === 0) : words.way >= ranks.fulfilled;
  const allShipped = anyShipped && closed;
  const saidDelivered = words.way >= ranks.delivered;
  const anyReturned = lines.some((line) => line.returned > 0);
  return {
    anyShipped,
    allShipped,
    delivered:
      allShipped && (saidDelivered || (quantified && shipped.shipments.every((part) => part.delivered === true))),
    anyReturned: anyReturned || words.way >= ranks['partially-returned'],
    allReturned: anyReturned
      ? allShipped && lines.every((line) => line.returned >= line.shipped)
      : words.way >= ranks.returned,
    allCanceled: lines.length > 0 && lines.every((line) => line.canceled >= line.quantity),
  };
}

function statusOf(words: Words, seen: Seen): OrderStatus | undefined {
  if (seen.allReturned) return 'returned';
  if (seen.anyReturned) return 'partially-returned';
  if (seen.delivered) return 'delivered';
  if (seen.allShipped) return 'fulfilled';
  if (seen.anyShipped) return 'partially-shipped';
  if (words.canceledAt >= 0 || seen.allCanceled) return 'canceled';
  if (words.held) return 'on-hold';
  return way[Math.min(words.way, ranks.allocated)];
}

function anomaliesOf(
  lines: readonly OrderLineState[],
  shipped: ShippedLines,
  canceled: ReadonlyMap<string, number>,
): OrderAnomaly[] {
  const anomalies: OrderAnomaly[] = shipped.strange.map(({ sku, quantity }) => ({
    kind: 'strange-line',
    sku,
    quantity,
  }));
  for (const line of lines) {
    if (line.shipped > line.quantity) {
      anomalies.push({ kind: 'over-shipped', lineId: line.id, ordered: line.quantity, shipped: line.shipped });
    }
    const named = canceled.get(line.id) ?? 0;
    if (named > leftOf(line.quantity, line.shipped)) {
      anomalies.push({
        kind: 'over-canceled',
        lineId: line.id,
        ordered: line.quantity,
        shipped: line.shipped,
        canceled: named,
      });
    }
    if (line.returned > line.shipped) {
      anomalies.push({ kind: 'over-returned', lineId: line.id, shipped: line.shipped, returned: line.returned });
    }
  }
  return anomalies;
}

/** When the last goods left, as a place in the facts. */
function leftIndex(shipped: ShippedLines, words: Words): number {
  return shipped.shipments.length > 0 ? shipped.lastLeftIndex : words.firstLeftAt;
}

const way = [
  'pending',
  'confirmed',
  'allocated',
  'partially-shipped',
  'fulfilled',
  'delivered',
  'partially-returned',
  'returned',
] as const satisfies readonly OrderStatus[];
const ranks: Readonly<Record<OrderStatus, number>> = {
  pending: 0,
  confirmed: 1,
  allocated: 2,
  'partially-shipped': 3,
  fulfilled: 4,
  delivered: 5,
  'partially-returned': 6,
  returned: 7,
  // Beside the way; at one moment they count after it.
  'on-hold': 8,
  canceled: 9,
};

function rankOfFact(fact: OrderFact): number {
  if (fact.status !== undefined) return ranks[fact.status];
  if (fact.returned !== undefined) return ranks['partially-returned'];
  return fact.shipment === undefined ? -1 : ranks['partially-shipped'];
}
