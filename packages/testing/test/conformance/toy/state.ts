import type { QueueMessage } from '@crossdock/core';
import type { Posting } from '@crossdock/testing';
import type { StandingSubscription } from '@crossdock/testing/conformance';

/** One kind of record, by id. */
export type Toy = {
  readonly id: string;
  status: string;
  updatedAt: number;
  /** Of an order: what is shipped of each line. */
  shipped: number;
  /** Of a customer. */
  readonly email?: string;
  readonly account?: string;
  /** Of a record that belongs to another one: its id. */
  readonly of?: string;
  /** What is counted of it, by name. */
  readonly counts: Record<string, number>;
  /** What was said of it, by name: its note, what it was asked, what was answered. */
  readonly said: Record<string, string>;
  /** What there can be several of, by name: tags, holds, numbers, reports. */
  readonly lists: Record<string, readonly string[]>;
  /** Of a product. */
  readonly sku?: string;
  readonly barcode?: string;
  title?: string;
  description?: string;
};

/** What a buyer is asked for a SKU from a quantity on. */
type Offer = { readonly sku: string; readonly amount: string; readonly from: number; readonly isNow: boolean };

type More = Partial<
  Pick<Toy, 'email' | 'account' | 'of' | 'counts' | 'said' | 'lists' | 'sku' | 'barcode' | 'title' | 'description'>
>;

export interface ToyState {
  readonly tables: Readonly<Record<string, Map<string, Toy>>>;
  readonly stock: Map<string, number>;
  /** When each figure became what it is. */
  readonly stockedAt: Map<string, number>;
  /** `NaN` is a figure that nobody can read. */
  setStock(sku: string, available: number, at?: number): void;
  readonly prices: Map<string, string>;
  readonly offers: Offer[];
  /** The SKUs of products that a broken connector has pushed. */
  readonly pushed: Set<string>;
  /** Who is told what. */
  subscriptions: readonly (StandingSubscription & { readonly id: string })[];
  subscribe(subscription: StandingSubscription): void;
  /** Answers by idempotency key, with what was asked, for ever. */
  readonly answers: Map<string, { readonly asked: string; readonly answer: unknown }>;
  add(kind: string, status?: string, more?: More): Toy;
  touch(kind: string, id: string, at?: number): void;
  posting(kind: string, id: string, secret: string): Posting;
  /** What the platform puts into the user's queue about a record, every time as another message. */
  message(kind: string, id: string): QueueMessage;
}
