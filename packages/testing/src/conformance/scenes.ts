import type { EntityKind, Ref } from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';

/** What a scene may take its time for. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A change that is seen later than it was made, because a search index lags or a slow transaction shows its rows, with the
 * stamp of its beginning, when it ends.
 */
export interface LateChange<S, R> {
  /** From the change until it is seen, in milliseconds: as long as the connector promises to look back. */
  readonly ms: number;
  /** Makes the change now, of a record that was seeded. What it gives waits until it is seen. */
  readonly begin: (platform: FakePlatform<S>, record: R) => Awaitable<() => Awaitable<void>>;
}

/** How to fill a platform with records of one kind that may change, and change one. */
export interface ChangeScenery<S, K extends EntityKind> {
  /** Adds `count` records that a pull has to bring; each exists from another moment on, where the platform keeps time. */
  readonly seed: (platform: FakePlatform<S>, count: number) => Awaitable<readonly Ref<K>[]>;
  /** Changes one now, as somebody at the platform would. */
  readonly touch: (platform: FakePlatform<S>, ref: Ref<K>) => Awaitable<void>;
  /** Where a pull goes by moments, and a change can be seen late. */
  readonly late?: LateChange<S, Ref<K>>;
}

/** How to fill a platform with records of one kind, change one, and make one that nobody can read. */
export interface PullScenery<S, K extends EntityKind> extends ChangeScenery<S, K> {
  /** Adds a record with a status that no version of the platform has had. */
  readonly unknownStatus: (platform: FakePlatform<S>) => Awaitable<Ref<K>>;
}

/** How to fill a platform with records that are there for good, such as refunds. */
export interface FinalScenery<S, K extends EntityKind> extends Omit<ChangeScenery<S, K>, 'touch'> {
  /** Changes one now, where the platform lets somebody change anything about it, such as a note. */
  readonly touch?: ChangeScenery<S, K>['touch'];
}

/** How to ask for a record that is not there. */
export interface GetScenery<S, K extends EntityKind> {
  /** An id as the platform could have given it, of no record of this kind. */
  readonly unknown: (platform: FakePlatform<S>) => Awaitable<Ref<K>>;
}

/** How to write a record, and see what is there. */
export interface CreateScenery<S, D> {
  /** What to make; another `number` is another record. Puts into the platform whatever the draft needs. */
  readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<D>;
  /** The ids of the records of this kind that are there, whoever made them. */
  readonly created: (platform: FakePlatform<S>) => Awaitable<readonly string[]>;
}

/** How to cancel a record, and see what became of it. */
export interface CancelScenery<S, K extends EntityKind> {
  /** Adds one that can be canceled. */
  readonly open: (platform: FakePlatform<S>) => Awaitable<Ref<K>>;
  readonly isCanceled: (platform: FakePlatform<S>, ref: Ref<K>) => Awaitable<boolean>;
}

/** An order of which nothing has left, with what a confirmation of it has to name. */
export interface ShippableOrder {
  readonly order: Ref<'order'>;
  /** Its lines, at least one of them for two or more. */
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
}

/** A purchase or a return of which nothing has arrived, with its SKUs, at least one of them with two units or more. */
export interface ExpectedGoods<K extends 'purchase' | 'return'> {
  readonly ref: Ref<K>;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}
