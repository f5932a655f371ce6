import type { PurchaseDraft, Ref, ReturnDraft } from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type {
  Awaitable,
  CancelScenery,
  CreateScenery,
  ExpectedGoods,
  FinalScenery,
  GetScenery,
  PullScenery,
} from './scenes.ts';

/** Scenes of goods that come in: what was ordered from suppliers, and what buyers send back. */
export interface SupplyScenery<S> {
  'purchases.pull': PullScenery<S, 'purchase'>;
  'purchases.get': GetScenery<S, 'purchase'>;
  'purchases.create': CreateScenery<S, PurchaseDraft> & {
    /** How many units are expected to arrive for the purchase with this id: none while it is a draft. */
    readonly expected: (platform: FakePlatform<S>, id: string) => Awaitable<number>;
  };
  'purchases.cancel': CancelScenery<S, 'purchase'> & {
    /** Adds one of which all goods have arrived. */
    readonly late: (platform: FakePlatform<S>) => Awaitable<Ref<'purchase'>>;
  };
  'receipts.pull': FinalScenery<S, 'receipt'>;
  'receipts.confirm': {
    /** Adds a confirmed purchase; another `number` is another one. */
    readonly ready: (platform: FakePlatform<S>, number: number) => Awaitable<ExpectedGoods<'purchase'>>;
    /** How many units of the purchase the platform has as arrived. */
    readonly received: (platform: FakePlatform<S>, purchase: Ref<'purchase'>) => Awaitable<number>;
  };
  'returns.pull': PullScenery<S, 'return'>;
  'returns.get': GetScenery<S, 'return'>;
  'returns.create': Omit<CreateScenery<S, ReturnDraft>, 'draft'> & {
    /** A return of everything that was shipped of an order; another `number` is one of another order. */
    readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<ReturnDraft>;
  };
  'returns.confirm': {
    /** Adds an open return; another `number` is another one. */
    readonly ready: (platform: FakePlatform<S>, number: number) => Awaitable<ExpectedGoods<'return'>>;
    /** How many units of the return the platform has as arrived, whatever was done with them. */
    readonly received: (platform: FakePlatform<S>, ref: Ref<'return'>) => Awaitable<number>;
    /** How many units of the SKU a buyer may have. */
    readonly forSale: (platform: FakePlatform<S>, sku: string) => Awaitable<number>;
  };
}
