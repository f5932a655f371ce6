import {
  compareMoney,
  isCommerceError,
  type Clock,
  type Ref,
  type RefundDraft,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { toMoney } from './amounts.ts';
import type { WooClient } from './client.ts';
import { isMissing, isNoRoute } from './errors.ts';
import { isOrderOf } from './order-get.ts';
import { parseOrder } from './order-read.ts';
import { refundsNow } from './order-refunds.ts';
import {
  hasReference,
  reasonOf,
  refundMark,
  refundMarkMeta,
  standingRefundMark,
  type RefundMark,
} from './refund-mark.ts';
import { refundPlan, sumOfRefunds } from './refund-plan.ts';
import { operation, refusal, type Refunding } from './refund-refusal.ts';
import { isDraft } from './statuses.ts';
import type { turnsByKey } from './turns.ts';
import type { WireOrder, WireRefund } from './wire/order.ts';

export interface RefundSettings {
  readonly system: string;
  readonly clock: Clock;
  readonly refundAtGateway: boolean;
}

/** Waits for a refund that the shop still writes, or that it shows late. */
const waitsMs = [0, 1000, 2000, 4000];

/**
 * Books money that went back. WooCommerce lets two refunds at one moment give more than the order was, and knows no keys:
 * so those of an order wait for each other, the refund is looked for by what its reason ends in, before it is sent and when
 * nobody answered, and what was given back altogether is reckoned again behind it.
 */
export function refundCreate(client: WooClient, turns: ReturnType<typeof turnsByKey>, settings: RefundSettings) {
  const { system, clock, refundAtGateway } = settings;

  return async function create(draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>> {
    const about: Refunding = { system, draft };
    if (!isOrderOf(draft.order, system)) throw noOrder(about);
    const mark = await refundMark(draft, options.idempotencyKey);
    return turns.take(draft.order.id, { ...options, operation }, () => createOne({ about, mark, options }));
  };

  async function createOne(work: Work): Promise<Ref<'refund'>> {
    const { about, options } = work;
    const call = { operation, options };
    const [order, before] = await Promise.all([orderOf(about, options), refundsOf(work)]);
    const made = ownOf(work, before);
    if (made) return standing(work, order, before, made);
    demandFreshKey(work, [...before, ...(await keysLately(work))]);
    const plan = refundPlan(about, order, before);
    const json = {
      ...plan,
      reason: reasonOf(about.draft, work.mark),
      // On by default, and a gateway that cannot pay back refuses the whole of it.
      api_refund: refundAtGateway,
      meta_data: [refundMarkMeta(work.mark, plan.api_restock, about.draft.return)],
    };
    let doubt: unknown;
    try {
      const path = `wc/v3/orders/${order.id}/refunds`;
      await client.post(path, { ...call, json, safety: 'once', answer: z.object({ id: z.int().positive() }) });
    } catch (error) {
      if (!isCommerceError(error, 'write.uncertain')) throw error;
      doubt = error;
    }
    for (const waitMs of waitsMs) {
      if (waitMs > 0) await clock.sleep(waitMs, options.signal).catch(() => undefined);
      const now = await refundsOf(work).catch((error: unknown) => {
        // Whatever ends the look, the doubt about the write is what has to be told.
        throw doubt ?? unseen(work, error);
      });
      const own = ownOf(work, now);
      if (own) return standing(work, order, now, own);
    }
    throw doubt ?? unseen(work, undefined);
  }

  async function orderOf(about: Refunding, options: WriteOptions): Promise<WireOrder> {
    try {
      const path = `wc/v3/orders/${about.draft.order.id}`;
      const { data } = await client.get(path, { operation, answer: z.unknown(), options });
      const order = parseOrder(data, system, operation);
      if (!isDraft(order.status)) return order;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    throw noOrder(about);
  }

  /** Of an order that is not there an old shop says so, and a new one that it has none. */
  async function refundsOf({ about, options }: Work): Promise<readonly WireRefund[]> {
    try {
      return await refundsNow(client, about.draft.order.id, { operation, options });
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** The shop's last refunds, whichever order they are of: WooCommerce finds none by a key. */
  async function keysLately({ options }: Work): Promise<readonly Keyed[]> {
    const search = { per_page: 100, _fields: 'id,meta_data' };
    try {
      return (await client.get('wc/v3/refunds', { operation, search, answer: keyedSchema, options })).data;
    } catch (error) {
      // Shops before 9.0 do not list them.
      if (isNoRoute(error)) return [];
      throw error;
    }
  }

  /** The refund that stands, unless more went back than there was: then two of one moment both passed, and a person looks. */
  function standing({ about }: Work, order: WireOrder, now: readonly WireRefund[], own: WireRefund): Ref<'refund'> {
    const given = sumOfRefunds(order, now);
    if (compareMoney(given, toMoney(order.total, order.currency)) > 0) {
      const others = now.filter(({ id }) => id !== own.id).map(({ id }) => id);
      const seen = `it is there as "${own.id}", beside ${others.map((id) => `"${id}"`).join(', ')}, and together they give back ${given.amount} of ${order.total} ${order.currency}`;
      const next = 'Another one was booked at the same moment: delete one of them there, then replay or resolve.';
      throw refusal(about, 'record.rejected', seen, next, { refunds: [own.id, ...others] });
    }
    return { system, kind: 'refund', id: String(own.id) };
  }
}

interface Work {
  readonly about: Refunding;
  readonly mark: RefundMark;
  readonly options: WriteOptions;
}

/** The refund of this number, where it is the very same one. Throws where it is another, or there twice. */
function ownOf({ about, mark }: Work, refunds: readonly WireRefund[]): WireRefund | undefined {
  const found = refunds.filter((refund) => hasReference(refund, mark));
  const [own, double] = found;
  if (!own) return undefined;
  for (const refund of found) {
    const there = standingRefundMark(refund);
    // Without its meta only the sum tells: WooCommerce writes the meta behind the refund.
    const sum = toMoney(refund.amount, about.draft.total.currency);
    const isSame = there ? there.content === mark.content : compareMoney(sum, about.draft.total) === 0;
    if (isSame) continue;
    const ids = { refunds: [refund.id] };
    if (there?.key === mark.key) {
      const next = 'Take another key and number for it.';
      throw refusal(about, 'key.reused', `its key made "${refund.id}" of another content`, next, ids);
    }
    const next = 'See which of the two is right, then resolve or take another number.';
    throw refusal(about, 'record.duplicate', `"${refund.id}" has its number and another content`, next, ids);
  }
  if (!double) return own;
  const seen = `it is there twice, as "${own.id}" and "${double.id}"`;
  const next = 'Two processes made it at one moment: delete one of them there, then replay.';
  throw refusal(about, 'record.duplicate', seen, next, { refunds: found.map(({ id }) => id) });
}

type Keyed = Pick<WireRefund, 'id' | 'meta_data'>;

const keyedSchema = z.array(
  z.object({ id: z.int(), meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
);

/** A key that made another refund makes no second one, as far as the shop shows it. */
function demandFreshKey({ about, mark }: Work, refunds: readonly Keyed[]): void {
  const other = refunds.find((refund) => standingRefundMark(refund)?.key === mark.key);
  if (!other) return;
  const next = 'Take a key of its own for each refund.';
  throw refusal(about, 'key.reused', `its key made "${other.id}"`, next, { refunds: [other.id] });
}

function noOrder(about: Refunding) {
  return refusal(about, 'record.missing', 'there is no such order', 'Check the link to it.');
}

function unseen({ about }: Work, cause: unknown) {
  const next = 'Replay: it is looked for before anything is sent.';
  return refusal(about, 'write.uncertain', 'the shop took it, and does not show it yet', next, { cause });
}
