import { canonicalJson, fingerprint, type Address, type OrderDraft, type ReadOptions } from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, isAddress, type AddressFields } from './address-record.ts';
import type { Domain } from './client.ts';
import { idOf, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { learnPlaces, placeOf } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';

/** The partners that an order names. */
export interface OrderPartners {
  readonly customerId: number;
  readonly invoiceId: number;
  readonly shippingId: number;
}

/** A partner that is an address already, or the table of one that is still to be made under an external id. */
export type PartnerPlan = { readonly id: number } | { readonly externalId: string; readonly table: LoadTable };
export interface PartnersPlan {
  readonly customerId: number;
  readonly invoice: PartnerPlan;
  readonly shipping: PartnerPlan;
}

/**
 * Finds the customer and the partners that are the order's addresses, and adds the addresses that are new. An address's
 * external id is made of its content, so the same address of a customer is kept once, however many orders name it.
 */
export async function orderPartners(
  connection: Connection,
  draft: OrderDraft,
  options?: ReadOptions,
): Promise<OrderPartners> {
  const customerId = idOf(connection, draft.customer);
  const known = await familiesOf(connection, [customerId], options);
  await learnPlaces(connection, addressesOf(draft), options);
  const { invoice, shipping } = await planPartners(connection, draft, customerId, known);
  const ensure = async (plan: PartnerPlan) =>
    'id' in plan ? plan.id : connection.externalIds.ensure(plan.externalId, 'res.partner', () => plan.table, options);
  return { customerId, invoiceId: await ensure(invoice), shippingId: await ensure(shipping) };
}

/** Customers and all partners directly below them. */
export async function familiesOf(
  { client }: Connection,
  customerIds: readonly number[],
  options?: ReadOptions,
): Promise<readonly PartnerWire[]> {
  const domain: Domain = ['|', ['id', 'in', customerIds], ['parent_id', 'in', customerIds]];
  return client.searchRead('res.partner', partnerRow, { domain, order: 'id' }, options);
}

export function addressesOf({
  billingAddress,
  shippingAddress,
}: Pick<OrderDraft, 'billingAddress' | 'shippingAddress'>) {
  return [...(billingAddress ? [billingAddress] : []), ...(shippingAddress ? [shippingAddress] : [])];
}

/** Which partners an order names, from its customer's family and places that were learnt. Raises `customer.missing`. */
export async function planPartners(
  connection: Connection,
  draft: OrderDraft,
  customerId: number,
  family: readonly PartnerWire[],
): Promise<PartnersPlan> {
  const customer = family.find(({ id }) => id === customerId);
  if (!customer) {
    const { settings } = connection;
    throw refused(settings, 'customer.missing', 'orders.create', {
      message: `Order "${draft.number}" was not created in "${settings.name}": the customer "${customerId}" is not there or was archived. Choose the customer, then replay.`,
      refs: [draft.customer, draft.source],
    });
  }
  const own = family.filter(({ id, parent_id }) => id === customerId || parent_id?.id === customerId);
  const fieldsOf = (address: Address | undefined) => address && fromAddress(address, placeOf(connection, address), '');
  const plan = async (fields: AddressFields | undefined, type: 'invoice' | 'delivery') =>
    fields ? planPartner(connection, customer, own, fields, type) : { id: customerId };
  const [billing, delivery] = [fieldsOf(draft.billingAddress), fieldsOf(draft.shippingAddress)];
  const invoice = await plan(billing, 'invoice');
  // Named twice it is kept once, too: an attempt that went on after a crash would find the first and make no second.
  const isSame = billing && delivery && canonicalJson({ ...billing }) === canonicalJson({ ...delivery });
  return { customerId, invoice, shipping: isSame ? invoice : await plan(delivery, 'delivery') };
}

async function planPartner(
  { externalIds }: Connection,
  customer: PartnerWire,
  known: readonly PartnerWire[],
  address: AddressFields,
  type: 'invoice' | 'delivery',
): Promise<PartnerPlan> {
  // Nobody named there: it is the customer's own.
  const fields = { ...address, name: address.name || (customer.name ?? '') };
  const same = known.find((partner) => isAddress(partner, fields));
  if (same) return { id: same.id };
  const cells = addressCells(fields);
  const externalId = externalIds.of('address', `${customer.id}-${type}-${await addressKey(address)}`);
  const table = {
    fields: ['id', 'parent_id/.id', 'type', ...addressColumns],
    rows: [[externalId, String(customer.id), type, ...cells]],
  };
  return { externalId, table };
}

/** What an address's external id says of its content. The customer's name is no part of it. */
export async function addressKey(fields: AddressFields): Promise<string> {
  return (await fingerprint(addressCells(fields))).slice(0, 24);
}
