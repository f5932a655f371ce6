import { canonicalJson, fingerprint, type Address, type OrderDraft, type ReadOptions } from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, isAddress, type AddressFields } from './address-record.ts';
import type { Domain } from './client.ts';
import { idOf, refused, type Connection } from './connection.ts';
import { placesOf } from './places.ts';
import { partnerRow, type PartnerWire } from './wire/partner.ts';

/** The partners that an order names. */
export interface OrderPartners {
  readonly customerId: number;
  readonly invoiceId: number;
  readonly shippingId: number;
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
  const domain: Domain = ['|', ['id', '=', customerId], ['parent_id', '=', customerId]];
  const known = await connection.client.searchRead('res.partner', partnerRow, { domain, order: 'id' }, options);
  const customer = known.find(({ id }) => id === customerId);
  if (!customer) {
    const { settings } = connection;
    throw refused(settings, 'customer.missing', 'orders.create', {
      message: `Order "${draft.number}" was not created in "${settings.name}": the customer "${customerId}" is not there or was archived. Choose the customer, then replay.`,
      refs: [draft.customer, draft.source],
    });
  }
  const { billingAddress: billing, shippingAddress: shipping } = draft;
  const wanted = [...(billing ? [billing] : []), ...(shipping ? [shipping] : [])];
  const places = await placesOf(connection, wanted, options);
  const fieldsOf = (address: Address | undefined) => {
    const place = address && places[wanted.indexOf(address)];
    return place && fromAddress(address, place, customer.name ?? '');
  };
  const find = async (fields: AddressFields | undefined, type: 'invoice' | 'delivery') =>
    fields ? partnerFor(connection, customer, known, fields, type, options) : customerId;
  const [invoice, delivery] = [fieldsOf(billing), fieldsOf(shipping)];
  const invoiceId = await find(invoice, 'invoice');
  // Named twice it is kept once, too: an attempt that went on after a crash would find the first and make no second.
  const isSame = invoice && delivery && canonicalJson({ ...invoice }) === canonicalJson({ ...delivery });
  return { customerId, invoiceId, shippingId: isSame ? invoiceId : await find(delivery, 'delivery') };
}

async function partnerFor(
  { externalIds }: Connection,
  customer: PartnerWire,
  known: readonly PartnerWire[],
  fields: AddressFields,
  type: 'invoice' | 'delivery',
  options?: ReadOptions,
): Promise<number> {
  const same = known.find((partner) => isAddress(partner, fields));
  if (same) return same.id;
  const cells = addressCells(fields);
  const key = `${customer.id}-${type}-${(await fingerprint(cells)).slice(0, 24)}`;
  const externalId = externalIds.of('address', key);
  const table = () => ({
    fields: ['id', 'parent_id/.id', 'type', ...addressColumns],
    rows: [[externalId, String(customer.id), type, ...cells]],
  });
  return externalIds.ensure(externalId, 'res.partner', table, options);
}
