import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { crashWorld } from '@crossdock/testing/crash';
import { inPostgres } from './postgres.ts';
import { connect } from './program.ts';
import { whatStands } from './state.ts';

function fileOf(place: string): string {
  return join(tmpdir(), `crossdock-${place}.sqlite`);
}

/** An order comes in, the warehouse ships it, and the buyer is told: crashed at every point by "npm run crash". */
export default crashWorld({
  module: import.meta.url,
  // The fakes stand outside of the process that is killed, which need not load them.
  platforms: async (clock) => (await import('./platforms.ts')).openPlatforms(clock),
  integration: connect,
  stores: {
    memory: { live: 'in-process', make: (clock) => memoryStores({ clock }) },
    sqlite: {
      live: 'at-place',
      open: (place, clock) => sqliteStores({ file: fileOf(place), clock }),
      remove(place) {
        for (const end of ['', '-wal', '-shm']) rmSync(`${fileOf(place)}${end}`, { force: true });
      },
    },
    postgres: inPostgres,
  },
  polls: [
    { system: 'shopify', operation: 'orders.pull' },
    { system: 'shipbob', operation: 'shipments.pull' },
  ],
  isRead: (request) => /\/(search_read|read|fields_get|check_object_reference|version_info)$/.test(request),
  state: whatStands,
  story: [
    {
      what: 'an order is placed',
      happens({ shopify }) {
        const jane = { firstName: 'Jane', lastName: 'Roe' };
        shopify.state.placeOrder({
          number: 1042,
          email: 'jane@example.com',
          customer: { ...jane, email: 'jane@example.com' },
          lines: [
            { sku: 'TEE-RED-M', title: 'T-shirt', quantity: 2, unitPrice: '19.50' },
            { sku: 'CAP-BLUE', title: 'Cap', quantity: 1, unitPrice: '12.00' },
          ],
          shippingAddress: { ...jane, address1: '12 Elm Street', city: 'Dublin', zip: 'D02 X285', countryCode: 'IE' },
        });
      },
    },
    {
      what: 'the warehouse ships it',
      afterMs: 3_600_000,
      happens({ shipbob }) {
        for (const { reference } of shipbob.state.orders) shipbob.state.ship(reference);
      },
    },
  ],
});
