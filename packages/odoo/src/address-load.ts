import { isCommerceError, type WriteOptions } from '@crossdock/core';
import { ensureAddress, unchanged, type NewAddress } from './addresses.ts';
import { loadAll, type Loaded } from './bulk-load.ts';
import type { Connection } from './connection.ts';

/**
 * The partners of many addresses, by external id: one call makes what is not there, one more looks whether the others
 * still are what they were made as. Each that a person has changed since is seen to alone.
 */
export async function loadAddresses(
  connection: Connection,
  addresses: readonly NewAddress[],
  options: WriteOptions,
): Promise<Loaded> {
  const wishes = addresses.map(({ externalId, tableAs }) => ({ externalId, table: tableAs(externalId) }));
  const loaded = new Map(await loadAll(connection, 'res.partner', wishes, options));
  const found = addresses.flatMap((address) => {
    const id = loaded.get(address.externalId);
    return typeof id === 'number' ? [{ id, address }] : [];
  });
  const same = await unchanged(connection, found, options);
  for (const { address } of found) {
    if (same.has(address)) continue;
    try {
      loaded.set(address.externalId, await ensureAddress(connection, address, options));
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      loaded.set(address.externalId, error);
    }
  }
  return loaded;
}
