import {
  halfDone,
  isCommerceError,
  type FulfillmentAnswer,
  type RejectReason,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import {
  acceptCancellationRequest,
  acceptFulfillmentRequest,
  fulfillmentOrderRequest,
  rejectCancellationRequest,
  rejectFulfillmentRequest,
} from './documents/fulfillment-requests.ts';
import { raiseUserErrors } from './errors.ts';
import { isIdOf } from './order-id.ts';
import { refusal, type About } from './record-about.ts';
import type { UserErrors } from './wire/user-error.ts';

const operation = 'fulfillments.answer';
type Answered = 'accepted' | 'rejected' | 'asked' | 'unasked';

/**
 * What a request status says of both questions. Only what was accepted can be asked back, and given back unfinished.
 * shopify.dev, FulfillmentOrderRequestStatus, API 2026-07.
 */
const said: Readonly<Record<string, Readonly<Record<FulfillmentAnswer['to'], Answered>> | undefined>> = {
  UNSUBMITTED: { request: 'unasked', cancellation: 'unasked' },
  SUBMITTED: { request: 'asked', cancellation: 'unasked' },
  ACCEPTED: { request: 'accepted', cancellation: 'unasked' },
  REJECTED: { request: 'rejected', cancellation: 'unasked' },
  CANCELLATION_REQUESTED: { request: 'accepted', cancellation: 'asked' },
  // Nobody asks to ship it any more.
  CANCELLATION_ACCEPTED: { request: 'unasked', cancellation: 'accepted' },
  CANCELLATION_REJECTED: { request: 'accepted', cancellation: 'rejected' },
  CLOSED: { request: 'accepted', cancellation: 'unasked' },
};

/** Nothing of these is to be answered any more. shopify.dev, FulfillmentOrderStatus, API 2026-07. */
const over: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED']);

/** Shopify has more of them; these can be said for certain. shopify.dev, FulfillmentOrderRejectionReason, API 2026-07. */
const reasons = {
  stock: 'INVENTORY_OUT_OF_STOCK',
  address: 'INCORRECT_ADDRESS',
  destination: 'UNDELIVERABLE_DESTINATION',
  sku: 'INVALID_SKU',
  product: 'INELIGIBLE_PRODUCT',
  payment: 'PAYMENT_DECLINED',
  other: 'OTHER',
} as const satisfies Readonly<Record<RejectReason, string>>;

/** Answers, as the fulfillment service, what the merchant asked. Shopify takes one answer to a request. */
export function fulfillmentAnswer(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function answer(
    ref: Ref<'fulfillment'>,
    given: FulfillmentAnswer,
    { lane, signal }: WriteOptions,
  ): Promise<Ref<'fulfillment'>> {
    const what = `The ${given.to} of fulfillment "${ref.id}" of "${system}" was not ${given.accept ? 'accepted' : 'rejected'}`;
    const about: About = { what, system, operation, refs: [ref] };
    const call = { operation, lane, signal } as const;
    if (await isAnswered()) return ref;
    const refused = (await send()) ?? [];
    // Read also where it was not refused: what is answered otherwise at the same moment is one of the two.
    const isSeen = await isAnswered(refused).catch((error: unknown) => {
      // Of what was answered otherwise Shopify took no second answer.
      if (refused.length > 0 || (isCommerceError(error) && error.kind === 'business')) throw error;
      const sent = {
        ...about,
        what: `An answer to fulfillment "${ref.id}" of "${system}" was sent, and is not seen there`,
      };
      throw halfDone(error, { ...sent, next: 'Repeat it with its key: it is looked at first.' });
    });
    if (isSeen) return ref;
    raiseUserErrors(refused, about);
    throw refusal(about, 'write.uncertain', 'Shopify neither refused nor shows the answer', 'Repeat it with its key.');

    /** Throws where it was answered otherwise, nobody asked, or nothing is to be answered any more. */
    async function isAnswered(errors: UserErrors = []): Promise<boolean> {
      const { status, to, isOver } = await statusOf();
      if (to === (given.accept ? 'accepted' : 'rejected')) return true;
      if (isOver) {
        throw refusal(about, 'record.rejected', `it is "${status}", and nobody waits for an answer`, 'Resolve it.');
      }
      if (to === 'asked') return false;
      if (to === 'unasked') {
        // After a send that was refused, Shopify says best why.
        if (errors.length > 0) return false;
        throw refusal(about, 'record.rejected', `nobody asks for it: it is "${status}"`, 'See what became of it.');
      }
      throw refusal(about, 'record.rejected', `it is "${status}" already`, 'Settle it with the merchant.');
    }

    async function statusOf(): Promise<{ readonly status: string; readonly to: Answered; readonly isOver: boolean }> {
      const reading = { ...call, safety: 'read', variables: { id: ref.id } } as const;
      const found = isIdOf('FulfillmentOrder', ref, system)
        ? (await client.run(fulfillmentOrderRequest, reading)).fulfillmentOrder
        : null;
      if (!found) {
        throw refusal(about, 'record.missing', 'there is no such fulfillment order', 'Check the link to it.');
      }
      const { requestStatus: status } = found;
      const words = said[status];
      const isOver = over.has(found.status);
      if (words) return { status: isOver ? `${found.status}/${status}` : status, to: words[given.to], isOver };
      const next = 'Decide what it means, map it, then replay.';
      throw refusal(about, 'status.unmapped', `"${status}" as its request status is in no map`, next);
    }

    async function send(): Promise<UserErrors | undefined> {
      const { to, accept, message, shipsAt, reason = 'other' } = given;
      // Shopify refuses an answer to what is answered.
      const writing = { ...call, safety: 'repeatable' } as const;
      const variables = { id: ref.id, message: message ?? null };
      if (to === 'request' && accept) {
        const sent = { ...writing, variables: { ...variables, shipsAt: shipsAt ?? null } };
        return (await client.run(acceptFulfillmentRequest, sent)).fulfillmentOrderAcceptFulfillmentRequest?.userErrors;
      }
      if (to === 'request') {
        const sent = { ...writing, variables: { ...variables, reason: reasons[reason] } };
        return (await client.run(rejectFulfillmentRequest, sent)).fulfillmentOrderRejectFulfillmentRequest?.userErrors;
      }
      const sent = { ...writing, variables };
      if (accept) {
        const { fulfillmentOrderAcceptCancellationRequest: payload } = await client.run(
          acceptCancellationRequest,
          sent,
        );
        return payload?.userErrors;
      }
      const { fulfillmentOrderRejectCancellationRequest: payload } = await client.run(rejectCancellationRequest, sent);
      return payload?.userErrors;
    }
  };
}
