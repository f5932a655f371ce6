import type { CustomerIdentity, Ref } from '@crossdock/core';
import { aCustomer } from '@crossdock/testing';
import type { Toy, ToyState } from '../toy/state.ts';
import type { ToyConnector } from '../toy/connector.ts';
import { withPort, type Break, type Breaks } from './flaw.ts';

type Choice = NonNullable<Break['connector']>;
type Get = ToyConnector['customers']['get'];

/** The connector that finds customers in another way. */
function finding(change: (get: Get, state: ToyState) => Get): Choice {
  return (sound, { state }) =>
    withPort(sound, 'customers', { get: change((...given) => sound.customers.get(...given), state) });
}

/** Whoever passes a test of the connector's own, where the platform knows nobody. */
function guessing(isMeant: (customer: Toy, identity: CustomerIdentity) => boolean): Choice {
  return finding((get, { tables }) => async (identity) => {
    const found = await get(identity);
    if (found.length > 0) return found;
    const all = [...(tables['customers']?.values() ?? [])];
    return all.filter((customer) => isMeant(customer, identity)).map(({ id }) => aCustomer({ ref: refOf(id) }));
  });
}

const isBlank = (text = '') => text.trim() === '';

function refOf(id: string): Ref<'customer'> {
  return { system: 'toy', kind: 'customer', id };
}

export const customerBreaks: Breaks = {
  'customers.get/an-unknown-identity-is-nobodys': {
    says: /a number that nobody has found "000001", and it is the identity of nobody/,
    // A number that looks like it.
    connector: guessing(
      ({ account = '' }, { email, accountNumber = '' }) =>
        isBlank(email) && account.replaceAll(/\d/g, '0') === accountNumber.replaceAll(/\d/g, '0'),
    ),
  },
  'customers.get/gives-everybody-that-matches': {
    says: /found "000001", and it is the identity of "000001", "000003"/,
    connector: finding((get) => async (identity) => (await get(identity)).slice(0, 1)),
  },
  'customers.get/compares-an-address-without-case': {
    says: /an address in capitals found nobody/,
    connector: finding((get, { tables }) => async (identity) => {
      const { email } = identity;
      const isSpeltSo = (id: string) => tables['customers']?.get(id)?.email === email;
      return (await get(identity)).filter(({ ref }) => email === undefined || isSpeltSo(ref.id));
    }),
  },
  'customers.get/every-given-part-has-to-match': {
    says: /a number of another found "000001"/,
    connector: finding((get) => (identity) => get(identity.email ? { email: identity.email } : identity)),
  },
  'customers.get/guesses-nobody-by-a-part': {
    says: /the address "ada" found "000001"/,
    connector: guessing(
      ({ email = '' }, identity) =>
        isBlank(identity.accountNumber) && !isBlank(identity.email) && email.includes(identity.email ?? ''),
    ),
  },
  'customers.get/no-identity-is-nobodys': {
    says: /by nothing found "000001"/,
    connector: guessing((_customer, { email, accountNumber }) => isBlank(email) && isBlank(accountNumber)),
  },
};
