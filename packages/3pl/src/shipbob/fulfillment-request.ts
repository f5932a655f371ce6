import { CommerceError, isCommerceError, stableUuid } from '@crossdock/core';
import type { FulfillmentDraft, FulfillmentOutcome, HttpClient, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { warehouseIssues } from '../issues.ts';
import { requests } from './client.ts';
import { fromDraft } from './fulfillment-draft.ts';
import { fulfillmentRef } from './fulfillment-record.ts';
import { issuesOf } from './fulfillment-issues.ts';
import type { ShipBobSettings } from './options.ts';
import type { OrderReader } from './order-read.ts';
import { ownOrder, type OwnRequest } from './own-order.ts';
import { orderSchema, type WireOrder } from './wire/order.ts';

/** After these the order may be there. */
const unsettled: ReadonlySet<string> = new Set(['record.duplicate', 'write.uncertain']);
/** How long an order that ShipBob has may be missing in its list. Our assumption: nothing says that the list is at once. */
const listLagMs = 5_000;

/**
 * Asks for an order. A repeat is harmless because ShipBob keeps one order a reference: it refuses a second one, which is
 * then looked up and compared.
 */
export function requesting(
  client: HttpClient,
  orders: OrderReader,
  settings: ShipBobSettings,
): (draft: FulfillmentDraft, options: WriteOptions) => Promise<FulfillmentOutcome> {
  const { system, clock } = settings;
  const operation = 'fulfillments.request';

  /** Sends, and looks the order up when ShipBob has one already or nobody knows. `doubt` is what became of a try before. */
  async function attempt(own: OwnRequest, options: WriteOptions, doubt?: CommerceError): Promise<FulfillmentOutcome> {
    try {
      return outcomeOf(await send(own.body, options), system);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      if (!unsettled.has(error.code)) throw aboutDraft(doubt ? stillInDoubt(doubt, error) : error, own.draft);
      const isRefused = error.code === 'record.duplicate';
      const found = await lookUp(own.draft, doubt ?? error, isRefused, options);
      if (found) return outcomeOf(ownOrder(found, own, system), system);
      if (doubt) throw aboutDraft(stillInDoubt(doubt, error), own.draft);
      if (isRefused) throw saysDuplicate(error) ? listedNowhere(own.draft, error) : refusedOtherwise(own.draft, error);
      // It did not arrive, or is still on its way: its reference lets only one of the two in.
      return attempt(own, options, error);
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

  /**
   * The order with the draft's reference; asked for twice when ShipBob says that it has one. When it cannot be looked up,
   * an uncertain write stays what it was.
   */
  async function lookUp(
    draft: FulfillmentDraft,
    reason: CommerceError,
    isThere: boolean,
    options: WriteOptions,
  ): Promise<WireOrder | undefined> {
    try {
      const found = await orders.byReference(operation, draft.number, options);
      if (found || !isThere) return readable(found, draft);
      await clock.sleep(listLagMs, options.signal);
      return readable(await orders.byReference(operation, draft.number, options), draft);
    } catch (error) {
      if (isCommerceError(error, 'write.uncertain')) throw error;
      const isStopped = options.signal?.aborted ?? false;
      if (reason.code === 'write.uncertain' && (isStopped || isCommerceError(error))) throw aboutDraft(reason, draft);
      throw isStopped && !isCommerceError(error) ? stopped(draft, error) : error;
    }
  }

  function readable(
    found: Awaited<ReturnType<OrderReader['byReference']>>,
    draft: FulfillmentDraft,
  ): WireOrder | undefined {
    if (!found || 'order' in found) return found?.order;
    throw new CommerceError({
      code: 'write.uncertain',
      system,
      operation,
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" may have been requested at "${system}": it lists an order for this reference that cannot be read at ${found.misfit}. Not sent again. Look the order up there, and compare its form with the API version this connector is written for.`,
    });
  }

  function listedNowhere(draft: FulfillmentDraft, cause: unknown): CommerceError {
    return new CommerceError({
      code: 'write.uncertain',
      system,
      operation,
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" may have been requested at "${system}" before: it says that it has an order with this reference (422), and lists none, nor did ${listLagMs} ms later. Look it up there, or replay: one reference makes one order.`,
      cause,
    });
  }

  function refusedOtherwise(draft: FulfillmentDraft, cause: unknown): CommerceError {
    return new CommerceError({
      code: 'record.rejected',
      system,
      operation,
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" was not requested at "${system}": it refused the order (422), and lists none with this reference, nor did ${listLagMs} ms later. Look at the order's data, then replay.`,
      cause,
    });
  }

  function stopped(draft: FulfillmentDraft, cause: unknown): CommerceError {
    return new CommerceError({
      code: 'call.aborted',
      system,
      operation,
      refs: [draft.order],
      message: `Fulfillment "${draft.number}" was not requested at "${system}": its caller stopped it while it looked for an order with this reference. Call it again when it is wanted.`,
      cause,
    });
  }

  return async (draft, options) => {
    const key = await stableUuid(options.idempotencyKey);
    return attempt(await fromDraft(draft, key, settings), options);
  };
}

const duplicateSchema = z.object({ saysDuplicate: z.literal(true) });

function saysDuplicate({ details }: CommerceError): boolean {
  return duplicateSchema.safeParse(details).success;
}

/** What a call ends with whose first try may have arrived. A refusal of the order's own data was true of that one too. */
function stillInDoubt(doubt: CommerceError, last: CommerceError): CommerceError {
  if (last.kind === 'business' && last.code !== 'record.duplicate') return last;
  return new CommerceError({
    code: 'write.uncertain',
    system: doubt.system,
    operation: doubt.operation,
    retryAfterMs: last.retryAfterMs,
    details: { lastEndedAs: last.code },
    message: `"${doubt.system ?? ''}" gave no readable answer to \`fulfillments.request\`, lists no such order, and refused a second try as "${last.code}"; the order may exist. Look it up there, then resolve or replay.`,
    cause: doubt,
  });
}

/** The same error, with the order that it is about. */
function aboutDraft(error: CommerceError, draft: FulfillmentDraft): CommerceError {
  if (error.refs.length > 0) return error;
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
