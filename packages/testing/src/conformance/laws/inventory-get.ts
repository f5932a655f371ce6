import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';

export const inventoryGetLaws = [
  law({
    id: 'inventory.get/an-unknown-sku-has-no-entry',
    operations: ['inventory.get'],
    async check({ connector, platform, scenery }) {
      const known = await scenery['inventory.get'].stocked(platform);
      const unknown = await scenery['inventory.get'].unknownSku(platform);
      const levels = await succeeds(() => connector.inventory.get([known, unknown]), 'inventory.get');
      holds(
        levels.some(({ sku }) => sku === known),
        `inventory.get has no entry for "${known}", which is in stock.`,
      );
      holds(
        !levels.some(({ sku }) => sku === unknown),
        `inventory.get has an entry for "${unknown}", which nobody knows.`,
      );
      const others = levels.filter(({ sku }) => sku !== known).map(({ sku }) => `"${sku}"`);
      holds(others.length === 0, `inventory.get gave ${others.join(', ')} without being asked.`);
    },
  }),
] as const;
