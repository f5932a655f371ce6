import {
  eventsOfCustomer,
  eventsOfProduct,
  eventsOfStock,
  type Clock,
  type Customer,
  type Product,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { levelById } from './documents/level-by-id.ts';
import { stockLevels } from './inventory-pages.ts';
import type { RecordReader } from './records-by-id.ts';
import { gidIn, malformed, type TopicReader } from './webhook-decode.ts';
import { gidsIn } from './webhook-ids.ts';

const operation = 'webhooks.decode';
type Reader<T> = Pick<RecordReader<T>, 'read'>;

/** Deliveries about products. One that was deleted is told of by number only, and proves nothing. */
export function productTopics(system: string, reader: Reader<Product>): TopicReader {
  return {
    topics: ['products/create', 'products/update', 'products/delete'],
    async read(delivery, options = {}) {
      if (delivery.topic.toLowerCase() === 'products/delete') return [];
      const { items, problems } = await reader.read([gidIn(delivery, 'Product', system)], { operation, ...options });
      const [problem] = problems;
      if (problem) throw problem.error;
      return items.flatMap(eventsOfProduct);
    },
  };
}

/** Deliveries about customers; a merge names two of them, one of which is gone. */
export function customerTopics(system: string, reader: Reader<Customer>): TopicReader {
  return {
    topics: [
      'customers/create',
      'customers/update',
      'customers/enable',
      'customers/disable',
      'customers/merge',
      'customers/delete',
      'customer.tags_added',
      'customer.tags_removed',
    ],
    async read(delivery, options = {}) {
      if (delivery.topic.toLowerCase() === 'customers/delete') return [];
      const ids = gidsIn(delivery.body, 'Customer');
      if (ids.length === 0) throw malformed(delivery, system, 'it names no customer');
      const { items, problems } = await reader.read(ids, { operation, ...options });
      const [problem] = problems;
      if (problem) throw problem.error;
      return items.flatMap(eventsOfCustomer);
    },
  };
}

interface StockSettings {
  readonly system: string;
  readonly clock: Clock;
  /** Where alone stock is read. */
  readonly location: string | undefined;
}

/** Deliveries about stock. They say what is available and nothing else, so the whole level is read. */
export function stockTopics(client: ShopifyClient, { system, clock, location }: StockSettings): TopicReader {
  return {
    topics: ['inventory_levels/update', 'inventory_levels/connect', 'inventory_levels/disconnect'],
    async read(delivery, { lane, signal } = {}) {
      const variables = { id: gidIn(delivery, 'InventoryLevel', system) };
      const asOf = new Date(clock.now()).toISOString();
      const { inventoryLevel } = await client.run(levelById, { operation, safety: 'read', lane, signal, variables });
      if (!inventoryLevel || (location !== undefined && inventoryLevel.location.id !== location)) return [];
      const reading = { system, operation, location: inventoryLevel.location.id, asOf };
      const { items, problems } = stockLevels([inventoryLevel], reading);
      const [problem] = problems;
      if (problem) throw problem.error;
      return items.flatMap(eventsOfStock);
    },
  };
}
