import { describe, expect, it } from 'vitest';
import { matchCustomer, type Customer } from '@crossdock/core/model';

function customer(id: string, fields: Partial<Customer> = {}): Customer {
  return {
    ref: { system: 'erp', kind: 'customer', id },
    name: `Customer ${id}`,
    shippingAddresses: [],
    updatedAt: '2026-11-23T08:00:00Z',
    ...fields,
  };
}
const acme = customer('1', { accountNumber: 'K-100', email: 'Buying@Acme.example' });
const zenith = customer('2', { accountNumber: 'K-200', email: 'office@zenith.example' });
const walkIn = customer('3', { email: 'jane@home.example' });

describe('matchCustomer', () => {
  it('finds by account number, and says so', () => {
    expect(matchCustomer({ accountNumber: ' k-100 ' }, [acme, zenith])).toEqual({
      kind: 'match',
      customer: acme,
      evidence: ['account-number'],
    });
  });

  it('finds by e-mail address without minding case and blanks', () => {
    expect(matchCustomer({ email: ' JANE@home.example' }, [acme, walkIn])).toEqual({
      kind: 'match',
      customer: walkIn,
      evidence: ['email'],
    });
  });

  it('names both where both agree', () => {
    expect(matchCustomer({ accountNumber: 'K-100', email: 'buying@acme.example' }, [acme])).toMatchObject({
      evidence: ['account-number', 'email'],
    });
  });

  it('lets the account number decide between two with one address', () => {
    const branch = customer('4', { accountNumber: 'K-101', email: acme.email });
    const found = matchCustomer({ accountNumber: 'K-101', email: 'buying@acme.example' }, [acme, branch]);
    expect(found).toMatchObject({ kind: 'match', customer: branch });
  });

  it('lets the address decide between two with one account number', () => {
    const twin = customer('5', { accountNumber: 'K-100' });
    const found = matchCustomer({ accountNumber: 'K-100', email: 'buying@acme.example' }, [twin, acme]);
    expect(found).toMatchObject({ kind: 'match', customer: acme });
  });

  it('chooses nobody when number and address point to different customers', () => {
    expect(matchCustomer({ accountNumber: 'K-100', email: 'office@zenith.example' }, [acme, zenith])).toEqual({
      kind: 'ambiguous',
      candidates: [acme, zenith],
    });
  });

  it('chooses nobody whose own number is another than the buyer says', () => {
    expect(matchCustomer({ accountNumber: 'K-999', email: 'office@zenith.example' }, [zenith])).toEqual({
      kind: 'ambiguous',
      candidates: [zenith],
    });
  });

  it('takes a customer without a number by their address, also when the buyer says one', () => {
    expect(matchCustomer({ accountNumber: 'K-999', email: 'jane@home.example' }, [walkIn])).toMatchObject({
      kind: 'match',
      evidence: ['email'],
    });
  });

  it('chooses nobody among several with one address or one number', () => {
    const twin = customer('6', { email: 'jane@home.example' });
    expect(matchCustomer({ email: 'jane@home.example' }, [walkIn, twin]).kind).toBe('ambiguous');
    const double = customer('7', { accountNumber: 'K-100' });
    expect(matchCustomer({ accountNumber: 'K-100' }, [acme, double]).kind).toBe('ambiguous');
    const both = customer('8', { accountNumber: 'K-100', email: acme.email });
    expect(matchCustomer({ accountNumber: 'K-100', email: 'buying@acme.example' }, [acme, both]).kind).toBe(
      'ambiguous',
    );
  });

  it('does not mind that two searches found the same customer', () => {
    expect(matchCustomer({ email: 'jane@home.example' }, [walkIn, { ...walkIn }]).kind).toBe('match');
  });

  it('finds nobody for a buyer without anything to go by', () => {
    expect(matchCustomer({}, [acme])).toEqual({ kind: 'none' });
    expect(
      matchCustomer({ email: ' ', accountNumber: '' }, [customer('9', { email: '', accountNumber: ' ' })]),
    ).toEqual({
      kind: 'none',
    });
    expect(matchCustomer({ email: 'new@home.example' }, [acme, walkIn])).toEqual({ kind: 'none' });
  });
});
