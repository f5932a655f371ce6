import {
  availableBySku,
  CommerceError,
  fingerprint,
  type ItemOutcome,
  type PortCatalogue,
  type StockLevel,
  type Stores,
  type StockUpdate,
} from '@crossdock/core';
import { defineFlow, type FlowContext, type Needs } from '@crossdock/core/flows';
import { channels, type Channel } from '../../channels.ts';
import { unbookedGoods } from '../goods-in-hand.ts';
import { articleOf } from '../order-drafts.ts';
import { sharesOf } from '../stock-shares.ts';

const stock = ['inventory.get', 'inventory.push'] as const;
const needs = { odoo: ['inventory.get'], shopify: stock, woocommerce: stock, amazon: stock } as const satisfies Needs;
type Direction = 'lower' | 'raise';
type Stock = { readonly inventory: Pick<PortCatalogue['inventory'], 'get'> };
type Context = Pick<FlowContext<'order.placed', typeof needs>, 'systems' | 'step' | 'raise'>;

/**
 * Stock goes back to every channel. One publication goes on at a time (`key`), and each reads the figures anew, so an
 * older figure never follows a newer one. A sale only lowers: that is safe whatever else was sold and not seen yet. Figures
 * go up after a sweep, which has asked every channel for its orders.
 */
export function stockPublication(stores: Pick<Stores, 'runs'>) {
  const publishSale = defineFlow({
    name: 'publish-sale',
    version: 1,
    on: 'order.placed',
    needs,
    key: () => 'stock',
    holds: 'run',
    async run({ event: { data: order }, ...context }) {
      const skus = order.lines.flatMap(({ sku, requiresShipping }) =>
        sku === undefined || !requiresShipping ? [] : [articleOf(sku)],
      );
      await publish(context, stores, [...new Set(skus)], ['lower']);
    },
  });
  const publishCount = defineFlow({
    name: 'publish-count',
    version: 1,
    on: 'stock.counted',
    from: 'odoo',
    needs,
    key: () => 'stock',
    holds: 'run',
    async run({ event: { data: levels }, ...context }) {
      // First down everywhere, then up: in between, all channels together show too little, never too much.
      await publish(context, stores, [...new Set(levels.map(({ sku }) => sku))], ['lower', 'raise']);
    },
  });
  return [publishSale, publishCount] as const;
}

async function publish(
  { systems, step, raise }: Context,
  stores: Pick<Stores, 'runs'>,
  skus: readonly string[],
  directions: readonly Direction[],
): Promise<void> {
  if (skus.length === 0) return;
  const shown = await Promise.all(
    channels.map(async (name) => [name, await systems[name].inventory.get(skus)] as const),
  );
  const available = await availableFor(systems.odoo, stores, skus);
  const refused: string[] = [];
  for (const direction of directions) {
    const answers = await Promise.all(
      shown.map(async ([name, levels]) => {
        const updates = updatesFor(name, levels, available, direction);
        if (updates.length === 0) return [];
        return step(`${direction} ${name}`, async ({ key }) => {
          // What is written is part of the key: a later attempt may have other figures, and then it is another write.
          const idempotencyKey = `${key}/${(await fingerprint(updates)).slice(0, 16)}`;
          return refusals(await systems[name].inventory.push(updates, { idempotencyKey }));
        });
      }),
    );
    refused.push(...answers.flat());
  }
  if (refused.length === 0) return;
  raise(
    new CommerceError({
      code: 'record.rejected',
      message: `${refused.length} stock figures were not published: ${refused.slice(0, 3).join('; ')}. Correct the listing, then dismiss this; the next sweep publishes again.`,
      details: { refused },
    }),
  );
}

/** What may be sold now: Odoo's free quantity less what was sold and is not booked there yet. Sales are read first, so that one that is booked meanwhile counts twice, never not at all. */
async function availableFor(
  odoo: Stock,
  stores: Pick<Stores, 'runs'>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const unbooked = await unbookedGoods(stores);
  const free = availableBySku(await odoo.inventory.get(skus));
  return new Map([...free].map(([sku, quantity]) => [sku, quantity - (unbooked.get(sku) ?? 0)]));
}

/** Each figure against what the channel showed when it was read: if a buyer was faster, it is not written. */
function updatesFor(
  name: Channel,
  levels: readonly StockLevel[],
  available: ReadonlyMap<string, number>,
  direction: Direction,
): readonly StockUpdate[] {
  return levels.flatMap(({ sku, available: expected }): readonly StockUpdate[] => {
    const target = sharesOf(available.get(sku) ?? 0)[name];
    const isWanted = direction === 'lower' ? target < expected : target > expected;
    return isWanted ? [{ sku, available: target, expected }] : [];
  });
}

/**
 * What a person has to see. Trouble that passes is thrown, so that the run comes back; where a buyer was faster, their order
 * is on its way to us, and its publication has the new figure.
 */
function refusals(outcomes: readonly ItemOutcome<StockUpdate>[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.ok || outcome.error.code === 'stock.stale') return [];
    if (outcome.error.retryable) throw outcome.error;
    return [`"${outcome.item.sku}": ${outcome.error.message}`];
  });
}
