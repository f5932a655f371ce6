import { CommerceError, isCommerceError, stableUuid } from '@crossdock/core';
import type { FulfillmentDraft, FulfillmentOutcome, HttpClient, PortCatalogue, WriteOptions } from '@crossdock/core';
import { warehouseIssues } from '../issues.ts';
import { cancellation } from './cancellation.ts';
import { requests } from './client.ts';
import { fromDraft } from './draft.ts';
import { fulfillmentRef, toFulfillmentOrder } from './fulfillment-record.ts';
import { issuesOf } from './issues.ts';
import type { ShipBobSettings } from './options.ts';
import type { OrderReader } from './order-reader.ts';
import { ownOrder, type OwnRequest } from './own-order.ts';
import { orderSchema, type WireOrder } from './wire/order.ts';

/** After these the order may be there. */
const unsettled: ReadonlySet<string> = new Set(['record.duplicate', 'write.uncertain']);

/**
 * Orders at the warehouse. A repeat is harmless because ShipBob keeps one order a reference: it refuses a second one,
 * which is then looked up and compared.
 */
export function fulfillments(
  client: HttpClient,
  orders: OrderReader,
  settings: ShipBobSettings,
): PortCatalogue['fulfillments'] {
  const { system } = settings;
  const operation = 'fulfillments.request';

  async function request(draft: FulfillmentDraft, options: WriteOptions): Promise<FulfillmentOutcome> {
    const key = await stableUuid(options.idempotencyKey);
    return attempt(await fromDraft(draft, key, settings), options, 1);
  }

  /** Sends, and looks the order up when ShipBob has one already or nobody knows. */
  async function attempt(own: OwnRequest, options: WriteOptions, repeats: number): Promise<FulfillmentOutcome> {
    const { draft } = own;
    try {
      return outcomeOf(await send(own.body, options), system);
    } catch (error) {
      if (!isCommerceError(error) || !unsettled.has(error.code)) throw aboutDraft(error, draft);
      const found = await lookUp(draft, error, options);
      if (found) return outcomeOf(ownOrder(found, own, system), system);
      if (error.code === 'record.duplicate') throw refusedOtherwise(draft, error);
      if (repeats === 0) throw aboutDraft(error, draft);
      // It did not arrive, or is still on its way: its reference lets only one of the two in.
      return attempt(own, options, repeats - 1);
    }
  }

  async function send(body: unknown, options: WriteOptions): Promise<WireOrder> {
    const { data } = await client.send({
      operation,
      method: 'POST',
      path: 'order',
      json: body,
      // Not repeated by the client: after a lost answer the order is looked up first.
      safety: 'once',
      bucket: requests,
      lane: options.lane,
      signal: options.signal,
      answer: orderSchema,
    });
    return data;
  }

  /** The order with the draft's reference. When it cannot be looked up either, the write stays what it was. */
  async function lookUp(
    draft: FulfillmentDraft,
    reason: CommerceError,
    options: WriteOptions,
  ): Promise<WireOrder | undefined> {
    try {
      return await orders.byReference(operation, draft.number, options);
    } catch (error) {
      if (reason.code === 'write.uncertain' && isCommerceError(error)) throw aboutDraft(reason, draft);
      throw error;
    }
  }

  function refusedOtherwise(draft: FulfillmentDraft, cause: unknown): CommerceError {
    return new CommerceError({
      code: 'record.rejected',
      system,
      operation,
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" was not requested at "${system}": it refused the order (422), and has none with this reference. Look at the order's data, then replay.`,
      cause,
    });
  }

  return {
    request,
    async get(ref, options) {
      if (ref.system !== system) return undefined;
      const order = await orders.byId('fulfillments.get', ref.id, options);
      return order && toFulfillmentOrder(order, system);
    },
    cancel: cancellation(client, orders, settings),
  };
}

/** The same error, with the order that it is about. */
function aboutDraft(error: unknown, draft: FulfillmentDraft): unknown {
  if (!isCommerceError(error) || error.refs.length > 0) return error;
  return new CommerceError({
    code: error.code,
    message: error.code === 'write.uncertain' ? `${error.message} It is order "${draft.number}".` : error.message,
    system: error.system,
    operation: error.operation,
    refs: [draft.order],
    retryAfterMs: error.retryAfterMs,
    details: error.details,
    cause: error.cause,
  });
}

function outcomeOf(order: WireOrder, system: string): FulfillmentOutcome {
  const ref = fulfillmentRef(order, system);
  if (order.status === 'Cancelled') {
    const issue = { code: 'order.canceled', message: warehouseIssues['order.canceled'].message };
    return { ref, state: 'action-required', issues: [issue] };
  }
  const issues = issuesOf(order);
  return { ref, state: issues.length > 0 ? 'action-required' : 'accepted', issues };
}
