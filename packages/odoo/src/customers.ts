import type { Customer, CustomerDraft, CustomerIdentity, ReadOptions, Ref, WriteOptions } from '@crossdock/core';
import { toAddress } from './address-record.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { createCustomer } from './customer-create.ts';
import { countryCodes } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';
import { toMoment } from './wire/value.ts';

/** Customers: partners that belong to no other partner. Their further addresses are partners below them. */
export function customersPort(connection: Connection) {
  return {
    /** An identity without any part is nobody's; a blank part is none, and would mean whoever has no such field. */
    async get(identity: CustomerIdentity, options?: ReadOptions): Promise<readonly Customer[]> {
      const email = identity.email?.trim();
      const accountNumber = identity.accountNumber?.trim();
      if (!email && !accountNumber) return [];
      const domain: Domain = [
        ['parent_id', '=', false],
        ...(accountNumber ? [['ref', '=', accountNumber] as const] : []),
        ...(email ? [['email_normalized', '=', email.toLowerCase()] as const] : []),
      ];
      const { client } = connection;
      const customers = await client.searchRead('res.partner', partnerRow, { domain, order: 'id' }, options);
      if (customers.length === 0) return [];
      const below: Domain = [['parent_id', 'in', customers.map(({ id }) => id)]];
      const children = await client.searchRead('res.partner', partnerRow, { domain: below, order: 'id' }, options);
      const countries = await countryCodes(connection, [...customers, ...children], options);
      return customers.map((customer) => {
        const own = children.filter((child) => child.parent_id?.id === customer.id);
        return toCustomer(refTo(connection, 'customer', customer.id), customer, own, countries);
      });
    },

    create: (draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>> =>
      createCustomer(connection, draft, options),
  };
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
    ...(partner.email ? { email: partner.email } : {}),
    ...(partner.phone ? { phone: partner.phone } : {}),
    ...(partner.ref ? { accountNumber: partner.ref } : {}),
    ...(partner.vat ? { taxId: partner.vat } : {}),
    ...(billingAddress ? { billingAddress } : {}),
    shippingAddresses,
    updatedAt: toMoment(partner.write_date),
  };
}
