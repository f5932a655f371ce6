import type { ItemOutcome, WriteOptions } from '@crossdock/core';
import type { ToyConnector } from '../toy/connector.ts';
import type { ToyState } from '../toy/state.ts';
import { despairing } from './despair.ts';
import { errorOf, withPort, type Break, type Breaks } from './flaw.ts';

type Push<T> = (items: readonly T[], options: WriteOptions) => Promise<readonly ItemOutcome<T>[]>;
/** Another push in place of a sound one, whatever its items hold besides a SKU. */
type Change = <T>(sound: Push<T>, connector: ToyConnector) => Push<T>;

/** The connector with both of its pushes changed. */
function pushing(change: Change): NonNullable<Break['connector']> {
  return (sound) => {
    const { inventory, prices, products } = sound;
    const withStock = withPort(sound, 'inventory', { push: change((...given) => inventory.push(...given), sound) });
    const withPrices = withPort(withStock, 'prices', { push: change((...given) => prices.push(...given), sound) });
    return withPort(withPrices, 'products', { push: change((...given) => products.push(...given), sound) });
  };
}

/** Counts a call that comes again with its key on top of what is there. */
const adding: Break['connector'] = (sound, { state }) => {
  const keys = new Set<string>();
  const isRepeated = (key: string) => keys.has(key) || !keys.add(key);
  const withStock = withPort(sound, 'inventory', {
    async push(updates, options) {
      const outcomes = await sound.inventory.push(updates, options);
      if (!isRepeated(options.idempotencyKey)) return outcomes;
      for (const { sku, available } of updates) state.setStock(sku, (state.stock.get(sku) ?? 0) + available);
      return outcomes;
    },
  });
  const withPrices = withPort(withStock, 'prices', {
    async push(prices, options) {
      const outcomes = await sound.prices.push(prices, options);
      if (!isRepeated(options.idempotencyKey)) return outcomes;
      for (const { sku } of prices) state.prices.set(sku, `1${state.prices.get(sku)}`);
      return outcomes;
    },
  });
  return withPort(withPrices, 'products', {
    async push(drafts, options) {
      const outcomes = await sound.products.push(drafts, options);
      if (!isRepeated(options.idempotencyKey)) return outcomes;
      for (const product of state.tables['products']?.values() ?? []) product.title += ' again';
      return outcomes;
    },
  });
};

/** What an item is refused as which the platform cannot place. */
const strayCodes: ReadonlySet<string> = new Set(['sku.unknown', 'record.missing']);

/** Lets one item that cannot be placed stop the list. */
const allOrNothing = pushing((push) => async (items, options) => {
  const outcomes = await push(items, options);
  for (const outcome of outcomes) if (!outcome.ok && strayCodes.has(outcome.error.code)) throw outcome.error;
  return outcomes;
});

const firstBatchOnly = pushing((push) => (items, options) => push(items.slice(0, 4), options));

/** Says of everything that was refused as invalid that it is written. */
const obliging = pushing(
  (push) => async (items, options) =>
    (await push(items, options)).map((outcome) =>
      !outcome.ok && outcome.error.code === 'record.invalid' ? { item: outcome.item, ok: true as const } : outcome,
    ),
);

/** Takes no news for good news. */
const hopeful = pushing(
  (push) => async (items, options) =>
    (await push(items, options)).map((outcome) =>
      !outcome.ok && outcome.error.category === 'uncertain' ? { item: outcome.item, ok: true as const } : outcome,
    ),
);

/** Of two items of one SKU the last one wins. */
const lastOneWins = pushing((push) => async (items, options) => {
  const last = new Map(items.map((item) => [skuOf(item), item]));
  const outcomes = await push([...last.values()], options);
  const ends = new Map(outcomes.map((outcome) => [skuOf(outcome.item), outcome]));
  return items.flatMap((item) => ends.get(skuOf(item)) ?? []);
});

/** An item has a SKU of its own, or its first variant has one. */
function skuOf(item: unknown): string {
  const { sku, variants } = item as { readonly sku?: string; readonly variants?: readonly { readonly sku: string }[] };
  return sku ?? variants?.[0]?.sku ?? '';
}

/** Looks whether all is well before it does anything. */
const curious = pushing((push, connector) => async (items, options) => {
  await connector.check();
  return push(items, options);
});

function sharedBreaks(operation: 'inventory.push' | 'prices.push' | 'products.push'): Breaks {
  return {
    [`${operation}/same-key-changes-once`]: { says: /pushed twice with one key, and was set to/, connector: adding },
    [`${operation}/an-item-answers-for-itself`]: {
      says: /threw "(sku\.unknown|record\.missing)"/,
      connector: allOrNothing,
    },
    [`${operation}/splits-over-the-largest-batch`]: { says: /and should have answered/, connector: firstBatchOnly },
    [`${operation}/refuses-what-cannot-be-written`]: { says: /should have answered.*invalid/, connector: obliging },
    [`${operation}/two-of-one-sku-refuse-each-other`]: { says: /should have.*duplicate/, connector: lastOneWins },
    [`${operation}/lost-answer-changes-once`]: despairing({
      says: /after lost answer 1, answered ".* write\.uncertain"/,
      connector: (sound, _platform, isLost) =>
        pushing((push) => async (items, options) => {
          const outcomes = await push(items, options);
          // Whoever says what is expected hears of it by that.
          return isLost() && !items.some((item) => typeof item === 'object' && item !== null && 'expected' in item)
            ? outcomes.map(({ item }) => ({ item, ok: false as const, error: errorOf('write.uncertain') }))
            : outcomes;
        })(sound, _platform),
    }),
    [`${operation}/deaf-platform-is-no-success`]: { says: /and no answer came/, connector: hopeful },
    [`${operation}/an-empty-list-sends-nothing`]: { says: /made 1 calls for an empty list/, connector: curious },
  };
}

type StockPush = ToyConnector['inventory']['push'];
type Updates = Parameters<StockPush>[0];

function stockPushing(change: (sound: ToyConnector, state: ToyState) => StockPush): NonNullable<Break['connector']> {
  return (sound, { state }) => withPort(sound, 'inventory', { push: change(sound, state) });
}

const blind = (updates: Updates): Updates => updates.map(({ expected: _expected, ...update }) => update);
const isKnown = ({ answers }: ToyState, { idempotencyKey }: WriteOptions) =>
  answers.has(`inventory.push/${idempotencyKey}/1`);

/** Takes no notice of what is expected. */
const careless = stockPushing((sound) => (updates, options) => sound.inventory.push(blind(updates), options));

/** Takes a call that comes again for a new one, and for one of somebody who knows what is there. */
const forgetful = stockPushing(
  (sound, state) => (updates, options) =>
    isKnown(state, options)
      ? sound.inventory.push(blind(updates), { ...options, idempotencyKey: `${options.idempotencyKey} again` })
      : sound.inventory.push(updates, options),
);

/** Refuses whatever is not as expected, also what shows the wanted number already, in calls of one kind. */
const suspicious = (isMeant: (isRepeated: boolean) => boolean) =>
  stockPushing((sound, state) => async (updates, options) => {
    if (!isMeant(isKnown(state, options))) return sound.inventory.push(updates, options);
    const fresh = updates.filter(({ sku, expected }) => expected === undefined || state.stock.get(sku) === expected);
    const outcomes = await sound.inventory.push(fresh, options);
    return updates.map(
      (item) => outcomes.find((outcome) => outcome.item === item) ?? { item, ok: false, error: errorOf('stock.stale') },
    );
  });

/** Looks first, and writes without the platform's own comparison. */
const lookingFirst = stockPushing((sound) => async (updates, options) => {
  if (updates.every(({ expected }) => expected === undefined)) return sound.inventory.push(updates, options);
  const levels = await sound.inventory.get(updates.map(({ sku }) => sku));
  const isStale = ({ sku, available, expected }: Updates[number]) => {
    const shown = levels.find((level) => level.sku === sku)?.available;
    return expected !== undefined && shown !== available && shown !== expected;
  };
  const outcomes = await sound.inventory.push(blind(updates.filter((update) => !isStale(update))), options);
  return updates.map((item): ItemOutcome<Updates[number]> => {
    if (isStale(item)) return { item, ok: false, error: errorOf('stock.stale') };
    const outcome = outcomes.find((one) => one.item.sku === item.sku);
    return outcome?.ok === false ? { ...outcome, item } : { item, ok: true };
  });
});

export const pushBreaks: Breaks = {
  ...sharedBreaks('inventory.push'),
  ...sharedBreaks('prices.push'),
  ...sharedBreaks('products.push'),
  'inventory.push/a-right-expectation-is-written': {
    says: /answered "SKU-1 stock\.stale"/,
    connector: stockPushing(
      (sound) => (updates, options) =>
        sound.inventory.push(
          updates.map((update) => (update.expected === undefined ? update : { ...update, expected: -1 })),
          options,
        ),
    ),
  },
  'inventory.push/a-wrong-expectation-is-refused-alone': {
    says: /answered "SKU-1 ok, SKU-2 ok, SKU-3 ok"/,
    connector: careless,
  },
  'inventory.push/what-shows-the-wanted-number-is-ok': {
    says: /answered "SKU-1 stock\.stale"/,
    connector: suspicious((isRepeated) => !isRepeated),
  },
  'inventory.push/lost-answer-as-expected-changes-once': {
    says: /after lost answer \d, answered "SKU-\d stock\.stale"/,
    connector: suspicious((isRepeated) => isRepeated),
  },
  'inventory.push/a-repeated-call-undoes-no-sale': {
    says: /is at 11 after a sale .*it was at 10/,
    connector: forgetful,
  },
  'inventory.push/a-sale-on-the-way-is-not-lost': {
    says: /is at 11 after a sale that came behind call 1/,
    connector: lookingFirst,
  },
};
