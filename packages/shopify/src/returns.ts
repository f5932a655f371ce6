import type { Page, PortCatalogue, ReadOptions, Ref, Return, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { locations } from './inventory-location.ts';
import type { ShopifySettings } from './options.ts';
import { changesOfOrders } from './order-changes.ts';
import { isIdOf } from './order-id.ts';
import { returnConfirming } from './return-confirm.ts';
import { returnCreating } from './return-create.ts';
import type { ReturnReader } from './return-read.ts';

/** Goods that buyers send back. */
export function returnsPort(
  client: ShopifyClient,
  reader: ReturnReader,
  settings: ShopifySettings,
): Pick<PortCatalogue['returns'], 'pull' | 'get' | 'create' | 'confirm'> {
  const { system } = settings;
  const once = { ...settings, client };
  return {
    /** A return changes its order: all returns of every order that changed. */
    pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Return>> {
      const operation = 'returns.pull';
      return changesOfOrders(client, settings, operation, since, options, (ids) =>
        reader.ofOrders(ids, operation, options),
      );
    },
    async get(ref: Ref<'return'>, options: ReadOptions = {}): Promise<Return | undefined> {
      if (!isIdOf('Return', ref, system)) return undefined;
      const { items, problems } = await reader.byId([ref.id], 'returns.get', options);
      const [problem] = problems ?? [];
      if (problem) throw problem.error;
      return items[0];
    },
    create: returnCreating(once),
    confirm: returnConfirming(reader, locations(client, settings), once),
  };
}
