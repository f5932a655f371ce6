import type { FulfillmentTrackingInput } from './documents/inputs.generated.ts';
import type { OrderFulfillment } from './shipment-order.ts';
import type { ParcelGroup } from './shipment-parcels.ts';
import { plainNumber } from './tracking-number.ts';

/** Whether a fulfillment shows that it is of these parcels, or showed it: by a number of theirs, or by the shipment's stamp. */
export function carries(
  { numbers, noted = [] }: Pick<OrderFulfillment, 'numbers' | 'noted'>,
  group: ParcelGroup,
): boolean {
  const plain = new Set(group.numbers.map(plainNumber));
  return [...numbers, ...noted].some((number) => plain.has(plainNumber(number)) || isStamp(number, group));
}

/** Whether all that a fulfillment shows is the shipment's stamp, which nobody else sets. A number may be of two shipments. */
export function isMarkedAlone({ numbers }: OrderFulfillment, groups: readonly ParcelGroup[]): boolean {
  return numbers.length > 0 && numbers.every((number) => groups.some((group) => isStamp(number, group)));
}

/** What Shopify is told of parcels, of several carriers too where one fulfillment holds them. */
export function trackingOf(groups: readonly ParcelGroup[]): FulfillmentTrackingInput {
  const companies = [...new Set(groups.map(({ company }) => company))];
  const [company] = companies.length === 1 ? companies : [];
  const numbers = groups.flatMap(shownNumbers);
  const urls = groups.flatMap((group) => group.urls);
  const [number, ...others] = numbers;
  const [url] = urls;
  const links =
    number !== undefined && others.length === 0
      ? { number, ...(url !== undefined && { url }) }
      : { numbers, ...(urls.length === numbers.length && { urls }) };
  return { ...(company !== undefined && { company }), ...links };
}

/** Whether a fulfillment lacks a number of its parcels, shows none that is not theirs, and nobody wanted it so. */
export function lacksNumbers({ numbers, noted }: OrderFulfillment, groups: readonly ParcelGroup[]): boolean {
  if (noted) return false;
  const shown = new Set(numbers.map(plainNumber));
  const wanted = new Set(groups.flatMap(shownNumbers).map(plainNumber));
  const isForeign = (number: string) =>
    !wanted.has(plainNumber(number)) && !groups.some((group) => isStamp(number, group));
  return !numbers.some(isForeign) && [...wanted].some((number) => !shown.has(number));
}

function shownNumbers({ numbers, stamp }: ParcelGroup): readonly string[] {
  return numbers.length > 0 ? numbers : [stamp];
}

function isStamp(number: string, { stamp }: ParcelGroup): boolean {
  // To the letter: "a-1" and "A1" are two shipments.
  return number.trim() === stamp;
}
