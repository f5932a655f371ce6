import {
  isCommerceError,
  outcomesInOrder,
  type CommerceError,
  type ItemOutcome,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import { figureOf, ownChannel, verdictOn } from './inventory-figure.ts';
import type { Flights } from './inventory-flight.ts';
import { isSku } from './inventory-get.ts';
import { itemRefusals } from './item-refusal.ts';
import { listingReader } from './listing-read.ts';
import type { ListingWrite } from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import type { WireListing } from './wire/listing.ts';

const operation = 'inventory.push';

/**
 * Sets what the store offers of each SKU. Every listing is looked at first: Amazon accepts a change of a SKU that nobody
 * lists, and of stock in its own warehouses, and does nothing. `expected` is compared with what that look shows, because
 * Amazon compares nothing itself. What was submitted last is looked at too: what is shown may be older.
 */
export function inventoryPush(client: AmazonClient, write: ListingWrite, flights: Flights, settings: AmazonSettings) {
  const { system } = settings;
  const read = listingReader(client, settings);
  const refusal = itemRefusals({ system, operation, failed: 'was not set' });

  return async function push(
    updates: readonly StockUpdate[],
    { lane, signal }: WriteOptions,
  ): Promise<readonly ItemOutcome<StockUpdate>[]> {
    const answers = new Map<number, 'ok' | CommerceError>();
    const rows = updates.map((update, index) => ({ ...update, index }));
    for (const row of rows) {
      const problem = problemOf(row);
      if (problem) answers.set(row.index, problem);
    }
    for (const twins of Map.groupBy(rows, ({ sku }) => sku).values()) {
      if (twins.length > 1) for (const { index, sku } of twins) answers.set(index, refusal.twice(sku));
    }
    const sound = rows.filter(({ index }) => !answers.has(index));
    const context = { operation, lane, signal };
    const skus = sound.map(({ sku }) => sku);
    const listings = await read(skus, ['fulfillmentAvailability', 'attributes'], context);
    const there = new Set<number>();
    for (const row of sound) {
      const answer = shownAnswer(row, listings.get(row.sku));
      if (answer === 'ok') there.add(row.index);
      else if (answer) answers.set(row.index, answer);
    }
    const wanted = sound.filter(({ index }) => !answers.has(index));
    const changes = wanted.map(({ sku, available, index }) => ({
      sku,
      op: 'replace' as const,
      attribute: 'fulfillment_availability' as const,
      value: [{ fulfillment_channel_code: ownChannel, quantity: available }],
      isThere: there.has(index),
    }));
    const sent = () => {
      for (const { sku, available } of wanted) {
        const listing = listings.get(sku);
        if (listing && !isCommerceError(listing)) flights.sent(sku, available, figureOf(listing, settings).shown);
      }
    };
    // Before, because others look while it is sent; and after, because the way to the buyers begins then.
    sent();
    const written = await write(changes, { ...context, refusal });
    sent();
    for (const [at, { index }] of wanted.entries()) {
      const answer = written[at];
      if (answer) answers.set(index, answer);
    }
    return outcomesInOrder(updates, (_update, index) => answers.get(index), { system, operation });
  };

  /** What is wrong with an update whatever the store shows. */
  function problemOf({ sku, available, expected, location }: StockUpdate): CommerceError | undefined {
    const invalid = (seen: string, next: string) => refusal.of('record.invalid', sku, seen, next);
    const wrong = [available, expected ?? 0].find((units) => !Number.isSafeInteger(units));
    if (wrong !== undefined || available < 0) {
      return invalid(`"${wrong ?? available}" is no number of whole units from 0`, 'Correct where it is reckoned.');
    }
    if (!isSku(sku)) return invalid('it is no SKU that Amazon can be asked for', 'Correct the SKU.');
    if (location === undefined) return undefined;
    if (location.system !== system) {
      return invalid(`its location is one of "${location.system}"`, `Name one of "${system}" or leave it out.`);
    }
    return location.id === ownChannel
      ? undefined
      : invalid(
          `only the stock of channel "${ownChannel}" can be set, and it is for "${location.id}"`,
          'Amazon counts what lies in its own warehouses itself: leave the location out.',
        );
  }

  /** The answer that what the store shows gives already; `undefined` where the update has to be written. */
  function shownAnswer(
    { sku, available, expected }: StockUpdate,
    listing: WireListing | CommerceError | undefined,
  ): 'ok' | CommerceError | undefined {
    if (isCommerceError(listing)) return listing;
    if (listing === undefined) return refusal.unknown(sku);
    const channels = listing.fulfillmentAvailability ?? [];
    const foreign = channels.find(({ fulfillmentChannelCode }) => fulfillmentChannelCode.startsWith('AMAZON'));
    if (foreign) {
      return refusal.of(
        'record.rejected',
        sku,
        `Amazon ships it out of its own warehouses ("${foreign.fulfillmentChannelCode}") and counts it itself`,
        'Leave the SKU out, or change the listing to one that you ship.',
      );
    }
    if (expected === undefined) return undefined;
    const figure = figureOf(listing, settings);
    const verdict = verdictOn(figure, { available, expected, isComing: flights.isComing(sku, figure) });
    if (verdict !== 'stale') return verdict === 'ok' ? 'ok' : undefined;
    const { shown, submitted } = figure;
    const last = shown === submitted ? '' : ` (${submitted} was submitted last)`;
    return refusal.of(
      'stock.stale',
      sku,
      `it shows ${shown}${last}, and ${expected} was expected`,
      'Reckon anew from what inventory.get gives, then push again.',
    );
  }
}
