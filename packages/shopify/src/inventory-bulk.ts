import type { StockLevel } from '@crossdock/core';
import type { BulkSource, Collector } from './bulk-pull.ts';
import { fittingRows, type BulkRow } from './bulk-row.ts';
import { levelFields } from './documents/inventory-levels.ts';
import { stockLevels } from './inventory-pages.ts';
import { laterOf } from './sweep-cursor.ts';
import { wireStockLevelSchema } from './wire/inventory-level.ts';

/** Levels out of a file: every line below a location is one, wherever it stands. */
export function levelsInBulk(system: string, only: string | undefined): BulkSource<StockLevel, BulkRow> {
  return {
    text: levelsText,
    groupObjects: false,
    collect: () => levelRows(only),
    async toPage(records, call) {
      const items: StockLevel[] = [];
      const problems = [];
      let newest: string | undefined;
      for (const [location = '', lines] of Map.groupBy(records, ({ parentId }) => parentId)) {
        const fitting = fittingRows(lines, wireStockLevelSchema, { system, kind: 'location', ...call });
        const { operation, asOf } = call;
        const found = stockLevels(fitting.rows, { system, operation, location, asOf });
        items.push(...found.items);
        problems.push(...fitting.problems, ...found.problems);
        newest = laterOf(newest, found.newest);
      }
      return { items, problems, newest };
    },
  };
}

export function levelsText(filter: string | null): string {
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

/** Locations themselves hold nothing, and levels of others than the connector's own are not asked for. */
function levelRows(only: string | undefined): Collector<BulkRow> {
  const whole: { readonly record: BulkRow; readonly resumeAt: number }[] = [];
  return {
    whole,
    add(record, _begin, resumeAt) {
      const parent = record.parentId;
      if (parent !== undefined && (only === undefined || only === parent)) whole.push({ record, resumeAt });
    },
    finish: () => undefined,
  };
}
