import type { Address, CustomerDraft } from '@crossdock/core';
import { addressCells, addressColumns, fromAddress, type Places } from './address-record.ts';
import type { LoadTable } from './external-id.ts';
import { markText, type Mark } from './mark.ts';

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
    draft.email?.trim() ?? '',
    draft.phone ?? '',
    draft.accountNumber?.trim() ?? '',
    draft.taxId?.trim() ?? '',
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

const ownColumns = ['id', 'name', 'email', 'phone', 'ref', 'vat', 'is_company', 'company_name', 'comment'];
const childColumns = ['id', 'type', ...addressColumns].map((column) => `child_ids/${column}`);
/** The customer's own address has no name or contact of its own: those are the customer's. */
const placeColumns = ['street', 'street2', 'city', 'zip', 'country_id/.id', 'state_id/.id'];
