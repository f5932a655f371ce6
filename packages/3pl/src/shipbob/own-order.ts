import { CommerceError, fingerprint, type FulfillmentDraft } from '@crossdock/core';
import { fulfillmentRef } from './fulfillment-record.ts';
import { notesOf } from './order-tags.ts';
import type { WireOrder } from './wire/order.ts';

/** What an order asks for, in the body of a new one and in an answer alike. */
export type Asked = Pick<WireOrder, 'recipient' | 'products' | 'shipping_method'>;

/** A request on its way: what is asked for, and by what its order is known again. */
export interface OwnRequest {
  readonly draft: FulfillmentDraft;
  /** The stable form of the idempotency key. */
  readonly key: string;
  /** The fingerprint of what is asked for. It is kept with the order, where people and carriers correct addresses. */
  readonly content: string;
  readonly body: Asked & { readonly reference_id: string };
}

export function contentOf(asked: Asked): Promise<string> {
  return fingerprint([recipientOf(asked), serviceOf(asked), goodsOf(asked)]);
}

/**
 * The order that was found under our number, if this request made it: for the same order of ours, with the same goods,
 * recipient and service. Two shops may count alike, so the number alone says nothing. Throws `key.reused` where this key
 * made it for something else, and `record.duplicate` where it is not ours.
 */
export function ownOrder(found: WireOrder, request: OwnRequest, system: string): WireOrder {
  const { draft, key } = request;
  const isOurKey = notesOf(found).key === key;
  const differences = differencesOf(found, request);
  if (differences.length === 0) return found;
  throw new CommerceError({
    code: isOurKey ? 'key.reused' : 'record.duplicate',
    system,
    operation: 'fulfillments.request',
    refs: [draft.order, fulfillmentRef(found, system)],
    message: `Fulfillment "${draft.number}" was not requested at "${system}": order "${found.id}" has this reference there, and it ${differences.join(', ')}. Compare the two; cancel that one or use another number.`,
  });
}

function differencesOf(found: WireOrder, { draft, key, content, body }: OwnRequest): readonly string[] {
  const notes = notesOf(found);
  const differences: string[] = [];
  if (notes.order === undefined) {
    if (notes.key !== key) differences.push('names no order of ours');
  } else if (notes.order.system !== draft.order.system || notes.order.id !== draft.order.id) {
    differences.push('belongs to another order');
  }
  if (notes.content === content) return differences;
  if (!isSame(recipientOf(found), recipientOf(body))) differences.push('goes to another recipient');
  if (!isSame(goodsOf(found), goodsOf(body))) differences.push('has other goods');
  if (!isSame(serviceOf(found), serviceOf(body))) differences.push('has another service');
  return differences;
}

/** Who gets it, and where. How the person is called or written to may change without another parcel. */
function recipientOf({ recipient }: Asked): readonly string[] {
  const { address } = recipient ?? {};
  return [
    recipient?.name,
    address?.company_name,
    address?.address1,
    address?.address2,
    address?.city,
    address?.state,
    address?.zip_code,
    address?.country,
  ].map(plain);
}

function serviceOf({ shipping_method: service }: Asked): string {
  return plain(service);
}

/** The quantity of every SKU. */
function goodsOf({ products }: Asked): readonly (readonly [sku: string, quantity: number])[] {
  const sums = new Map<string, number>();
  for (const { reference_id: reference, sku, quantity } of products ?? []) {
    const name = reference ?? sku ?? '';
    sums.set(name, (sums.get(name) ?? 0) + quantity);
  }
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Case and blanks are the same to a carrier. */
function plain(text: string | null | undefined): string {
  return (text ?? '').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
