import type { FulfillmentStatus } from '../model/fulfillment.ts';
import { asTheyHappened } from './fact-order.ts';
import {
  fulfillmentLines,
  type CountingFact,
  type FulfillmentLineAnomaly,
  type FulfillmentLineState,
} from './fulfillment-lines.ts';
import { shippedLinesOf } from './shipped-lines.ts';

/**
 * What we asked of a warehouse, or what it told about one fulfillment order. `counted` are its running figures a line;
 * where it has them they go before what its shipments sum up to.
 */
export type FulfillmentFact = CountingFact & { readonly status?: FulfillmentStatus | undefined };

/** What does not add up in the facts about a fulfillment order, for a person to look at. */
export type FulfillmentAnomaly = FulfillmentLineAnomaly | { readonly kind: 'shipped-after-cancel' };

const holds = [
  'on-hold',
  'backordered',
  'action-required',
  'exception',
] as const satisfies readonly FulfillmentStatus[];
const cancels = ['cancel-requested', 'cancel-refused', 'canceled'] as const satisfies readonly FulfillmentStatus[];
type Hold = (typeof holds)[number];
type Cancel = (typeof cancels)[number];

/** A fulfillment order as its facts leave it, whatever their order of arrival. */
export type FulfillmentState = {
  /** What has left decides before words do. `undefined` as long as there is no word. */
  readonly status: FulfillmentStatus | undefined;
  /** What became of a wish to cancel; `undefined` without one. A wish that came too late is `cancel-refused`. */
  readonly cancel: Cancel | undefined;
  /** What keeps the rest from going on, also when a part has left. */
  readonly hold: Hold | undefined;
  readonly lines: readonly FulfillmentLineState[];
  /** Goods left although they should not have: somebody has to call them back or await their return. */
  readonly recall: boolean;
  readonly shippedAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly anomalies: readonly FulfillmentAnomaly[];
};

/**
 * The state that the facts prove, the same for every order and every repetition of them. It only goes forward;
 * `returned` after shipping is the one way back. Too much shipped is an anomaly for a person, not an error.
 */
export function foldFulfillment(facts: readonly FulfillmentFact[]): FulfillmentState {
  const happened = asTheyHappened(facts, rankOfFact);
  const words = wordsOf(happened);
  const shipped = shippedLinesOf(happened);
  const lines = fulfillmentLines(happened, shipped, {
    shippedByWord: words.way >= ranks.shipped,
    restCanceled: words.canceledAt >= 0,
  });
  const anyShipped = lines.anyShipped ?? words.way >= ranks['partially-shipped'];
  const allShipped = anyShipped && (lines.allClosed ?? words.way >= ranks.shipped);
  const nothingCanceled = lines.lines.every((line) => line.canceled === 0);
  const cancel = cancelOf(words, {
    tooLate: allShipped && nothingCanceled,
    byCount: lines.allClosed === true && !nothingCanceled,
  });
  const leftAt = shipped.shipments.length > 0 ? shipped.lastLeftIndex : words.firstLeftAt;
  const hold = words.hold ?? (lines.lines.some((line) => line.backordered > 0) ? ('backordered' as const) : undefined);
  const ranAhead = words.canceledAt >= 0 && anyShipped && (leftAt > words.canceledAt || cancel === 'cancel-refused');
  return {
    status: statusOf(words, { anyShipped, allShipped, cancel, hold }),
    cancel,
    hold: allShipped ? undefined : hold,
    lines: lines.lines,
    recall: anyShipped && cancel !== undefined && (cancel === 'cancel-refused' || leftAt > words.wishedAt),
    shippedAt: anyShipped ? shippedAtOf(happened, shipped.firstLeftIndex, words.firstLeftAt) : undefined,
    updatedAt: happened.at(-1)?.occurredAt,
    anomalies: [...lines.anomalies, ...(ranAhead ? [{ kind: 'shipped-after-cancel' as const }] : [])],
  };
}

/** What the words alone say, with the places in the facts where they were said; -1 for never. */
type Words = {
  readonly way: number;
  readonly hold: Hold | undefined;
  readonly wishedAt: number;
  readonly lastWishAt: number;
  readonly refusedAt: number;
  readonly canceledAt: number;
  readonly firstLeftAt: number;
};

function wordsOf(facts: readonly FulfillmentFact[]): Words {
  let way = -1;
  let hold: Hold | undefined;
  let wishedAt = -1;
  let lastWishAt = -1;
  let refusedAt = -1;
  let canceledAt = -1;
  let firstLeftAt = -1;
  for (const [index, { status }] of facts.entries()) {
    if (status === undefined) continue;
    if (status === 'cancel-refused') refusedAt = index;
    else if (status === 'canceled') canceledAt = index;
    else if (status === 'cancel-requested') lastWishAt = index;
    else if (isHold(status)) hold = status;
    else {
      way = Math.max(way, ranks[status]);
      hold = undefined;
      if (ranks[status] >= ranks['partially-shipped'] && firstLeftAt < 0) firstLeftAt = index;
    }
    // A warehouse may cancel or refuse before we hear of the wish.
    if (isCancel(status) && wishedAt < 0) wishedAt = index;
  }
  return { way, hold, wishedAt, lastWishAt, refusedAt, canceledAt, firstLeftAt };
}

function cancelOf(words: Words, outcome: { readonly tooLate: boolean; readonly byCount: boolean }): Cancel | undefined {
  if (words.wishedAt < 0) return outcome.byCount ? 'canceled' : undefined;
  if (outcome.tooLate) return 'cancel-refused';
  if (words.canceledAt >= 0 || outcome.byCount) return 'canceled';
  return words.refusedAt > words.lastWishAt ? 'cancel-refused' : 'cancel-requested';
}

function statusOf(
  words: Words,
  seen: {
    readonly anyShipped: boolean;
    readonly allShipped: boolean;
    readonly cancel: Cancel | undefined;
    readonly hold: Hold | undefined;
  },
): FulfillmentStatus | undefined {
  if (words.way === ranks.returned) return 'returned';
  if (seen.allShipped) return words.way >= ranks.delivered ? 'delivered' : 'shipped';
  if (seen.anyShipped) return 'partially-shipped';
  if (seen.cancel !== undefined) return seen.cancel;
  if (seen.hold !== undefined) return seen.hold;
  return way[Math.min(words.way, ranks.packed)];
}

function shippedAtOf(facts: readonly FulfillmentFact[], firstShipment: number, firstWord: number): string | undefined {
  const known = [firstShipment, firstWord].filter((index) => index >= 0);
  return known.length === 0 ? undefined : facts[Math.min(...known)]?.occurredAt;
}

function isHold(status: FulfillmentStatus): status is Hold {
  return (holds as readonly FulfillmentStatus[]).includes(status);
}

function isCancel(status: FulfillmentStatus): status is Cancel {
  return (cancels as readonly FulfillmentStatus[]).includes(status);
}

const way = [
  'queued',
  'submitted',
  'acknowledged',
  'allocated',
  'picking',
  'packed',
  'partially-shipped',
  'shipped',
  'delivered',
  'returned',
] as const satisfies readonly FulfillmentStatus[];
const ranks: Readonly<Record<(typeof way)[number], number>> & Readonly<Record<Hold | Cancel, number>> = {
  queued: 0,
  submitted: 1,
  acknowledged: 2,
  allocated: 3,
  picking: 4,
  packed: 5,
  'partially-shipped': 6,
  shipped: 7,
  delivered: 8,
  returned: 9,
  // Beside the way; at one moment they count after it.
  'on-hold': 10,
  backordered: 11,
  'action-required': 12,
  exception: 13,
  'cancel-requested': 14,
  'cancel-refused': 15,
  canceled: 16,
};

function rankOfFact(fact: FulfillmentFact): number {
  if (fact.status !== undefined) return ranks[fact.status];
  return fact.shipment === undefined && fact.counted === undefined ? -1 : ranks['partially-shipped'];
}
