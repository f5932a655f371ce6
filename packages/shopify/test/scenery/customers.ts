import type { CustomerDraft } from '@crossdock/core';
import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

/** What stands before an account number in a tag, as the connector is told. */
export const accountNumberTag = 'account:';

/** Customers who are there, change and come. */
export const customerScenery: Pick<Scenery<ShopifyState>, 'customers.pull' | 'customers.get' | 'customers.create'> = {
  'customers.pull': {
    async seed({ state, clock }, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push(refTo(state.addCustomer({ lastName: 'Roe', email: `roe-${clock.now()}@example.test` }).id));
        await clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => void state.touchCustomer(id),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.touchCustomer(id);
        return seenLater(platform, platform.state.unlist(id));
      },
    },
  },
  'customers.get': {
    seed: ({ state }, { email, accountNumber }) =>
      refTo(state.addCustomer({ lastName: 'Roe', email, tags: [`${accountNumberTag}${accountNumber}`, 'vip'] }).id),
  },
  'customers.create': {
    draft: (_platform, number) => newcomer(number),
    created: ({ state }) => state.customers.map(({ id }) => id),
  },
};

function newcomer(number: number): CustomerDraft {
  const address = {
    lines: ['12 Elm Street'],
    city: 'Dayton',
    subdivision: 'OH',
    postalCode: '45402',
    countryCode: 'US',
  };
  return {
    name: `Jane Roe ${number}`,
    email: `Jane.Roe-${number}@example.test`,
    accountNumber: `A-${number}`,
    taxId: `DE${number}`,
    billingAddress: address,
    shippingAddresses: [{ ...address, lines: ['Dock 4', 'Gate B', 'Hall 2'], name: 'Jo Doe' }],
  };
}

function refTo(id: string) {
  return { system: 'shopify', kind: 'customer', id } as const;
}
