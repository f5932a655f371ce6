import type { FulfillmentTrackingInput } from './documents/inputs.generated.ts';
import type { BookNumbers } from './shipment-book.ts';
import type { OrderFulfillment } from './shipment-order.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { plainNumber } from './tracking-number.ts';
import type { WireTracking } from './wire/shipment.ts';

/** The parcels of which a fulfillment shows, or once showed, a number or the shipment's stamp. */
export function carriedBy(
  { numbers }: Pick<OrderFulfillment, 'numbers'>,
  known: readonly string[],
  groups: readonly ParcelGroup[],
): readonly ParcelGroup[] {
  const all = [...numbers, ...known];
  return groups.filter((group) => {
    const plain = new Set(group.numbers.map(plainNumber));
    return all.some((number) => plain.has(plainNumber(number)) || isStamp(number, group));
  });
}

/** The numbers under which parcels travel, and what stands in place of one. */
export function shownNumbers(groups: readonly ParcelGroup[]): readonly string[] {
  return groups.flatMap(({ numbers, stamp }) => (numbers.length > 0 ? numbers : [stamp]));
}

/** What Shopify is told of parcels, of several carriers too where one fulfillment holds them. */
export function trackingOf(groups: readonly ParcelGroup[]): BookNumbers {
  const companies = [...new Set(groups.map(({ company }) => company))];
  const [company] = companies.length === 1 ? companies : [];
  const numbers = groups.flatMap((group) =>
    group.numbers.length > 0
      ? group.numbers.map((number, index) => entryOf(number, group.urls[index]))
      : [{ number: group.stamp }],
  );
  return { ...(company !== undefined && { company }), numbers };
}

/**
 * What a fulfillment has to show so that all numbers of its parcels are seen. `undefined` where it shows them: one that it had
 * before and shows no more was taken from it, and stays away.
 */
export function completed(
  { tracking, numbers }: Pick<OrderFulfillment, 'tracking' | 'numbers'>,
  known: readonly string[],
  groups: readonly ParcelGroup[],
): BookNumbers | undefined {
  const shown = new Set(numbers.map(plainNumber));
  const had = new Set(known.map(plainNumber));
  const wanted = trackingOf(groups);
  const isLacking = (number: string) => !shown.has(plainNumber(number)) && !had.has(plainNumber(number));
  if (!wanted.numbers.some(({ number }) => isLacking(number))) return undefined;
  const own = wanted.numbers.filter(({ number }) => shown.has(plainNumber(number)) || isLacking(number));
  const names = new Set(own.map(({ number }) => plainNumber(number)));
  const others = tracking.filter(
    ({ number }) =>
      number !== null && !names.has(plainNumber(number)) && !groups.some((group) => isStamp(number, group)),
  );
  const companies = new Set([wanted.company, ...others.map((each) => each.company ?? undefined)]);
  const [company] = companies.size === 1 ? companies : [];
  const theirs = others.map(({ number, url }) => entryOf(number ?? '', url ?? undefined));
  return { ...(company !== undefined && { company }), numbers: [...own, ...theirs] };
}

/** One link a number, or none at all: Shopify makes them itself for carriers that it knows. */
export function inputOf({ company, numbers }: BookNumbers): FulfillmentTrackingInput {
  const urls = numbers.flatMap(({ url }) => url ?? []);
  const named = { ...(company !== undefined && { company }) };
  const [only, ...others] = numbers;
  if (only && others.length === 0) {
    return { ...named, number: only.number, ...(only.url !== undefined && { url: only.url }) };
  }
  const all = numbers.map(({ number }) => number);
  return { ...named, numbers: all, ...(urls.length === all.length && { urls }) };
}

/** Whether a fulfillment shows these and no other. */
export function isAsWanted(there: readonly WireTracking[], { company, numbers }: BookNumbers): boolean {
  const shown = new Map(there.map((each) => [plainNumber(each.number ?? ''), each]));
  if (shown.size !== numbers.length) return false;
  const hasAllLinks = numbers.every(({ url }) => url !== undefined);
  return numbers.every(({ number, url }) => {
    const one = shown.get(plainNumber(number));
    if (!one || (company !== undefined && one.company !== company)) return false;
    return !hasAllLinks || one.url === url;
  });
}

function entryOf(number: string, url: string | undefined): BookNumbers['numbers'][number] {
  return { number, ...(url !== undefined && { url }) };
}

function isStamp(number: string, { stamp }: ParcelGroup): boolean {
  // To the letter: "a-1" and "A1" are two shipments.
  return number.trim() === stamp;
}
