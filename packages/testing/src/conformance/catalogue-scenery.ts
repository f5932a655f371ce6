import type { Price, ProductDraft, Ref } from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { Awaitable, ChangeScenery } from './scenes.ts';

/** What a platform says of the product that has a SKU. */
export interface ShownProduct {
  readonly title: string;
  /** As text, without markup around it. */
  readonly description: string;
  /** What every write of the product changes, whatever it writes: the moment of the last one, or a count of them. */
  readonly version: string;
}

/** Scenes of what is sold, how it is grouped and what it costs. */
export interface CatalogueScenery<S> {
  'products.pull': ChangeScenery<S, 'product'>;
  'products.get': {
    /** Adds a product on sale whose only variant has this SKU and this barcode. */
    readonly seed: (
      platform: FakePlatform<S>,
      variant: { readonly sku: string; readonly barcode: string },
    ) => Awaitable<Ref<'product'>>;
  };
  'products.push': {
    /** A product with a description as the platform is to have it. It knows its SKUs, under another title; another `number` is another one. */
    readonly known: (platform: FakePlatform<S>, number: number) => Awaitable<ProductDraft>;
    /** A product whose SKUs the platform does not know; another `number` is another one. */
    readonly fresh: (platform: FakePlatform<S>, number: number) => Awaitable<ProductDraft>;
    /** The ids of the products that are there, whoever made them. */
    readonly created: (platform: FakePlatform<S>) => Awaitable<readonly string[]>;
    /** What the platform shows of the product that has this SKU. */
    readonly shown: (platform: FakePlatform<S>, sku: string) => Awaitable<ShownProduct | undefined>;
  };
  'categories.pull': ChangeScenery<S, 'category'>;
  'prices.pull': ChangeScenery<S, 'price'>;
  'prices.get': {
    /** Adds SKU number `number`, sold at the price that it gives, and at no other. */
    readonly priced: (platform: FakePlatform<S>, number: number) => Awaitable<Price>;
    readonly unknownSku: (platform: FakePlatform<S>) => Awaitable<string>;
    /** Adds another price of the SKU, on another list or from another quantity, where there can be one. */
    readonly another?: (platform: FakePlatform<S>, price: Price) => Awaitable<Price>;
    /** Adds another price of the SKU, which is over or has not begun, where there can be one. */
    readonly notNow?: (platform: FakePlatform<S>, price: Price) => Awaitable<Price>;
  };
  'prices.push': {
    /** The price to write for SKU number `number`, which the platform knows at another price. */
    readonly price: (platform: FakePlatform<S>, number: number) => Awaitable<Price>;
    /** What the platform asks a buyer for that SKU, as a decimal, once everything that was accepted has taken effect. */
    readonly amount: (platform: FakePlatform<S>, price: Price) => Awaitable<string | undefined>;
  };
}
