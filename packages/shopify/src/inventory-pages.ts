import type { Page, PageProblem, ReadOptions, StockLevel } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { levelsPage, locationIds } from './documents/inventory-levels.ts';
import { toStockLevel, type LevelReading } from './inventory-level.ts';
import type { Locations } from './inventory-location.ts';
import { allRows } from './sku-search.ts';
import { changedSince, laterOf, sweepEnd, sweepText, type SweepCursor, type SweepSettings } from './sweep-cursor.ts';
import type { WireStockLevel } from './wire/inventory-level.ts';

export interface LevelSettings extends SweepSettings {
  /** Where alone stock is read; `undefined` for every active location. */
  readonly location: string | undefined;
}

/**
 * Pulls changed levels, one location after the other: that of the connector alone where it was given one. Shopify sorts
 * them by no moment, so one that changes behind the place where the pull is comes with the next pull, which looks back to
 * the beginning of this one.
 */
export function levelPages(client: ShopifyClient, places: Locations, settings: LevelSettings) {
  return async function* pages(beginning: SweepCursor, options: ReadOptions): AsyncIterable<Page<StockLevel>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor = beginning;
    const all = settings.location === undefined ? await everyPlace(call) : [await places.own(call)];
    // Where the saved place is closed meanwhile, its levels are gone and the next one goes on from its beginning.
    const left = all.filter((place) => cursor.place === undefined || place >= cursor.place);
    if (left.length === 0) yield { items: [], cursor: sweepText(sweepEnd(cursor, settings)) };
    for (const [index, place] of left.entries()) {
      let after = place === cursor.place ? cursor.after : undefined;
      for (;;) {
        const asOf = new Date(settings.clock.now()).toISOString();
        const variables = { location: place, filter: changedSince(cursor.from), after: after ?? null };
        const { location } = await client.run(levelsPage, { ...call, safety: 'read', variables });
        const nodes = location?.inventoryLevels.nodes ?? [];
        const next = location?.inventoryLevels.pageInfo;
        const { items, problems, newest } = stockLevels(nodes, { ...settings, location: place, asOf });
        cursor = { ...cursor, newest: laterOf(cursor.newest, newest) };
        after = next?.hasNextPage === true ? next.endCursor : undefined;
        const following = after === undefined ? left[index + 1] : place;
        cursor = { ...cursor, place: following, after };
        const saved = following === undefined ? sweepEnd(cursor, settings) : cursor;
        yield { items, cursor: sweepText(saved), ...(problems.length > 0 && { problems }) };
        if (after === undefined) break;
      }
    }
  };

  async function everyPlace(call: ReadOptions & { readonly operation: string }): Promise<readonly string[]> {
    const found = await allRows('', async (_all, after) => {
      const { locations } = await client.run(locationIds, { ...call, safety: 'read', variables: { after } });
      return locations;
    });
    return [...new Set(found.map(({ id }) => id))].toSorted();
  }
}

/** Levels of a page, what of them cannot be read, and the latest change among them. */
export function stockLevels(rows: readonly WireStockLevel[], reading: LevelReading) {
  const items: StockLevel[] = [];
  const problems: PageProblem[] = [];
  let newest: string | undefined;
  for (const row of rows) {
    newest = laterOf(newest, row.updatedAt);
    const level = toStockLevel(row, reading);
    if (level === undefined) continue;
    if ('error' in level) problems.push(level);
    else items.push(level);
  }
  return { items, problems, newest };
}
