import {
  chunk,
  isCommerceError,
  outcomesInOrder,
  type CommerceError,
  type ItemOutcome,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import type { Locations } from './inventory-location.ts';
import type { StockRow, StockWrite } from './inventory-write.ts';
import { itemRefusals } from './item-refusal.ts';
import { orError } from './or-error.ts';

/** Rows in one call: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
export const rowsPerPush = 250;

const operation = 'inventory.push';

/**
 * Sets what locations of the shop have available. What cannot be written is refused for itself before anything is sent;
 * the rest goes in calls of 250, updates that expect something apart from the others: those calls do not depend on what
 * the shop shows, so that a repeat under the same key is the same call.
 */
export function inventoryPush(places: Locations, write: StockWrite, system: string) {
  const refusal = itemRefusals({ system, operation, failed: 'was not set' });

  return async function push(
    updates: readonly StockUpdate[],
    options: WriteOptions,
  ): Promise<readonly ItemOutcome<StockUpdate>[]> {
    const answers = new Map<number, 'ok' | CommerceError>();
    const placed = await placedRows(updates, options, answers);
    for (const rows of Map.groupBy(placed, placeOf).values()) {
      for (const part of chunk(rows, rowsPerPush)) {
        for (const [index, answer] of await answersFor(part, options)) answers.set(index, answer);
      }
    }
    return outcomesInOrder(updates, (_update, index) => answers.get(index), { system, operation });
  };

  /** The rows that can be sent, each with its place; of every other one `answers` says why not. */
  async function placedRows(
    updates: readonly StockUpdate[],
    options: WriteOptions,
    answers: Map<number, 'ok' | CommerceError>,
  ): Promise<readonly StockRow[]> {
    const rows: StockRow[] = [];
    const whereIs = await placeFinder(updates, options);
    for (const [index, update] of updates.entries()) {
      const location = whereIs(update);
      if (isCommerceError(location)) answers.set(index, location);
      else rows.push({ index, location, sku: update.sku, available: update.available, expected: update.expected });
    }
    const twins = Map.groupBy(rows, ({ sku, location }) => JSON.stringify([location, sku]));
    for (const { index, sku } of [...twins.values()].filter(({ length }) => length > 1).flat()) {
      answers.set(index, refusal.twice(sku));
    }
    for (const { index, sku, available, expected = 0 } of rows) {
      const wrong = [available, expected].find((units) => !isUnits(units));
      if (wrong !== undefined || available < 0) answers.set(index, notUnits(sku, wrong ?? available));
    }
    return rows.filter(({ index }) => !answers.has(index));
  }

  /** Where each update belongs, or why it belongs nowhere. */
  async function placeFinder(
    updates: readonly StockUpdate[],
    { lane, signal }: WriteOptions,
  ): Promise<(update: StockUpdate) => string | CommerceError> {
    const call = { operation, lane, signal };
    const named = updates.flatMap(({ location }) => (location?.system === system ? [location.id] : []));
    const active = await orError(places.active(named, call));
    const needsOwn = updates.some(({ location }) => location === undefined);
    const own = needsOwn ? await orError(places.own(call)) : undefined;
    return ({ sku, location }) => {
      if (location === undefined) return own ?? notThere(sku, '');
      if (location.system !== system) return elsewhere(sku, location.system);
      if (isCommerceError(active)) return active;
      return active.has(location.id) ? location.id : notThere(sku, location.id);
    };
  }

  /** One call's worth of rows. When it fails as a whole, that is the answer of each: what was not sent must not pass for sent. */
  async function answersFor(
    rows: readonly StockRow[],
    options: WriteOptions,
  ): Promise<ReadonlyMap<number, 'ok' | CommerceError>> {
    const done = await orError(write(rows, options));
    return isCommerceError(done) ? new Map(rows.map(({ index }) => [index, done])) : done;
  }

  function notUnits(sku: string, units: number): CommerceError {
    return refusal.of(
      'record.invalid',
      sku,
      `"${units}" is no number of whole units from 0 to ${mostUnits}`,
      'Correct where it is reckoned.',
    );
  }

  function elsewhere(sku: string, other: string): CommerceError {
    return refusal.of(
      'record.invalid',
      sku,
      `its location is one of "${other}"`,
      `Name a location of "${system}" or leave it out.`,
    );
  }

  function notThere(sku: string, id: string): CommerceError {
    return refusal.of(
      'record.invalid',
      sku,
      `"${id}" is no active location there`,
      'Correct or open the location, then replay.',
    );
  }
}

/** Shopify refuses one row for more, and the whole call for what is no 32-bit number. Recorded on 2026-04. */
const mostUnits = 1_000_000_000;

function isUnits(units: number): boolean {
  return Number.isInteger(units) && Math.abs(units) <= mostUnits;
}

/** Rows that may be in one call. */
function placeOf({ location, expected }: StockRow): string {
  return JSON.stringify([location, expected !== undefined]);
}
