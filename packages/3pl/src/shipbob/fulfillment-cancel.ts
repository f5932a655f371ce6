import {
  CommerceError,
  isCommerceError,
  type CancelOutcome,
  type HttpClient,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import { requests } from './client.ts';
import type { ShipBobSettings } from './options.ts';
import { isOrderId, type OrderReader } from './order-read.ts';
import { cancelAnswerSchema, type WireCancelAnswer } from './wire/cancel.ts';
import type { WireOrder } from './wire/order.ts';

/** Codes with which ShipBob may say that it is too late: what happened is then read from the order. */
const doubtful: ReadonlySet<string> = new Set([
  'write.uncertain',
  'cancel.refused',
  'record.rejected',
  'request.rejected',
  'platform.conflict',
]);

/**
 * Cancels an order, and answers from what the order is afterwards: an answer with status 200 may say that nothing was
 * canceled, and a repeat of a cancellation that worked says so too.
 */
export function cancellation(
  client: HttpClient,
  orders: OrderReader,
  { system }: ShipBobSettings,
): (ref: Ref<'fulfillment'>, options: WriteOptions) => Promise<CancelOutcome> {
  const operation = 'fulfillments.cancel';
  return async (ref, options) => {
    if (ref.system !== system || !isOrderId(ref.id)) throw missing(ref.id);
    let answer: WireCancelAnswer | undefined;
    let failure: CommerceError | undefined;
    try {
      const { data } = await client.send({
        operation,
        method: 'POST',
        path: `order/${ref.id}:cancel`,
        // What is canceled stays canceled.
        safety: 'repeatable',
        bucket: requests,
        lane: options.lane,
        signal: options.signal,
        answer: cancelAnswerSchema,
      });
      answer = data;
    } catch (error) {
      if (isCommerceError(error, 'record.missing')) throw missing(ref.id);
      if (!isCommerceError(error) || !doubtful.has(error.code)) throw error;
      failure = error;
    }
    if (answer?.status === 'Success') return { outcome: 'canceled' };
    return read(ref.id, answer, failure, options);
  };

  async function read(
    id: string,
    answer: WireCancelAnswer | undefined,
    failure: CommerceError | undefined,
    options: WriteOptions,
  ): Promise<CancelOutcome> {
    let order: WireOrder | undefined;
    try {
      order = await orders.byId(operation, id, options);
    } catch (error) {
      throw failure ?? error;
    }
    if (!order) throw missing(id);
    const outcome = outcomeOf(order, answer);
    // Nobody knows whether the request is still on its way: only what is done already is certain.
    if (failure?.code === 'write.uncertain' && outcome.outcome !== 'canceled') throw failure;
    return outcome;
  }

  function missing(id: string): CommerceError {
    return new CommerceError({
      code: 'record.missing',
      system,
      operation,
      message: `Fulfillment "${id}" was not canceled: "${system}" has no such order. Check where the order was sent.`,
    });
  }
}

function outcomeOf(order: WireOrder, answer: WireCancelAnswer | undefined): CancelOutcome {
  const shipments = order.shipments ?? [];
  const remaining = shipments.filter(({ status }) => status !== 'Cancelled');
  if (order.status === 'Cancelled' || (shipments.length > 0 && remaining.length === 0)) return { outcome: 'canceled' };
  const reason = reasonOf(order, answer, remaining);
  if (remaining.length === shipments.length) return { outcome: 'refused', reason };
  return { outcome: 'partial', remaining: remaining.map(({ id }) => String(id)), reason };
}

/** ShipBob's reasons, shipment by shipment; where it gives none, what the shipments are. */
function reasonOf(
  order: WireOrder,
  answer: WireCancelAnswer | undefined,
  remaining: NonNullable<WireOrder['shipments']>,
): string {
  const said = (answer?.canceled_shipment_results ?? []).flatMap(({ is_success: ok, shipment_id: id, reason }) =>
    ok !== true && reason ? [`Shipment "${id ?? ''}": ${reason}`] : [],
  );
  if (said.length > 0) return said.join('; ');
  const seen = remaining.map(({ id, status }) => `shipment "${id}" is "${status}"`);
  return seen.length > 0 ? `${seen.join(', ')}.` : `The order is "${order.status}".`;
}
