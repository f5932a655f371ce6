import {
  availableBySku,
  CommerceError,
  fingerprint,
  isCommerceError,
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

/** What the publication works with besides the systems. */
export type StockDesk = {
  readonly stores: Pick<Stores, 'runs'>;
  /** Resolves when every order is known that was placed at a channel before it was called. */
  readonly salesUntilNow: () => Promise<void>;
};

/**
 * Stock goes back to every channel. One publication goes on at a time (`key`), and each reads the figures anew, so an
 * older figure never follows a newer one. A sale only lowers, which is safe whatever else was sold and not seen yet.
 *
 * Figures go up after a count, and only in this order: what the shelves show, then what was sold until then, then what is
 * left, then the new figure against what was shown. Whoever buys in between changes the shelf, and its figure stays down.
 */
export function stockPublication({ stores, salesUntilNow }: StockDesk) {
  const settled = new Set<string>();
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
      const { shelves, unread } = await readShelves(context.systems, [...new Set(skus)]);
      const refused = await publish(context, { stores, settled }, shelves, ['lower']);
      complain(context, [...unread, ...refused]);
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
      const { shelves, unread } = await readShelves(context.systems, [...new Set(levels.map(({ sku }) => sku))]);
      await salesUntilNow();
      // First down everywhere, then up: in between, all channels together show too little, never too much.
      const refused = await publish(context, { stores, settled }, shelves, ['lower', 'raise']);
      complain(context, [...unread, ...refused]);
    },
  });
  return [publishSale, publishCount] as const;
}

type Shelves = readonly (readonly [Channel, readonly StockLevel[]])[];
type Reading = { readonly levels: readonly StockLevel[]; readonly unread: readonly string[] };

/** What each channel shows. An article that a channel cannot answer for, such as one listed twice, is left out alone. */
async function readShelves(
  systems: Context['systems'],
  skus: readonly string[],
): Promise<{ readonly shelves: Shelves; readonly unread: readonly string[] }> {
  const readings = await Promise.all(
    channels.map(async (name) => [name, await readShelf(systems[name], skus)] as const),
  );
  return {
    shelves: readings.map(([name, { levels }]) => [name, levels]),
    unread: readings.flatMap(([, { unread }]) => unread),
  };
}

async function readShelf(channel: Stock, skus: readonly string[]): Promise<Reading> {
  if (skus.length === 0) return { levels: [], unread: [] };
  try {
    return { levels: await channel.inventory.get(skus), unread: [] };
  } catch (error) {
    if (!isCommerceError(error) || error.kind !== 'business') throw error;
    if (skus.length === 1) return { levels: [], unread: [`"${skus[0]}": ${error.message}`] };
    const half = Math.ceil(skus.length / 2);
    const [one, other] = [await readShelf(channel, skus.slice(0, half)), await readShelf(channel, skus.slice(half))];
    return { levels: [...one.levels, ...other.levels], unread: [...one.unread, ...other.unread] };
  }
}

/** Writes what has to be written, and gives what was refused, in words. */
async function publish(
  { systems, step }: Context,
  { stores, settled }: Pick<StockDesk, 'stores'> & { readonly settled: Set<string> },
  shelves: Shelves,
  directions: readonly Direction[],
): Promise<readonly string[]> {
  const skus = [...new Set(shelves.flatMap(([, levels]) => levels.map(({ sku }) => sku)))];
  const available = await availableFor(systems.odoo, stores, skus);
  const refused: string[] = [];
  for (const direction of directions) {
    const answers = await Promise.all(
      shelves.map(async ([name, levels]) => {
        const updates = updatesFor(name, levels, { available, direction, settled });
        if (updates.length === 0) return [];
        return step(`${direction} ${name}`, async ({ key }) => {
          // What is written is part of the key: a later attempt may have other figures, and then it is another write.
          const idempotencyKey = `${key}/${(await fingerprint(updates)).slice(0, 16)}`;
          const outcomes = await systems[name].inventory.push(updates, { idempotencyKey });
          for (const { ok, item } of outcomes) {
            if (ok) settled.add(`${name}/${item.sku}`);
            else settled.delete(`${name}/${item.sku}`);
          }
          return refusals(outcomes);
        });
      }),
    );
    refused.push(...answers.flat());
  }
  return refused;
}

function complain({ raise }: Context, refused: readonly string[]): void {
  if (refused.length === 0) return;
  raise(
    new CommerceError({
      code: 'record.rejected',
      message: `${refused.length} stock figures were not published: ${refused.slice(0, 3).join('; ')}. Correct the listing, then dismiss this; the next count publishes again.`,
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

/**
 * Each figure against what the channel showed when it was read: if a buyer was faster, it is not written. A figure that is
 * shown already is pushed too, unless this process has seen it settled: another one may be on its way to the channel, and
 * its connector looks.
 */
function updatesFor(
  name: Channel,
  levels: readonly StockLevel[],
  {
    available,
    direction,
    settled,
  }: {
    readonly available: ReadonlyMap<string, number>;
    readonly direction: Direction;
    readonly settled: ReadonlySet<string>;
  },
): readonly StockUpdate[] {
  return levels.flatMap(({ sku, available: expected }): readonly StockUpdate[] => {
    const target = sharesOf(available.get(sku) ?? 0)[name];
    const isOpen = target === expected && !settled.has(`${name}/${sku}`);
    const isWanted = direction === 'lower' ? target < expected || isOpen : target > expected;
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
