import type { ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import {
  knownNumbers,
  type BookPart,
  type BookShipment,
  type OpenAttempt,
  type ShipmentBook,
} from './shipment-book.ts';
import {
  briefOf,
  coverage,
  linesOf,
  partOf,
  unitsOf,
  versionOf,
  without,
  type CoveredPool,
  type PackedFulfillment,
  type Pool,
} from './shipment-coverage.ts';
import { compareIds, readShipped, type OrderFulfillment, type OrderToShip } from './shipment-order.ts';
import type { Need, ParcelGroup } from './shipment-parcels.ts';
import { duplicate, refusal, type Confirming } from './shipment-refusals.ts';
import { isVoided } from './shipment-statuses.ts';
import { carriedBy, shownNumbers } from './shipment-tracking.ts';
import { plainNumber } from './tracking-number.ts';

/** How far a shipment is on its order, by the book, and by numbers where the book says nothing. */
export interface Standing {
  readonly version: string;
  /** The parcels with what is left to ship of them. */
  readonly left: readonly { readonly group: ParcelGroup; readonly needs: readonly Need[] }[];
  readonly leftUnits: number;
  /** What its fulfillments hold beyond it. */
  readonly overUnits: number;
  /** Its live fulfillments, oldest first, with the parcels in each. */
  readonly parts: readonly { readonly part: BookPart; readonly pool: CoveredPool }[];
  /** How many fulfillments of the open attempt are there. */
  readonly found: number;
}

/** What a confirmation looks at. */
export interface Looking {
  readonly client: ShopifyClient;
  readonly about: Confirming;
  readonly order: OrderToShip;
  readonly book: ShipmentBook;
  readonly entry: BookShipment;
  readonly groups: readonly ParcelGroup[];
  readonly options: ReadOptions;
}

/** Whether the book says that this very shipment is confirmed, and nothing on the order says otherwise: then contents need no look. */
export async function isSettled({ order, book, entry, groups }: Looking): Promise<boolean> {
  if (entry.open || entry.parts.length === 0 || entry.versions.at(-1) !== (await versionOf(groups))) return false;
  const live = new Map(order.fulfillments.filter(({ isLive }) => isLive).map((each) => [each.id, each]));
  if (entry.parts.some(({ id }) => !live.has(id))) return false;
  const whole = new Set(book.shipments.flatMap(({ parts }) => parts.flatMap(({ id, lines }) => (lines ? [] : [id]))));
  const ids = new Set(entry.parts.map(({ id }) => id));
  const shows = (each: OrderFulfillment) => carriedBy(each, knownNumbers(book, each.id), groups).length > 0;
  if ([...live.values()].some((each) => !ids.has(each.id) && !whole.has(each.id) && shows(each))) return false;
  if ([...ids].some((id) => isVoided(live.get(id)?.words ?? canceled))) return false;
  const had = [...ids].flatMap((id) => [...(live.get(id)?.numbers ?? []), ...knownNumbers(book, id)]);
  const plain = new Set(had.map(plainNumber));
  return shownNumbers(groups).every((number) => plain.has(plainNumber(number)));
}

const canceled = { status: 'CANCELLED', displayStatus: null } as const;

/** Throws where what stands there is for a person: twice the same, a voided one, one of two attempts. */
export async function standingOf(looking: Looking): Promise<Standing> {
  const { about, order, book, entry, groups } = looking;
  const ids = new Set(entry.parts.map(({ id }) => id));
  const isSent = (each: OrderFulfillment) => entry.open !== undefined && maySend(entry.open, each, book);
  const near = order.fulfillments.filter(
    (each) =>
      each.isLive &&
      (ids.has(each.id) || isSent(each) || carriedBy(each, knownNumbers(book, each.id), groups).length > 0),
  );
  const packed = await withContents(looking, near);
  const carried = (each: PackedFulfillment) => carriedBy(each, knownNumbers(book, each.id), groups);

  const pools: Pool[] = [];
  const free: PackedFulfillment[] = [];
  let found = 0;
  for (const each of packed) {
    const own = entry.parts.filter(({ id }) => id === each.id);
    if (own.length > 0) {
      pools.push({ fulfillment: each, lines: linesOf(each, own), groups: carried(each), isOwn: true });
    }
    const taken = book.shipments.flatMap(({ parts }) => parts.filter(({ id }) => id === each.id));
    const rest = taken.length === 0 ? each.shipped : without(each.shipped, linesOf(each, taken));
    if (unitsOf(rest) === 0) continue;
    const brief = await briefOf(each.shipped);
    const isFree = taken.length === 0;
    const isOurs = isFree && isSent(each) && entry.open?.sends.includes(brief) === true;
    const isTheirs = isFree && isOfOthers(looking, each, brief);
    if (isOurs && isTheirs) {
      const seen = `fulfillment "${each.id}" may be of this shipment or of another one with the same number and contents`;
      throw refusal(
        about,
        'record.duplicate',
        seen,
        'See which of them left, fulfill in Shopify what is missing, then resolve both.',
      );
    }
    if (isTheirs) continue;
    if (isOurs) found += 1;
    pools.push({ fulfillment: each, lines: rest, groups: carried(each), isOwn: isOurs });
    if (isFree) free.push(each);
  }

  const { left, pools: covered } = coverage(groups, pools);
  const used = covered.filter(({ isOwn, takers }) => isOwn || takers.length > 0);
  await checkOnce(about, { used, free });
  checkNotVoided(about, used);
  const parts = used.map((pool) => ({ pool, part: partOf(pool.fulfillment, pool.isOwn ? pool.lines : pool.taken) }));
  return {
    version: await versionOf(groups),
    left,
    leftUnits: unitsOf(left.flatMap(({ needs }) => needs)),
    overUnits: covered.filter(({ isOwn }) => isOwn).reduce((sum, { over }) => sum + over, 0),
    parts: parts.toSorted((a, b) => compareIds(a.part.id, b.part.id)),
    found,
  };
}

/** Fulfillments with what they shipped. */
export function withContents(
  { client, options }: Pick<Looking, 'client' | 'options'>,
  fulfillments: readonly OrderFulfillment[],
): Promise<readonly PackedFulfillment[]> {
  return Promise.all(
    fulfillments.map(async (each) => ({ ...each, shipped: await readShipped(client, each.id, options) })),
  );
}

/** Whether a fulfillment came since an attempt began, and travels under a number of it. */
export function maySend(open: OpenAttempt, { id, numbers }: OrderFulfillment, book: ShipmentBook): boolean {
  if (open.after !== '' && compareIds(id, open.after) <= 0) return false;
  const sent = new Set(open.numbers.map(plainNumber));
  return [...numbers, ...knownNumbers(book, id)].some((number) => sent.has(plainNumber(number)));
}

/** Whether somebody who is confirming another shipment made it just now. */
export function isOfOthers(
  { book, entry }: Pick<Looking, 'book' | 'entry'>,
  each: OrderFulfillment,
  brief: string,
): boolean {
  return book.shipments.some(
    ({ of, open }) => of !== entry.of && open !== undefined && open.sends.includes(brief) && maySend(open, each, book),
  );
}

async function checkOnce(
  about: Confirming,
  { used, free }: { readonly used: readonly CoveredPool[]; readonly free: readonly PackedFulfillment[] },
): Promise<void> {
  const idle = free.filter(({ id }) => !used.some(({ fulfillment }) => fulfillment.id === id));
  for (const each of idle) {
    const brief = await briefOf(each.shipped);
    for (const { fulfillment } of used) {
      if (brief === (await briefOf(fulfillment.shipped))) throw duplicate(about, fulfillment.id, each.id);
    }
  }
}

function checkNotVoided(about: Confirming, used: readonly CoveredPool[]): void {
  const voided = used.find(({ fulfillment }) => isVoided(fulfillment.words))?.fulfillment;
  if (!voided) return;
  const { status, displayStatus } = voided.words;
  throw refusal(
    about,
    'record.rejected',
    `its fulfillment "${voided.id}" is "${status}/${displayStatus ?? ''}": the label was voided, and its goods count as shipped`,
    'Cancel the fulfillment in Shopify, or have it get a label there, then replay.',
  );
}
