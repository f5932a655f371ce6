import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { ConformanceOptions, Scenery } from '@crossdock/testing/conformance';
import type { woocommerce } from '../../src/index.ts';
import { wooKey } from '@crossdock/testing';

type Shop = FakePlatform<WooCommerceState>;

/** The key of the meta that the connectors of these tests read account numbers from. */
export const accountNumberMeta = 'account_number';

const emailOf = (number: number) => `buyer-${number}@example.test`;
const refTo = (id: number) => ({ system: 'woocommerce', kind: 'customer', id: String(id) }) as const;

/** Who has an account in the shop. */
export const customerScenery: Pick<
  Scenery<WooCommerceState>,
  'customers.pull' | 'customers.get' | 'customers.create'
> = {
  'customers.pull': {
    async seed({ state, clock }: Shop, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        const { id } = state.addCustomer({ email: emailOf(state.customers.length), firstName: 'Ada' });
        refs.push(refTo(id));
        await clock.advance(1000);
      }
      return refs;
    },
    async touch(platform, { id }) {
      const response = await platform.fetch(`https://shop.example/wp-json/wc/v3/customers/${id}`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`,
        },
        body: JSON.stringify({ billing: { city: 'Berlin' } }),
      });
      if (!response.ok) throw new Error(`The customer was not changed: ${response.status}.`);
    },
  },
  'customers.get': {
    seed: ({ state }, { email, accountNumber }) =>
      refTo(state.addCustomer({ email, meta: [{ key: accountNumberMeta, value: accountNumber }] }).id),
  },
  'customers.create': {
    draft: (_platform, number) => ({
      name: `Ada Byron ${number}`,
      email: emailOf(number),
      accountNumber: `A-${number}`,
      billingAddress: { lines: ['Elmstr. 12'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
      shippingAddresses: [],
    }),
    created: ({ state }) => state.customers.map(({ id }) => String(id)),
  },
};

/** What cannot hold of them in WooCommerce. */
export const customerExempt: ConformanceOptions<ReturnType<typeof woocommerce>, WooCommerceState>['exempt'] = {
  'customers.get/gives-everybody-that-matches': {
    because: 'WordPress gives an e-mail address to one account: no two customers can share it',
    source: 'recorded on WooCommerce 10.0.2 (registration-error-email-exists), 2026-11-23',
  },
};
