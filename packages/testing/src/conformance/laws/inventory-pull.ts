import type { Offers, Page, ReadOptions, Since, StockLevel } from '@crossdock/core';
import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';
import { problemAbout, readAll } from '../read-all.ts';
import { pullLaws } from './pulling.ts';

/** A level under the name of its SKU, as the laws of every pull want a name for what comes. */
const named = (sku: string) => ({ system: 'any', kind: 'variant', id: sku }) as const;

export const inventoryPullLaws = [
  ...pullLaws({
    operation: 'inventory.pull',
    pullOf: (connector) => (since, options) => namedPages(connector, since, options),
    sceneryOf: (scenery) => {
      const { seed, touch, late } = scenery['inventory.pull'];
      return {
        seed: async (platform, count) => (await seed(platform, count)).map(named),
        touch: (platform, { id }) => touch(platform, id),
        late: late && { ms: late.ms, begin: (platform, { id }) => late.begin(platform, id) },
      };
    },
  }),
  law({
    id: 'inventory.pull/brings-the-figure-after-a-change',
    operations: ['inventory.pull'],
    async check(trial) {
      const { seed, touch } = trial.scenery['inventory.pull'];
      const [sku] = await seed(trial.platform, 3);
      holds(sku !== undefined, 'The scenery seeded nothing.');
      const first = await pulled(trial.connector.inventory.pull({}));
      const before = figuresOf(sku, first.items);
      holds(before.length > 0, `inventory.pull left out "${sku}", which is in stock.`);
      await trial.clock.advance(60_000);
      await touch(trial.platform, sku);
      const next = await pulled(trial.connector.inventory.pull({ cursor: first.cursors.at(-1) }));
      const after = figuresOf(sku, next.items);
      holds(after.length > 0, `inventory.pull from its last cursor left out "${sku}", which changed since.`);
      holds(
        after.join() !== before.join(),
        `inventory.pull brought "${sku}" at ${after.join(', ')} after its change, as before.`,
      );
    },
  }),
  law({
    id: 'inventory.pull/says-the-same-as-get',
    operations: ['inventory.pull', 'inventory.get'],
    async check(trial) {
      const { seed, touch } = trial.scenery['inventory.pull'];
      const skus = await seed(trial.platform, 3);
      const [changed] = skus;
      if (changed !== undefined) await touch(trial.platform, changed);
      const { items } = await pulled(trial.connector.inventory.pull({}));
      const levels = await succeeds(() => trial.connector.inventory.get(skus), 'inventory.get');
      for (const sku of skus) {
        const [byPull, byGet] = [items, levels].map((some) => figuresOf(sku, some).join(', '));
        holds(byPull === byGet, `"${sku}" is at ${byPull} by inventory.pull, and at ${byGet} by inventory.get.`);
      }
    },
  }),
  law({
    id: 'inventory.pull/reports-what-it-cannot-read-and-goes-on',
    operations: ['inventory.pull'],
    applies: (_traits, scenery) => scenery['inventory.pull']?.unreadable !== undefined,
    async check(trial) {
      const { seed, unreadable } = trial.scenery['inventory.pull'];
      const before = await seed(trial.platform, 2);
      const strange = await unreadable?.(trial.platform);
      holds(strange !== undefined, 'The scenery made nothing that nobody can read.');
      const after = await seed(trial.platform, 2);
      const haul = await pulled(trial.connector.inventory.pull({}));
      const missing = [...before, ...after].filter((sku) => figuresOf(sku, haul.items).length === 0);
      holds(missing.length === 0, `inventory.pull left out ${missing.join(', ')} beside a level that nobody can read.`);
      const problem = problemAbout(strange, haul);
      holds(problem !== undefined, `inventory.pull kept quiet about "${strange.id}", which nobody can read.`);
      holds(problem.code === 'record.invalid', `inventory.pull reported an unreadable level as "${problem.code}".`);
    },
  }),
] as const;

function pulled(pages: AsyncIterable<Page<StockLevel>>) {
  return succeeds(() => readAll(pages), 'inventory.pull');
}

async function* namedPages(
  { inventory }: Offers<'inventory.pull'>,
  since: Since,
  options?: ReadOptions,
): AsyncGenerator<Page<{ readonly ref: ReturnType<typeof named> }>> {
  for await (const page of inventory.pull(since, options)) {
    yield { ...page, items: page.items.map(({ sku }) => ({ ref: named(sku) })) };
  }
}

/** What was said of a SKU last, place by place: a level may come more than once. */
function figuresOf(sku: string, levels: readonly StockLevel[]): readonly string[] {
  const last = new Map<string, number>();
  for (const level of levels)
    if (level.sku === sku) last.set(`${level.location.id}/${level.lot ?? ''}`, level.available);
  return [...last].map(([place, available]) => `${place}: ${available}`).toSorted();
}
