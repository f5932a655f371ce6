import type { Offers } from '@crossdock/core';
import { expectTypeOf, test } from 'vitest';
import { amazon } from '../src/index.ts';

const credentials = { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' };
const seller = { region: 'eu', marketplaceId: 'A1F83G8C2ARO7P', sellerId: 'A2EXAMPLE123' } as const;
const application = { name: 'Acme Hub', version: '1.2' };
const store = amazon({ ...seller, ...credentials, application });

test('a store offers what it does, and nothing else', () => {
  expectTypeOf(store).toExtend<Offers<'orders.pull' | 'orders.get' | 'shipments.confirm'>>();
  expectTypeOf(store).toExtend<Offers<'inventory.get' | 'inventory.push' | 'prices.push'>>();
  expectTypeOf(store).toExtend<Offers<'notifications.read' | 'notifications.decode'>>();
  // @ts-expect-error Amazon takes a seller's cancellation by XML feed only.
  expectTypeOf(store).toExtend<Offers<'orders.cancel'>>();
  // @ts-expect-error Amazon calls nobody: it writes into a queue.
  expectTypeOf(store).toExtend<Offers<'webhooks.verify'>>();
});

test('a store is named, signed in to, and told who calls', () => {
  expectTypeOf(amazon).toBeCallableWith({ ...seller, ...credentials, application });
  // @ts-expect-error There are three regions, and no fourth.
  expectTypeOf(amazon).toBeCallableWith({ ...seller, ...credentials, application, region: 'us' });
  // @ts-expect-error Amazon refuses calls of nobody.
  expectTypeOf(amazon).toBeCallableWith({ ...seller, ...credentials });
});
