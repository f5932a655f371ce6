import type { Random } from '@crossdock/core';
import type { TestClock } from '../../fake/clock.ts';
import type { BulkRecord, ResultFile, UploadRecord } from './bulk/records.ts';
import type {
  CollectionRecord,
  CustomerRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  FulfillmentServiceRecord,
  JobRecord,
  LevelRecord,
  LocationRecord,
  MetafieldDefinitionRecord,
  MetafieldRecord,
  OrderRecord,
  ProductOperationRecord,
  ProductRecord,
  ReturnRecord,
  SubscriptionRecord,
  VariantRecord,
} from './records.ts';

/** Everything one shop holds. */
export interface Store {
  readonly shop: string;
  readonly currency: string;
  readonly clock: TestClock;
  readonly random: Random;
  readonly orders: Map<bigint, OrderRecord>;
  /** Records of any kind that the search does not find for now. */
  readonly unlisted: Set<bigint>;
  readonly fulfillmentOrders: Map<bigint, FulfillmentOrderRecord>;
  readonly fulfillments: Map<bigint, FulfillmentRecord>;
  readonly returns: Map<bigint, ReturnRecord>;
  readonly services: Map<bigint, FulfillmentServiceRecord>;
  readonly customers: Map<bigint, CustomerRecord>;
  readonly locations: Map<bigint, LocationRecord>;
  readonly products: Map<bigint, ProductRecord>;
  readonly variants: Map<bigint, VariantRecord>;
  readonly collections: Map<bigint, CollectionRecord>;
  /** What apps wrote, by the global id of what it stands on. */
  readonly metafields: Map<string, MetafieldRecord[]>;
  readonly metafieldDefinitions: MetafieldDefinitionRecord[];
  readonly productOperations: Map<bigint, ProductOperationRecord>;
  readonly bulkOperations: Map<bigint, BulkRecord>;
  /** Results of bulk operations, by the last part of their address. */
  readonly files: Map<string, ResultFile>;
  readonly uploads: Map<string, UploadRecord>;
  readonly levels: Map<string, LevelRecord>;
  readonly subscriptions: Map<bigint, SubscriptionRecord>;
  readonly jobs: Map<string, JobRecord>;
  /** What follows from an order, so that reading one does not search through all of them. */
  readonly ofOrder: Map<
    bigint,
    {
      readonly fulfillmentOrders: FulfillmentOrderRecord[];
      readonly fulfillments: FulfillmentRecord[];
      readonly returns: ReturnRecord[];
    }
  >;
  /** The variants of each product, so that reading one does not search through all of them. */
  readonly ofProduct: Map<bigint, VariantRecord[]>;
  readonly byHandle: Map<string, ProductRecord>;
  readonly bySku: Map<string, VariantRecord>;
  readonly byItem: Map<bigint, VariantRecord>;
  readonly byEmail: Map<string, CustomerRecord>;
  /** The highest order number so far. */
  lastNumber: number;
  readonly nextId: () => bigint;
  readonly uuid: () => string;
  /** Now, in whole seconds as the platform counts, as milliseconds since 1970. */
  readonly second: () => number;
}

// Ids are odd and above 2^53, where a double holds even numbers only: whoever reads one as a number reads another one.
// Order payloads hold such ids ("820982911946154508"). shopify.dev, webhooks, read 2026-11-23.
const firstId = 9_007_199_254_741_001n;

/** Makes an empty shop. */
export function emptyStore(options: {
  readonly shop: string;
  readonly currency: string;
  readonly clock: TestClock;
  readonly random: Random;
}): Store {
  const { clock, random } = options;
  let id = firstId;
  return {
    ...options,
    orders: new Map(),
    unlisted: new Set(),
    fulfillmentOrders: new Map(),
    fulfillments: new Map(),
    returns: new Map(),
    services: new Map(),
    customers: new Map(),
    locations: new Map(),
    products: new Map(),
    variants: new Map(),
    collections: new Map(),
    metafields: new Map(),
    metafieldDefinitions: [],
    productOperations: new Map(),
    bulkOperations: new Map(),
    files: new Map(),
    uploads: new Map(),
    levels: new Map(),
    subscriptions: new Map(),
    jobs: new Map(),
    ofOrder: new Map(),
    ofProduct: new Map(),
    byHandle: new Map(),
    bySku: new Map(),
    byItem: new Map(),
    byEmail: new Map(),
    lastNumber: 1000,
    nextId() {
      id += 2n * BigInt(1 + Math.floor(random() * 500));
      return id;
    },
    uuid() {
      return 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16));
    },
    second: () => Math.floor(clock.now() / 1000) * 1000,
  };
}

/** ISO 8601 in UTC, to the second. */
export function isoOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Where stock of an item lies. */
export function levelKey(itemId: bigint, locationId: bigint): string {
  return `${itemId}@${locationId}`;
}
