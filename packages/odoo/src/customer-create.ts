import type { Address, CustomerDraft, Ref, WriteOptions } from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, type Places } from './address-record.ts';
import type { Domain } from './client.ts';
import { refTo, refused, type Connection } from './connection.ts';
import type { LoadTable } from './external-id.ts';
import { keyText, kinshipOf, markOf, markText, type Mark } from './mark.ts';
import { placesOf } from './places.ts';
import { markedPartnerRow, type MarkedPartnerWire } from './wire/partner.ts';

/**
 * Makes the customer. The external id comes from the account number, so Odoo itself lets one customer of it be, whoever
 * asks at the same moment; a customer without one has the external id of the key. Another key gets the customer that was
 * made of the very same content, and `record.duplicate` for any other with this account number.
 */
export async function createCustomer(
  connection: Connection,
  draft: CustomerDraft,
  options: WriteOptions,
): Promise<Ref<'customer'>> {
  const { client, externalIds } = connection;
  const { accountNumber } = draft;
  const mark = await markOf(options.idempotencyKey, draft);
  const externalId = accountNumber
    ? externalIds.of('account', accountNumber)
    : externalIds.of('customer', options.idempotencyKey);
  const id =
    (await externalIds.resolve(externalId, 'res.partner', options)) ??
    (await findOther(connection, accountNumber, mark, options)) ??
    (await makeCustomer(connection, draft, { externalId, mark }, options));
  const [made] = await client.read('res.partner', [id], markedPartnerRow, options);
  if (!made) throw gone(connection, id);
  const kinship = kinshipOf(made.comment, mark);
  // Without an account number the external id is the key's own, so it is ours even if somebody rewrote the notes.
  const ours = kinship === 'own' || kinship === 'twin' || (kinship === 'other' && !accountNumber);
  if (ours) return refTo(connection, 'customer', id);
  throw kinship === 'edited' ? reused(connection, made) : double(connection, made);
}

async function makeCustomer(
  connection: Connection,
  draft: CustomerDraft,
  identity: { readonly externalId: string; readonly mark: Mark },
  options: WriteOptions,
): Promise<number> {
  const addresses = [...(draft.billingAddress ? [draft.billingAddress] : []), ...draft.shippingAddresses];
  const places = await placesOf(connection, addresses, options);
  const table = customerTable(draft, addresses, places, identity);
  return connection.externalIds.make(identity.externalId, 'res.partner', table, options);
}

/** A customer with this account number that has another external id or none, or one that this key made of another. */
async function findOther(
  { client }: Connection,
  accountNumber: string | undefined,
  mark: Mark,
  options: WriteOptions,
): Promise<number | undefined> {
  const made = ['comment', 'like', keyText(mark.key)] as const;
  const domain: Domain = [
    ['parent_id', '=', false],
    ...(accountNumber ? (['|', ['ref', '=', accountNumber], made] as const) : [made]),
  ];
  const found = await client.searchRead('res.partner', markedPartnerRow, { domain, order: 'id' }, options);
  const [first] = found;
  return (found.find(({ comment }) => kinshipOf(comment, mark) === 'edited') ?? first)?.id;
}

function gone({ settings }: Connection, id: number) {
  return refused(settings, 'record.missing', 'customers.create', {
    message: `The customer was not taken over from "${settings.name}": its record "${id}" is there no more. See who deleted or merged it, then replay.`,
  });
}

function reused(connection: Connection, { id }: MarkedPartnerWire) {
  return refused(connection.settings, 'key.reused', 'customers.create', {
    message: `The customer was not created in "${connection.settings.name}": its key made the partner "${id}" there, of another content. Use a key of its own for each customer; the partner stays as it is.`,
    refs: [refTo(connection, 'customer', id)],
  });
}

function double(connection: Connection, { id }: MarkedPartnerWire) {
  return refused(connection.settings, 'record.duplicate', 'customers.create', {
    message: `The customer was not created in "${connection.settings.name}": the partner "${id}" there has the account number already, from elsewhere or with another content. Link it, or give one of them another number, then replay.`,
    refs: [refTo(connection, 'customer', id)],
  });
}

const ownColumns = ['id', 'name', 'email', 'phone', 'ref', 'vat', 'is_company', 'company_name', 'comment'];
const childColumns = ['id', 'type', ...addressColumns].map((column) => `child_ids/${column}`);
/** The customer's own address has no name or contact of its own: those are the customer's. */
const placeColumns = ['street', 'street2', 'city', 'zip', 'country_id/.id', 'state_id/.id'];

/** One row for the customer with the billing address, one more for each delivery address. */
export function customerTable(
  draft: CustomerDraft,
  addresses: readonly Address[],
  places: readonly Places[],
  { externalId, mark }: { readonly externalId: string; readonly mark: Mark },
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
    `<p>${markText(mark)}</p>`,
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
