import { canonicalJson, fingerprint, type Address, type OrderDraft, type ReadOptions } from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, isAddress, type AddressFields } from './address-record.ts';
import type { Domain } from './client.ts';
import { idOf, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { learnPlaces, placeOf } from './places.ts';
import { addressRow, partnerRow, type PartnerWire } from './wire/partner.ts';

/** The partners that an order names. */
export interface OrderPartners {
  readonly customerId: number;
  readonly invoiceId: number;
  readonly shippingId: number;
}

/** An address that is to stand below its customer, under an external id made of its content. */
export interface NewAddress {
  readonly customerId: number;
  readonly fields: AddressFields;
  readonly externalId: string;
  readonly tableAs: (externalId: string) => LoadTable;
}

/** A partner that is an address already, or one that is still to be made, or found under its external id. */
export type PartnerPlan = { readonly id: number } | NewAddress;
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
  const ensure = async (plan: PartnerPlan) => ('id' in plan ? plan.id : ensureAddress(connection, plan, options));
  return { customerId, invoiceId: await ensure(invoice), shippingId: await ensure(shipping) };
}

/**
 * The partner under an address's external id, made if there is none. A person may have edited the one that is there, put
 * it away or moved it: it stays as it is, and the next external id is taken, where whoever comes at the same moment finds
 * the same one.
 */
export async function ensureAddress(
  connection: Connection,
  address: NewAddress,
  options?: ReadOptions,
): Promise<number> {
  const { externalIds } = connection;
  for (let nth = 1; ; nth++) {
    // No escaped text ends so: the code of a letter has no "v".
    const externalId = nth === 1 ? address.externalId : `${address.externalId}_v${nth}`;
    // Not looked up first: of one that another process makes at this moment Odoo says at times that it may not be seen, by
    // its cache, and that cannot be told from one that was put away. Recorded on Odoo 19.0, 2026-11-26.
    const id = await externalIds.make(externalId, 'res.partner', address.tableAs(externalId), options);
    if ((await unchanged(connection, [{ id, address }], options)).has(address)) return id;
  }
}

/** An address and the partner that its external id stands for. */
export interface FoundAddress {
  readonly id: number;
  readonly address: NewAddress;
}

/** Those among them whose partner still is what it was made as. Two may have one partner, if a person merged theirs. */
export async function unchanged(
  { client }: Connection,
  found: readonly FoundAddress[],
  options?: ReadOptions,
): Promise<ReadonlySet<NewAddress>> {
  if (found.length === 0) return new Set();
  // Looked for and not read: what is archived, or of another company, is left out.
  const domain: Domain = [['id', 'in', [...new Set(found.map(({ id }) => id))]]];
  const partners = await client.searchRead('res.partner', addressRow, { domain, order: 'id' }, options);
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  const same = found.filter(({ id, address }) => {
    const partner = byId.get(id);
    if (partner?.parent_id?.id !== address.customerId) return false;
    // A module may have written it otherwise as it was made, such as the parts of a name in their order.
    return isAddress(partner, address.fields) || partner.create_date === partner.write_date;
  });
  return new Set(same.map(({ address }) => address));
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
  const tableAs = (name: string) => ({
    fields: ['id', 'parent_id/.id', 'type', ...addressColumns],
    rows: [[name, String(customer.id), type, ...cells]],
  });
  return { customerId: customer.id, fields, externalId, tableAs };
}

/** What an address's external id says of its content. The customer's name is no part of it. */
export async function addressKey(fields: AddressFields): Promise<string> {
  return (await fingerprint(addressCells(fields))).slice(0, 24);
}
