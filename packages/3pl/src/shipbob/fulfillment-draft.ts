import { CommerceError, type ErrorCode, type FulfillmentDraft } from '@crossdock/core';
import type { ShipBobSettings } from './options.ts';
import { contentOf } from './own-order.ts';
import { lineNumbersOf, tagsOf } from './order-tags.ts';

/** The request for a new order. Refuses what ShipBob would refuse, or would keep so that we cannot find it again. */
export async function fromDraft(draft: FulfillmentDraft, key: string, settings: ShipBobSettings) {
  const { shipTo } = draft;
  const refuse = refuserOf(draft, settings.system);
  // At most 300; the lookup takes a list with commas. developer.shipbob.com, API 2026-01, read 2026-11-23.
  if (draft.number.length > 300) refuse('record.invalid', 'its number has more than 300 characters', 'Shorten it.');
  if (draft.number.includes(',')) {
    refuse('record.invalid', 'its number has a comma in it, and could not be looked up there', 'Use another number.');
  }
  const [address1, ...more] = shipTo.lines;
  const name = shipTo.name ?? shipTo.company ?? refuse('address.invalid', 'nobody is named to receive it');
  const numbers = lineNumbersOf(draft.lines);
  const body = {
    reference_id: draft.number,
    shipping_method: draft.service,
    type: settings.orderType,
    purchase_date: draft.placedAt,
    recipient: {
      name,
      email: shipTo.email,
      phone_number: shipTo.phone,
      address: {
        address1: address1 ?? refuse('address.invalid', 'its address has no line'),
        // ShipBob has two lines.
        address2: more.length > 0 ? more.join(', ') : undefined,
        company_name: shipTo.company,
        city: shipTo.city ?? refuse('address.invalid', 'its address has no city'),
        state: shipTo.subdivision,
        country: shipTo.countryCode,
        zip_code: shipTo.postalCode,
      },
    },
    products: draft.lines.map(({ sku, title, quantity }, index) => {
      if (!Number.isInteger(quantity) || quantity < 1) {
        refuse('record.invalid', `"${quantity}" of SKU "${sku}" is no whole number above 0`, 'Correct the quantity.');
      }
      return { reference_id: sku, name: title, quantity, external_line_id: numbers[index] };
    }),
    location_id: draft.location === undefined ? undefined : locationOf(draft.location.id, refuse),
  };
  const content = await contentOf(body);
  return { draft, key, content, body: { ...body, tags: tagsOf(draft, key, content) } };
}

type Refuse = (code: ErrorCode, seen: string, next?: string) => never;

function refuserOf(draft: FulfillmentDraft, system: string): Refuse {
  return (code, seen, next = 'Complete the address, then replay.') => {
    throw new CommerceError({
      code,
      system,
      operation: 'fulfillments.request',
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" was not requested at "${system}": ${seen}. ${next}`,
    });
  };
}

function locationOf(id: string, refuse: Refuse): number {
  return /^\d{1,15}$/.test(id)
    ? Number(id)
    : refuse('record.invalid', `location "${id}" is no number, as ShipBob's are`, 'Choose a location of this system.');
}
