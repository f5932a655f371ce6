import type {
  Address,
  Customer,
  CustomerDraft,
  CustomerIdentity,
  ReadOptions,
  Ref,
  WriteOptions,
} from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, toAddress, type Places } from './address-record.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { countryCodes, placesOf } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';
import { toMoment } from './wire/value.ts';

/** Customers: partners that belong to no other partner. Their further addresses are partners below them. */
export function customersPort(connection: Connection) {
  return {
    /** An identity without any part is nobody's. */
    async get(identity: CustomerIdentity, options?: ReadOptions): Promise<readonly Customer[]> {
      const { email, accountNumber } = identity;
      if (!email && !accountNumber) return [];
      const domain: Domain = [
        ['parent_id', '=', false],
        ...(accountNumber ? [['ref', '=', accountNumber] as const] : []),
        ...(email ? [['email_normalized', '=', email.trim().toLowerCase()] as const] : []),
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

    async create(draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>> {
      const { externalIds } = connection;
      const externalId = externalIds.of('customer', options.idempotencyKey);
      const existing = await externalIds.resolve(externalId, 'res.partner', options);
      if (existing !== undefined) return refTo(connection, 'customer', existing);
      const addresses = [...(draft.billingAddress ? [draft.billingAddress] : []), ...draft.shippingAddresses];
      const places = await placesOf(connection, addresses, options);
      const table = fromDraft(draft, addresses, places, externalId);
      return refTo(connection, 'customer', await externalIds.make(externalId, 'res.partner', table, options));
    },
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

const ownColumns = ['id', 'name', 'email', 'phone', 'ref', 'vat', 'is_company', 'company_name'];
const childColumns = ['id', 'type', ...addressColumns].map((column) => `child_ids/${column}`);
/** The customer's own address has no name or contact of its own: those are the customer's. */
const placeColumns = ['street', 'street2', 'city', 'zip', 'country_id/.id', 'state_id/.id'];

/** One row for the customer with the billing address, one more for each delivery address. */
function fromDraft(
  draft: CustomerDraft,
  addresses: readonly Address[],
  places: readonly Places[],
  externalId: string,
): LoadTable {
  const isCompany = draft.company !== undefined && draft.company === draft.name;
  const filled = addresses.flatMap((address, index) => {
    const place = places[index];
    return place ? [fromAddress(address, place, draft.name)] : [];
  });
  const billing = draft.billingAddress ? filled[0] : undefined;
  const deliveries = draft.billingAddress ? filled.slice(1) : filled;
  const own = [
    externalId,
    draft.name,
    draft.email ?? '',
    draft.phone ?? '',
    draft.accountNumber ?? '',
    draft.taxId ?? '',
    isCompany ? '1' : '0',
    isCompany ? '' : (draft.company ?? ''),
  ];
  const place = billing
    ? [
        billing.street,
        billing.street2,
        billing.city,
        billing.zip,
        String(billing.countryId),
        billing.stateId === undefined ? '' : String(billing.stateId),
      ]
    : placeColumns.map(() => '');
  const first = [...own, ...place];
  if (deliveries.length === 0) return { fields: [...ownColumns, ...placeColumns], rows: [first] };
  const rows = deliveries.map((delivery, index) => [
    ...(index === 0 ? first : first.map(() => '')),
    `${externalId}_a${index + 1}`,
    'delivery',
    ...addressCells(delivery),
  ]);
  return { fields: [...ownColumns, ...placeColumns, ...childColumns], rows };
}
