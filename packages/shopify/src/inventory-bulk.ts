import type { StockLevel } from '@crossdock/core';
import { eachRow, type BulkSource } from './bulk-pull.ts';
import { fittingRow } from './bulk-row.ts';
import { levelFields } from './documents/inventory-levels.ts';
import { stockLevels } from './inventory-pages.ts';
import { pageOf, type PageContent } from './page-content.ts';
import { wireStockLevelSchema } from './wire/inventory-level.ts';

/**
 * Levels out of a file: every line below a location is one, wherever it stands. Locations themselves hold nothing, and
 * levels of others than the connector's own are not asked for.
 */
export function levelsInBulk(
  system: string,
  only: string | undefined,
): BulkSource<StockLevel, PageContent<StockLevel>> {
  return {
    text: levelsText,
    groupObjects: false,
    async collect({ operation, asOf }) {
      return eachRow((line) => {
        const location = line.parentId;
        if (location === undefined || (only !== undefined && only !== location)) return undefined;
        const fits = fittingRow(line, wireStockLevelSchema, { system, operation, kind: 'location' });
        if ('problem' in fits) return { items: [], problems: [fits.problem], newest: undefined };
        return stockLevels([fits.row], { system, operation, location, asOf });
      });
    },
    toPage: async (records) => pageOf(records),
  };
}

function levelsText(filter: string | null): string {
  const search = filter === null ? '' : `(query: ${JSON.stringify(filter)})`;
  return `{
  locations(includeLegacy: true) {
    edges {
      node {
        id
        inventoryLevels${search} {
          edges {
            node {
              id
              ${levelFields}
            }
          }
        }
      }
    }
  }
}`;
}
