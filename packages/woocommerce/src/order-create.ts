import {
  isCommerceError,
  type Clock,
  type OrderDraft,
  type PaymentStatus,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing, isRefusal } from './errors.ts';
import { claimOf, isUntouched, type Claim } from './order-claim.ts';
import { checkDraft } from './order-draft-check.ts';
import { differenceOf } from './order-draft-compare.ts';
import { operation, refusal, type Creating } from './order-draft-refusal.ts';
import { fromDraft, skusOf, soldLines, type SoldLine } from './order-draft.ts';
import { ordersOf, type FoundOrder } from './order-find.ts';
import { markMeta, orderMark, type OrderMark } from './order-mark.ts';
import { parseOrder } from './order-read.ts';
import { writeStatus } from './order-state.ts';
import { productsBySku } from './product-lookup.ts';
import type { turnsByKey } from './turns.ts';

export interface CreateSettings {
  readonly system: string;
  readonly clock: Clock;
  readonly accountNumberMeta: string | undefined;
  readonly unpaidStatus: 'on-hold' | 'processing';
  readonly timeoutMs: number;
}

/** Waits for an order that the shop still writes, or that its list shows late. A shop ended what was aborted in 150 ms. */
const waitsMs = [0, 1000, 2000, 4000];

/**
 * Makes an order in three steps, each of which looks first whether it was taken: `pending`, which takes no goods, compared
 * with the draft, and then its status once. WooCommerce knows no keys and ends what a caller gave up, so the source's
 * reference is looked for before the order is sent, and behind it, whatever became of the answer.
 */
export function orderCreate(client: WooClient, turns: ReturnType<typeof turnsByKey>, settings: CreateSettings) {
  const { system, clock, timeoutMs } = settings;

  return async function create(draft: OrderDraft, options: WriteOptions): Promise<Ref<'order'>> {
    const about: Creating = { system, draft };
    checkDraft(about);
    const mark = await orderMark(draft, options.idempotencyKey);
    return turns.take(mark.reference, { ...options, operation }, () => createOne({ about, mark, options }));
  };

  interface Work {
    readonly about: Creating;
    readonly mark: OrderMark;
    readonly options: WriteOptions;
  }

  async function createOne(work: Work): Promise<Ref<'order'>> {
    const { about, mark, options } = work;
    const [found, products] = await Promise.all([
      ordersOf(client, mark, { operation, options, clock }),
      productsBySku(client, skusOf(about.draft), { operation, options }),
    ]);
    const before = claimOf(about, found, mark);
    // What is done needs no product any more: it may have been deleted since.
    if (before && !isUntouched(before.order)) return told(work, before);
    const sold = soldLines(about, products);
    const claim = before ?? (await make(work, sold));
    if (isUntouched(claim.order)) await confirm(work, claim.order, sold);
    return told(work, claim);
  }

  /** Sends the order once, and finds it again: the only way to know of it when the answer is lost. */
  async function make(work: Work, sold: readonly SoldLine[]): Promise<Claim> {
    const { about, mark, options } = work;
    let id: number | undefined;
    let doubt: unknown;
    try {
      const json = fromDraft(about.draft, sold, mark, settings);
      ({ id } = await client.post('wc/v3/orders', { operation, json, safety: 'once', answer: madeSchema, options }));
    } catch (error) {
      if (isRefusal(error, (word) => word === 'woocommerce_rest_invalid_customer_id')) {
        const seen = `there is no customer "${about.draft.customer.id}" there`;
        throw refusal(about, 'customer.missing', seen, 'Correct the link of the buyer, then replay.', { cause: error });
      }
      if (!isCommerceError(error, 'write.uncertain')) throw error;
      doubt = error;
    }
    for (const waitMs of waitsMs) {
      if (waitMs > 0) await clock.sleep(waitMs, options.signal).catch(() => undefined);
      // Whatever ends the look, the doubt about the write is what has to be told.
      const found = await ordersOf(client, mark, { operation, options, clock }).catch((error: unknown) => {
        throw doubt ?? unseen(work, id, error);
      });
      const claim = claimOf(about, found, mark);
      if (claim) return alone(work, claim);
    }
    throw doubt ?? (await unfound(work, id));
  }

  /** Where another process made it at the same moment and was first, the order that this call sent goes again. */
  async function alone({ mark, options }: Work, claim: Claim): Promise<Claim> {
    const own = claim.doubles.find((order) => order.mark?.call === mark.call && isUntouched(order));
    if (!own || !(await isTakenAway(own.id, options))) return claim;
    return { ...claim, doubles: claim.doubles.filter((order) => order !== own) };
  }

  /** Compares what the shop made with the draft, and sets the status that takes the goods off the stock. */
  async function confirm(work: Work, found: FoundOrder, sold: readonly SoldLine[]): Promise<void> {
    const { about, mark, options } = work;
    demandQuiet(work, found);
    const difference = differenceOf(about.draft, sold, parseOrder(found.row, system, operation));
    if (difference !== undefined) {
      const isGone = found.mark?.call === mark.call && (await isTakenAway(found.id, options));
      const what = isGone ? '' : ` Order "${found.id}" stays pending there: correct it, or delete it.`;
      const next = `Compare its prices and the taxes of the shop, then replay.${what}`;
      throw refusal(about, 'totals.mismatch', difference, next, { orders: isGone ? [] : [found.id] });
    }
    const orderId = String(found.id);
    const status = statusOf(about.draft.paymentStatus);
    const meta = markMeta(found.mark ?? mark, true);
    // A cancellation of it waits for its turn as well.
    await turns.take(orderId, { ...options, operation }, () =>
      writeStatus(client, { operation, orderId, status, meta: [meta], options }),
    );
  }

  /**
   * Somebody else's order that was written a moment ago is confirmed by them, or by a call whose answer was lost: two that
   * set its status at once take the goods off the stock twice. recorded on WooCommerce 10.0.2, 2026-11-23
   */
  function demandQuiet({ about, mark }: Work, found: FoundOrder): void {
    // Moments of WooCommerce are whole seconds.
    const leftMs = timeoutMs - 1000 - found.ageMs;
    if (found.mark?.call === mark.call || leftMs <= 0) return;
    const seen = `order "${found.id}" is there, pending, and another call may be confirming it`;
    const next = `Try again in ${Math.ceil(leftMs / 1000)} s.`;
    throw refusal(about, 'write.in-flight', seen, next, { orders: [found.id], retryAfterMs: leftMs });
  }

  function statusOf(payment: PaymentStatus): string {
    return payment === 'paid' || payment === 'partially-refunded' ? 'processing' : settings.unpaidStatus;
  }

  /** The order that counts. That others of its source are in force is for a person, and never deleted here. */
  function told({ about }: Work, { order, doubles }: Claim): Ref<'order'> {
    if (doubles.length === 0) return { system, kind: 'order', id: String(order.id) };
    const others = doubles.map(({ id }) => `"${id}"`).join(', ');
    const seen = `order "${order.id}" is there for it, and beside it ${others} of the same source`;
    const next = `Cancel ${others} there or put it into the trash, then replay: "${order.id}" counts.`;
    throw refusal(about, 'record.duplicate', seen, next, { orders: [order, ...doubles].map(({ id }) => id) });
  }

  /** The order that this call sent, pending and not shown to anybody yet, is deleted for good. */
  async function isTakenAway(id: number, options: WriteOptions): Promise<boolean> {
    const call = { operation, search: { force: true }, safety: 'repeatable', answer: z.unknown(), options } as const;
    try {
      await client.delete(`wc/v3/orders/${id}`, call);
      return true;
    } catch (error) {
      return isMissing(error);
    }
  }

  /** The shop answered with an id that its own search does not find: the next call would make the order again. */
  async function unfound({ about, mark, options }: Work, id: number | undefined) {
    const isGone = id !== undefined && (await isTakenAway(id, options));
    const seen = `its search does not find transaction id "${mark.reference}", so the order would be made again and again`;
    const next =
      'Switch on high-performance order storage in WooCommerce, and see whether a plugin changes its search.';
    const left = isGone ? '' : ` Delete order "${id}" there, which is pending.`;
    return refusal(about, 'options.invalid', seen, next + left, id === undefined || isGone ? {} : { orders: [id] });
  }

  function unseen({ about }: Work, id: number | undefined, cause: unknown) {
    const seen = `order "${id}" is there, pending, and could not be read again`;
    const next = 'Replay: it is found by its reference and goes on from there.';
    return refusal(about, 'write.uncertain', seen, next, { cause, orders: id === undefined ? [] : [id] });
  }
}

const madeSchema = z.object({ id: z.int().positive() });
