import type { StockUpdate } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';

export const inventoryPushLaws = [
  law({
    id: 'inventory.push/same-key-changes-once',
    operations: ['inventory.push'],
    async check({ connector, platform, scenery }) {
      const { update, stock } = scenery['inventory.push'];
      const wanted = await update(platform, 1);
      for (const time of ['first', 'second']) {
        const outcomes = await succeeds(
          () => connector.inventory.push([wanted], { idempotencyKey: 'push-1' }),
          `inventory.push, called for the ${time} time,`,
        );
        holds(
          outcomes.length === 1 && outcomes[0]?.ok === true,
          `inventory.push did not confirm its item the ${time} time.`,
        );
      }
      const there = await stock(platform, wanted);
      holds(
        there === wanted.available,
        `The stock of "${wanted.sku}" is ${there}, and was set to ${wanted.available} twice.`,
      );
    },
  }),
  law({
    id: 'inventory.push/an-item-answers-for-itself',
    operations: ['inventory.push'],
    async check({ connector, platform, scenery }) {
      const { update, stock } = scenery['inventory.push'];
      const good = await update(platform, 1);
      const bad = { ...(await update(platform, 2)), sku: 'NOBODY-KNOWS-THIS' };
      const last = await update(platform, 3);
      const outcomes = await succeeds(
        () => connector.inventory.push([good, bad, last], { idempotencyKey: 'push-1' }),
        'inventory.push of a batch with an unknown SKU',
      );
      const said = outcomes.map(({ item, ok }) => `${item.sku} ${ok ? 'ok' : 'refused'}`).join(', ');
      const wanted = [`${good.sku} ok`, `${bad.sku} refused`, `${last.sku} ok`].join(', ');
      holds(said === wanted, `inventory.push answered "${said}" and should have answered "${wanted}".`);
      for (const one of [good, last]) {
        const there = await stock(platform, one);
        holds(there === one.available, `The stock of "${one.sku}" is ${there}, and was set to ${one.available}.`);
      }
    },
  }),
  law({
    id: 'inventory.push/splits-over-the-largest-batch',
    operations: ['inventory.push'],
    async check({ connector, platform, scenery }) {
      const { update, stock } = scenery['inventory.push'];
      const { maxBatch = 250 } = connector.traits['inventory.push'] ?? {};
      const wanted: StockUpdate[] = [];
      for (let number = 1; number <= maxBatch + 1; number++) wanted.push(await update(platform, number));
      const outcomes = await succeeds(
        () => connector.inventory.push(wanted, { idempotencyKey: 'push-1' }),
        `inventory.push of ${wanted.length} levels`,
      );
      holds(outcomes.length === wanted.length, `inventory.push answered for ${outcomes.length} of ${wanted.length}.`);
      for (const one of wanted) {
        const there = await stock(platform, one);
        holds(there === one.available, `The stock of "${one.sku}" is ${there}, and was set to ${one.available}.`);
      }
    },
  }),
] as const;
