import { stableUuid, systemClock, type Ref, type RefundDraft, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import { refundCreate, refundFacts } from './documents/refunds.ts';
import { raiseUserErrors } from './errors.ts';
import type { Locations } from './inventory-location.ts';
import { hasKey, kinshipOf, markText, numberMark, numberMarkSchema, type NumberMark } from './number-mark.ts';
import { onceOnOrder, type Found, type OnceSettings, type PlannedWrite } from './once-on-order.ts';
import { isOrderId } from './order-id.ts';
import { returnMarkText } from './refund-mark.ts';
import { refundPlan, type RefundPlan } from './refund-plan.ts';
import { missing, refusal, type RefundCall, type Refunding } from './refund-refusal.ts';
import type { UserErrors } from './wire/user-error.ts';
import type { WireRefundOrder } from './wire/refund.ts';

const operation = 'refunds.create';
/** Waits for a request that the shop still works on. All of them fit in the time that an attempt has. */
const waitsMs = [1000, 2000, 4000, 8000];
/** Attempts under one key within a day that Shopify refused or let fail. */
const mostRounds = 10;

export interface RefundSettings extends Omit<OnceSettings, 'client'> {
  readonly notifyBuyer: boolean;
}

/** What is looked for afterwards: our number, with key and content. */
const traceSchema = z.object({ mark: numberMarkSchema });
type RefundTrace = z.infer<typeof traceSchema>;

/**
 * Gives money back at the gateway that took it. Shopify is asked first what it would give back, and nothing is sent where
 * that is another sum. One refund of an order is made at a time, whoever asks: it is noted on the order before it is sent.
 * Our number stands in the refund's note and is looked for first, because Shopify forgets a key after 24 hours.
 */
export function refundCreating(client: ShopifyClient, locations: Locations, settings: RefundSettings) {
  const { system, notifyBuyer, clock = systemClock } = settings;

  return async function create(draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>> {
    const { order: ref } = draft;
    const { idempotencyKey, lane, signal } = options;
    const call = { operation, lane, signal };
    const about: Refunding = {
      system,
      order: ref,
      what: `Refund "${draft.number}" was not given on order "${ref.id}" of "${system}"`,
    };
    if (!isOrderId(ref, system)) throw missing(about);
    const mark = await numberMark(draft.number, idempotencyKey, draft);

    /** As it is now: the refund that is there already, or what is sent. */
    async function decided(): Promise<{ readonly result: string } | { readonly input: RefundInput }> {
      const facts = await factsOf(draft, about, call);
      const there = madeBefore(facts.order, mark, about);
      if (there !== undefined) return { result: there };
      const made = await refundPlan({ client, locations, call, about, facts }, draft);
      return { input: inputOf(draft, made, noteOf(draft, made, mark, about)) };
    }

    async function plan(): Promise<PlannedWrite<RefundTrace> | { readonly result: string }> {
      const first = await decided();
      return 'result' in first ? first : { trace: { mark }, send: (during) => given(first.input, during) };
    }

    async function find({ mark: wanted }: RefundTrace): Promise<Found> {
      const { order } = await factsOf(draft, about, call);
      const ours = order.refunds.find(({ note }) => kinshipOf(note, wanted) === 'own');
      return ours ? { result: ours.id } : 'nothing';
    }

    async function given(first: RefundInput, during: AbortSignal): Promise<string> {
      let input = first;
      for (let round = 0; round < mostRounds; round += 1) {
        // Of the caller's key alone, so that Shopify knows it again on another order too.
        const key = await stableUuid(JSON.stringify([operation, idempotencyKey, round]));
        const { refund, userErrors } = await send(input, key, { ...call, signal: during }, about);
        if (refund && userErrors.length === 0) return refund.id;
        if (says(userErrors, underWay)) throw atIt(about);
        if (!says(userErrors, attemptFailed) && !says(userErrors, otherContent)) {
          raiseUserErrors(userErrors, { ...about, operation, refs: [ref] });
          const next = 'Look at the order in Shopify.';
          throw refusal(about, 'response.unexpected', 'Shopify answered neither a refund nor an error', next);
        }
        // What had this key before was refused, or is there and is found now.
        const now = await decided();
        if ('result' in now) return now.result;
        if (says(userErrors, otherContent)) {
          throw refusal(about, 'key.reused', 'its key belongs to another refund', 'Take another key for it.');
        }
        ({ input } = now);
      }
      throw refusal(about, 'platform.conflict', 'Shopify refused each attempt', 'Take another key, or try tomorrow.');
    }

    const id = await onceOnOrder(
      { ...settings, client, operation, order: ref, subject: ref.id, content: draft, idempotencyKey, lane, signal },
      { plan, traceSchema, find },
    );
    return { system, kind: 'refund', id };
  };

  async function factsOf(draft: RefundDraft, about: Refunding, call: RefundCall) {
    const lines = draft.lines
      .map(({ orderLineId }) => orderLineId)
      .filter((id) => id.startsWith('gid://shopify/LineItem/'));
    const variables = { id: draft.order.id, lines: [...new Set(lines)] };
    const { order, nodes } = await client.run(refundFacts, { ...call, safety: 'read', variables });
    if (!order) throw missing(about);
    return { order, lines: nodes.filter((node) => node !== null) };
  }

  function inputOf(draft: RefundDraft, plan: RefundPlan, note: string): RefundInput {
    return {
      orderId: draft.order.id,
      note,
      notify: notifyBuyer,
      currency: plan.currency,
      refundLineItems: plan.lines,
      ...(plan.shipping && { shipping: plan.shipping }),
      transactions: plan.transactions,
    };
  }

  async function send(input: RefundInput, key: string, call: RefundCall, about: Refunding) {
    let isUnderWay = false;
    for (const waitMs of [...waitsMs, undefined]) {
      const variables = { input, key };
      const sending = client.run(refundCreate, { ...call, safety: 'repeatable', variables });
      const { refundCreate: answer } = await sending.catch((error: unknown) => {
        // What Shopify said that it works on may be made, whatever became of asking again.
        throw isUnderWay ? atIt(about, error) : error;
      });
      isUnderWay = says(answer.userErrors, underWay);
      if (waitMs === undefined || !isUnderWay) return answer;
      // An abort ends the wait early, and then the next call.
      await clock.sleep(waitMs, call.signal).catch(() => undefined);
    }
    throw new Error('Unreachable: the last wait is none.');
  }
}

function atIt(about: Refunding, cause?: unknown) {
  const next = 'Replay later: a repeat gives nothing more back.';
  return refusal(about, 'write.in-flight', 'Shopify says that it is still at it', next, cause);
}

interface RefundInput {
  readonly orderId: string;
  readonly note: string;
  readonly notify: boolean;
  readonly currency: string;
  readonly refundLineItems: RefundPlan['lines'];
  readonly shipping?: { readonly amount: string };
  readonly transactions: RefundPlan['transactions'];
}

/** What people wrote, our number, and the return that is paid: Shopify ties no refund of ours to it. */
function noteOf(draft: RefundDraft, { returned }: RefundPlan, mark: NumberMark, about: Refunding): string {
  const ofReturn = returned && returnMarkText(returned.id, draft);
  if (returned && ofReturn === undefined) {
    const seen = `what it pays of return "${returned.id}" cannot be noted on it, and would be paid again`;
    throw refusal(about, 'record.invalid', seen, 'Correct the ids of its lines and their amounts, then replay.');
  }
  return [draft.note, markText(mark), ofReturn].filter((part) => part !== undefined).join(' ');
}

/** The refund that has our number, where it is the very same one. */
function madeBefore({ refunds }: WireRefundOrder, mark: NumberMark, about: Refunding): string | undefined {
  for (const { id, note } of refunds) {
    const kinship = kinshipOf(note, mark);
    if (kinship === 'own') return id;
    if (kinship === 'none' && hasKey(note, mark)) {
      throw refusal(about, 'key.reused', `its key made "${id}" of another number`, 'Take another key for it.');
    }
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
