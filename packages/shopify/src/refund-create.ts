import { stableUuid, systemClock, type Clock, type Ref, type RefundDraft, type WriteOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { refundCreate, refundFacts } from './documents/refunds.ts';
import { raiseUserErrors } from './errors.ts';
import type { Locations } from './inventory-location.ts';
import { kinshipOf, markText, numberMark, type NumberMark } from './number-mark.ts';
import { isOrderId } from './order-id.ts';
import { returnMarkText } from './refund-mark.ts';
import { refundPlan, type RefundPlan } from './refund-plan.ts';
import { missing, refusal, type RefundCall, type Refunding } from './refund-refusal.ts';
import type { UserErrors } from './wire/user-error.ts';
import type { WireRefundOrder } from './wire/refund.ts';

const operation = 'refunds.create';
/** Waits for a request of ours that the shop still works on; longer together than it may take. */
const waitsMs = [1000, 2000, 4000, 8000, 16_000];
/** Attempts that Shopify says failed before they did anything. */
const mostRounds = 3;

export interface RefundSettings {
  readonly system: string;
  readonly notifyBuyer: boolean;
  readonly clock?: Clock | undefined;
}

/**
 * Gives money back at the gateway that took it. Shopify is asked first what it would give back, and nothing is sent where
 * that is another sum. Our number stands in the refund's note: it is looked for before every send, because Shopify
 * forgets a key after 24 hours.
 */
export function refundCreating(client: ShopifyClient, locations: Locations, settings: RefundSettings) {
  const { system, notifyBuyer, clock = systemClock } = settings;

  return async function create(draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>> {
    const call = { operation, lane: options.lane, signal: options.signal };
    const about: Refunding = {
      system,
      order: draft.order,
      what: `Refund "${draft.number}" was not given on order "${draft.order.id}" of "${system}"`,
    };
    if (!isOrderId(draft.order, system)) throw missing(about);
    const mark = await numberMark(draft.number, options.idempotencyKey, draft);

    for (let round = 0; round < mostRounds; round += 1) {
      const facts = await factsOf(draft, about, call);
      const there = madeBefore(facts.order, mark, about);
      if (there !== undefined) return refTo(there);
      const plan = await refundPlan({ client, locations, call, about, facts }, draft);
      const key = await stableUuid(JSON.stringify([operation, options.idempotencyKey, round]));
      const answer = await send(inputOf(draft, plan, mark), key, call);
      const { refund, userErrors } = answer;
      if (says(userErrors, attemptFailed)) continue;
      if (says(userErrors, otherContent)) {
        const made = madeBefore((await factsOf(draft, about, call)).order, mark, about);
        if (made !== undefined) return refTo(made);
        throw refusal(about, 'key.reused', 'its key belongs to another refund', 'Take another key for it.');
      }
      if (says(userErrors, underWay)) {
        const next = 'Replay later: a repeat gives nothing more back.';
        throw refusal(about, 'write.in-flight', 'Shopify says that it is still at it', next);
      }
      raiseUserErrors(userErrors, { ...about, operation, refs: [draft.order] });
      if (refund) return refTo(refund.id);
      const next = 'Look at the order in Shopify.';
      throw refusal(about, 'response.unexpected', 'Shopify answered neither a refund nor an error', next);
    }
    throw refusal(about, 'platform.conflict', 'Shopify let each attempt fail before it began', 'Try again.');
  };

  function refTo(id: string): Ref<'refund'> {
    return { system, kind: 'refund', id };
  }

  async function factsOf(draft: RefundDraft, about: Refunding, call: RefundCall) {
    const lines = draft.lines
      .map(({ orderLineId }) => orderLineId)
      .filter((id) => id.startsWith('gid://shopify/LineItem/'));
    const variables = { id: draft.order.id, lines: [...new Set(lines)] };
    const { order, nodes } = await client.run(refundFacts, { ...call, safety: 'read', variables });
    if (!order) throw missing(about);
    return { order, lines: nodes.filter((node) => node !== null) };
  }

  function inputOf(draft: RefundDraft, plan: RefundPlan, mark: NumberMark) {
    return {
      orderId: draft.order.id,
      note: noteOf(draft, plan, mark),
      notify: notifyBuyer,
      currency: plan.currency,
      refundLineItems: plan.lines,
      ...(plan.shipping && { shipping: plan.shipping }),
      transactions: plan.transactions,
    };
  }

  async function send(input: ReturnType<typeof inputOf>, key: string, call: RefundCall) {
    for (const waitMs of [...waitsMs, undefined]) {
      const variables = { input, key };
      const { refundCreate: answer } = await client.run(refundCreate, { ...call, safety: 'repeatable', variables });
      if (waitMs === undefined || !says(answer.userErrors, underWay)) return answer;
      // An abort ends the wait early, and then the next call.
      await clock.sleep(waitMs, call.signal).catch(() => undefined);
    }
    throw new Error('Unreachable: the last wait is none.');
  }
}

/** What people wrote, our number, and the return that is paid: Shopify ties no refund of ours to it. */
function noteOf({ note, lines }: RefundDraft, { returned }: RefundPlan, mark: NumberMark): string {
  const ofReturn = returned && returnMarkText(returned.id, lines);
  return [note, markText(mark), ofReturn].filter((part) => part !== undefined).join(' ');
}

/** The refund that has our number, where it is the very same one. */
function madeBefore({ refunds }: WireRefundOrder, mark: NumberMark, about: Refunding): string | undefined {
  for (const { id, note } of refunds) {
    const kinship = kinshipOf(note, mark);
    if (kinship === 'own') return id;
    if (kinship === 'edited')
      throw refusal(
        about,
        'key.reused',
        `its key made "${id}" of another content`,
        'Take another key and number for it.',
      );
    if (kinship === 'other') {
      throw refusal(
        about,
        'record.duplicate',
        `"${id}" has its number and another content`,
        'See which of the two is right, then resolve or take another number.',
      );
    }
  }
  return undefined;
}

// `refundCreate` has no codes for them, only words. Recorded on 2026-04 with other mutations.
const underWay = /currently in progress/i;
const otherContent = /different operation parameters/i;
const attemptFailed = /previous attempt/i;

function says(errors: UserErrors, words: RegExp): boolean {
  return errors.some(({ message }) => words.test(message));
}
