import type { Customer, ReadOptions, Ref } from '@crossdock/core';
import { toAddress } from './address-record.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { mailboxIn } from './customer-identity.ts';
import { countryCodes } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';
import { toMoment } from './wire/value.ts';

/** Customers with the addresses below them. */
export async function withAddresses(
  connection: Connection,
  customers: readonly PartnerWire[],
  options?: ReadOptions,
): Promise<readonly Customer[]> {
  if (customers.length === 0) return [];
  const below: Domain = [['parent_id', 'in', customers.map(({ id }) => id)]];
  const query = { domain: below, order: 'id' };
  const children = await connection.client.searchRead('res.partner', partnerRow, query, options);
  const countries = await countryCodes(connection, [...customers, ...children], options);
  return customers.map((customer) => {
    const own = children.filter((child) => child.parent_id?.id === customer.id);
    return toCustomer(refTo(connection, 'customer', customer.id), customer, own, countries);
  });
}

function toCustomer(
  ref: Ref<'customer'>,
  partner: PartnerWire,
  children: readonly PartnerWire[],
  countries: ReadonlyMap<number, string>,
): Customer {
  const name = partner.name ?? partner.email ?? ref.id;
  const company = partner.company_name ?? (partner.is_company ? name : undefined);
  const invoice = children.find(({ type }) => type === 'invoice');
  const billingAddress = toAddress(invoice ?? partner, countries);
  const shippingAddresses = children
    .filter(({ type }) => type === 'delivery')
    .flatMap((child) => toAddress(child, countries) ?? []);
  return {
    ref,
    name,
    ...(company ? { company } : {}),
    ...(partner.email ? { email: mailboxIn(partner.email) } : {}),
    ...(partner.phone ? { phone: partner.phone } : {}),
    ...(partner.ref ? { accountNumber: partner.ref } : {}),
    ...(partner.vat ? { taxId: partner.vat } : {}),
    ...(billingAddress ? { billingAddress } : {}),
    shippingAddresses,
    updatedAt: toMoment(partner.write_date),
  };
}
