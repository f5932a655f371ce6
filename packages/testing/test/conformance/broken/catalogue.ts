import type { Price, Product, ProductDraft } from '@crossdock/core';
import { aPrice } from '@crossdock/testing';
import { productBy } from '../toy/office-platform.ts';
import type { ToyConnector } from '../toy/connector.ts';
import { withPort, type Breaks, type Broken } from './flaw.ts';
import { oneKey } from './writes.ts';

type Get = ToyConnector['products']['get'];

function finding(change: (get: Get) => Get): Broken {
  return (sound) => withPort(sound, 'products', { get: change((...given) => sound.products.get(...given)) });
}

function pricing(change: (prices: readonly Price[], skus: readonly string[]) => readonly Price[]): Broken {
  return (sound) =>
    withPort(sound, 'prices', {
      get: async (skus, options) => change(await sound.prices.get(skus, options), skus),
    });
}

/** Every call that finds its product made already, and every further attempt of one, makes it again. */
const makingAgain: Broken = (sound, platform) =>
  withPort(sound, 'products', {
    async push(drafts, options) {
      const { state, journal } = platform;
      const known = drafts.filter((draft) => isKnown(state.pushed, skuOf(draft)));
      const before = journal.all.length;
      try {
        return await sound.products.push(drafts, options);
      } finally {
        const attempts = known.length === 0 ? journal.all.slice(before).length : 2;
        for (let again = 1; again < attempts && again < 5; again++) {
          for (const draft of drafts) state.add('products', 'open', { sku: skuOf(draft), title: draft.title });
        }
      }
    },
  });

function isKnown(skus: Set<string>, sku: string): boolean {
  return skus.has(sku) || !skus.add(sku);
}

function skuOf({ variants }: ProductDraft): string {
  return variants[0]?.sku ?? '';
}

export const catalogueBreaks: Breaks = {
  'products.push/same-key-creates-once': { says: /2 records/, connector: makingAgain },
  'products.push/lost-answer-creates-once': { says: /2 records/, connector: makingAgain },
  'products.push/deaf-platform-creates-at-most-once': { says: /5 records/, connector: makingAgain },
  'products.push/what-was-made-is-not-denied': {
    says: /says that nothing was written, and 1 records were made/,
    connector: (sound) =>
      withPort(sound, 'products', {
        async push(drafts, options) {
          await sound.products.push(drafts, options);
          return sound.products.push(drafts, options);
        },
      }),
  },
  'products.push/another-process-creates-once': { says: /2 records/, connector: makingAgain },
  'products.push/parallel-same-key-creates-once': { says: /\d\d? records/, connector: makingAgain },
  'products.push/another-record-is-created-too': { says: /threw "key\.reused"/, line: oneKey },
  'products.push/what-is-as-it-should-be-is-not-written': {
    says: /wrote "PUSH-1", "NEW-2"/,
    connector: (sound, { state }) =>
      withPort(sound, 'products', {
        async push(drafts, options) {
          const outcomes = await sound.products.push(drafts, options);
          for (const draft of drafts) {
            const product = productBy(state, skuOf(draft));
            if (product) product.counts['writes'] = (product.counts['writes'] ?? 0) + 1;
          }
          return outcomes;
        },
      }),
  },
  'products.push/a-change-is-written': {
    says: /is at Product PUSH-1 after its title was changed/,
    connector: (sound) => {
      const titles = new Map<string, string>();
      return withPort(sound, 'products', {
        async push(drafts, options) {
          // Whoever has a SKU once takes its product for the same for ever.
          const old = drafts.map((draft) => {
            const title = titles.get(skuOf(draft)) ?? draft.title;
            titles.set(skuOf(draft), title);
            return { ...draft, title };
          });
          const outcomes = await sound.products.push(old, options);
          return outcomes.map((outcome, index) => ({ ...outcome, item: drafts[index] ?? outcome.item }));
        },
      });
    },
  },
  'products.push/what-is-left-out-is-left-as-it-is': {
    says: /The description is "" after a push without one/,
    connector: (sound) =>
      withPort(sound, 'products', {
        async push(drafts, options) {
          const whole = drafts.map((draft) => ({ ...draft, description: draft.description ?? '' }));
          const outcomes = await sound.products.push(whole, options);
          return outcomes.map((outcome, index) => ({ ...outcome, item: drafts[index] ?? outcome.item }));
        },
      }),
  },
  'products.get/finds-by-sku-and-by-barcode': {
    says: /by a barcode found nothing/,
    connector: finding(
      (get) => (keys, options) =>
        get(
          keys.filter(({ sku }) => sku !== undefined),
          options,
        ),
    ),
  },
  'products.get/an-unknown-key-has-none': {
    says: /by no key found "000001"/,
    connector: finding((get) => (keys, options) => get(keys.length === 0 ? [{ sku: 'Q7-MUG-1' }] : keys, options)),
  },
  'products.get/gives-each-once': {
    says: /found "000001", "000001"/,
    connector: finding((get) => async (keys, options) => {
      const found: Product[] = [];
      for (const key of keys) found.push(...(await get([key], options)));
      return found;
    }),
  },
  'products.get/guesses-nothing-by-a-part': {
    says: /the SKU "4006381333931" found "000001"/,
    connector: finding(
      (get) => (keys, options) =>
        get(
          keys.flatMap((key) => [key, { barcode: key.sku ?? key.barcode }]),
          options,
        ),
    ),
  },
  'products.get/finds-among-many': {
    says: /602 keys found "000001", and it is/,
    connector: finding((get) => (keys, options) => get(keys.slice(0, 500), options)),
  },
  'prices.get/an-unknown-sku-has-none': {
    says: /has a price of "NOBODY-KNOWS-THIS"/,
    connector: pricing((prices, skus) =>
      skus.map((sku) => prices.find((price) => price.sku === sku) ?? aPrice({ sku })),
    ),
  },
  'prices.get/gives-what-is-asked-and-nothing-else': {
    says: /gave "SKU-9" without being asked/,
    connector: pricing((prices) => [...prices, aPrice({ sku: 'SKU-9' })]),
  },
  'prices.get/gives-every-price-of-a-sku': {
    says: /says of "SKU-1": 10 GBP from 1\. It is sold at: 10 GBP from 1, 9 GBP from 10/,
    connector: pricing((prices) => prices.slice(0, 1)),
  },
  'prices.get/leaves-out-what-is-not-asked-now': {
    says: /says of "SKU-1": 10 GBP from 1, 8 GBP from 1/,
    connector: (sound, { state }) =>
      withPort(sound, 'prices', {
        async get(skus, options) {
          const prices = await sound.prices.get(skus, options);
          const old = state.offers.filter(({ sku, isNow }) => !isNow && skus.includes(sku));
          return [...prices, ...old.map(({ sku }) => aPrice({ sku, amount: { amount: '8.00', currency: 'GBP' } }))];
        },
      }),
  },
};
