import {
  decimalSchema,
  isCommerceError,
  minorDigits,
  momentSchema,
  outcomesInOrder,
  type CommerceError,
  type ItemOutcome,
  type Price,
  type WriteOptions,
} from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import { isSku } from './inventory-get.ts';
import { itemRefusals } from './item-refusal.ts';
import { listingReader } from './listing-read.ts';
import type { ListingChange, ListingWrite } from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import type { WireListing } from './wire/listing.ts';

const operation = 'prices.push';

/**
 * Sets what the store asks for each SKU: its regular price, or with a time a discounted one for that time. The rest of
 * an offer stays as it is, lowest and highest prices and discounts of other times too. Every listing is looked at first,
 * because Amazon accepts a price of a SKU that nobody lists.
 */
export function pricePush(client: AmazonClient, write: ListingWrite, settings: AmazonSettings) {
  const { system, currency, marketplaceId } = settings;
  const read = listingReader(client, settings);
  const refusal = itemRefusals({ system, operation, failed: 'was not priced' });

  return async function push(
    prices: readonly Price[],
    { lane, signal }: WriteOptions,
  ): Promise<readonly ItemOutcome<Price>[]> {
    const answers = new Map<number, 'ok' | CommerceError>();
    const rows = prices.map((price, index) => ({ price, index }));
    for (const { price, index } of rows) {
      const problem = problemOf(price);
      if (problem) answers.set(index, problem);
    }
    for (const twins of Map.groupBy(rows, ({ price }) => price.sku).values()) {
      if (twins.length > 1) for (const { index, price } of twins) answers.set(index, refusal.twice(price.sku));
    }
    const sound = rows.filter(({ index }) => !answers.has(index));
    const context = { operation, lane, signal };
    const needsOffers = sound.some(({ price }) => isForATime(price));
    const skus = sound.map(({ price }) => price.sku);
    const listings = await read(skus, needsOffers ? ['summaries', 'attributes'] : ['summaries'], context);
    const wanted: { readonly index: number; readonly change: ListingChange }[] = [];
    for (const { price, index } of sound) {
      const change = changeOf(price, listings.get(price.sku));
      if (isCommerceError(change)) answers.set(index, change);
      else wanted.push({ index, change });
    }
    const written = await write(
      wanted.map(({ change }) => change),
      { ...context, refusal },
    );
    for (const [at, { index }] of wanted.entries()) {
      const answer = written[at];
      if (answer) answers.set(index, answer);
    }
    return outcomesInOrder(prices, (_price, index) => answers.get(index), { system, operation });
  };

  /** What is wrong with a price whatever the store shows. */
  function problemOf(price: Price): CommerceError | undefined {
    const { sku, amount, validFrom, validUntil } = price;
    const invalid = (seen: string, next: string) => refusal.of('record.invalid', sku, seen, next);
    if (!isSku(sku)) return invalid('it is no SKU that Amazon can be asked for', 'Correct the SKU.');
    if (!decimalSchema.safeParse(amount.amount).success || amount.amount.startsWith('-')) {
      return invalid(`"${amount.amount.slice(0, 24)}" is no price`, 'Pass digits with a point, such as "19.99".');
    }
    if (amount.currency !== currency) {
      return invalid(`its price is in "${amount.currency}", the store sells in "${currency}"`, 'Convert it first.');
    }
    if (numberOf(amount.amount, currency) === undefined) {
      const digits = minorDigits(currency);
      return invalid(`"${amount.amount.slice(0, 24)}" has more digits than ${currency} (${digits})`, 'Round it first.');
    }
    if (price.compareAt !== undefined) {
      return invalid('an offer at Amazon has no price to compare with', 'Leave compareAt out.');
    }
    if (price.list !== undefined) return invalid(`Amazon has no price list "${price.list}"`, 'Leave list out.');
    if (price.minimumQuantity !== undefined && price.minimumQuantity > 1) {
      return invalid('a price from a quantity on cannot be set here', 'Set it in Seller Central.');
    }
    if (!isForATime(price)) return undefined;
    if (validFrom === undefined || validUntil === undefined) {
      return invalid('Amazon wants both ends of a discount', 'Pass validFrom and validUntil, or neither.');
    }
    const isTime = [validFrom, validUntil].every((moment) => momentSchema.safeParse(moment).success);
    return isTime && Date.parse(validFrom) < Date.parse(validUntil)
      ? undefined
      : invalid('its time has no moments in UTC, or ends before it begins', 'Correct validFrom and validUntil.');
  }

  function changeOf(price: Price, listing: WireListing | CommerceError | undefined): ListingChange | CommerceError {
    const { sku, amount, validFrom, validUntil } = price;
    if (isCommerceError(listing)) return listing;
    if (listing === undefined) return refusal.unknown(sku);
    const value_with_tax = numberOf(amount.amount, currency);
    const offer = { marketplace_id: marketplaceId, currency, audience: 'ALL' };
    const change = (parts: object): ListingChange => ({
      sku,
      op: 'merge',
      attribute: 'purchasable_offer',
      value: [{ ...offer, ...parts }],
    });
    if (!isForATime(price)) return change({ our_price: [{ schedule: [{ value_with_tax }] }] });
    // A discount is a part of an offer that has a regular price; it is repeated as it was last submitted.
    const regular = regularPriceOf(listing);
    if (regular === undefined) {
      return refusal.of(
        'record.rejected',
        sku,
        'it has no regular price that could be discounted',
        'Push a price without a time first, then replay.',
      );
    }
    const schedule = [{ start_at: validFrom, end_at: validUntil, value_with_tax }];
    return change({ our_price: regular, discounted_price: [{ schedule }] });
  }

  function regularPriceOf({ attributes }: WireListing): unknown {
    const own = attributes?.purchasable_offer?.find(
      (offer) => (offer['marketplace_id'] ?? marketplaceId) === marketplaceId && (offer['audience'] ?? 'ALL') === 'ALL',
    );
    return own?.['our_price'] ?? undefined;
  }
}

function isForATime({ validFrom, validUntil }: Price): boolean {
  return validFrom !== undefined || validUntil !== undefined;
}

/**
 * The price as the number that Amazon wants, `undefined` where that number would be another amount. Up to fifteen digits
 * a number is written as the same decimal that it was read from.
 */
function numberOf(amount: string, currency: string): number | undefined {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.replace(/0+$/, '');
  const isExact = digits.length <= minorDigits(currency) && `${whole.replace(/^0+/, '')}${digits}`.length <= 15;
  return isExact ? Number(amount) : undefined;
}
