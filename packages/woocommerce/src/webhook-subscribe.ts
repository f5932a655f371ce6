import {
  CommerceError,
  halfDone,
  hmacText,
  isCommerceError,
  type Subscription,
  type SubscriptionPlan,
  type WriteOptions,
} from '@crossdock/core';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { addressOf, isSameAddress } from './webhook-address.ts';
import { readWebhooks, toSubscription } from './webhook-subscriptions.ts';
import { webhookDoneSchema, type WireWebhook } from './wire/webhook.ts';

interface SubscribeSettings {
  readonly system: string;
  readonly url: string;
  readonly webhookSecrets: readonly string[];
}

const operation = 'webhooks.subscribe';
/** More than callers that meet in practice. */
const mostRounds = 5;

/**
 * Lists what stands, and makes and ends what differs, until a look shows that nothing does: others may do the same at the
 * same moment. What is switched off is made anew: WooCommerce keeps its count of failures, and one more would switch it off
 * again. What was made with another secret, or by hand, is made anew too: a webhook never shows its secret, so those made
 * here have a mark of it in their name.
 */
export function webhookSubscribe(client: WooClient, settings: SubscribeSettings) {
  const { system } = settings;
  return async function subscribe(plan: SubscriptionPlan, options: WriteOptions): Promise<readonly Subscription[]> {
    const address = addressOf(plan.address, settings);
    const topics = topicsOf(plan, system);
    const secret = secretOf(settings);
    const name = await nameOf(secret);
    let hasWritten = false;
    try {
      return await settled();
    } catch (error) {
      const what = `What "${system}" tells was changed only in part`;
      const next = 'Repeat it: only what differs is written.';
      throw hasWritten ? halfDone(error, { what, next, system, operation, refs: [] }) : error;
    }

    async function settled(): Promise<readonly Subscription[]> {
      let doubt: { readonly topic: string; readonly error: CommerceError } | undefined;
      for (let round = 0; round < mostRounds; round += 1) {
        const all = await readWebhooks(client, { operation, options });
        const there = all.filter((each) => isSameAddress(each.delivery_url, address));
        const kept = topics.flatMap((topic) => there.find((each) => each.topic === topic && isGood(each, name)) ?? []);
        const missing = topics.filter((topic) => kept.every((each) => each.topic !== topic));
        const gone = there.filter((each) => !kept.includes(each));
        if (missing.length === 0 && gone.length === 0) return kept.map((each) => toSubscription(each, system));
        // What was to be made and is not there may still be made: a second one beside it would tell everything twice.
        if (doubt && missing.includes(doubt.topic)) throw doubt.error;
        doubt = undefined;
        // First what is missing, so that nothing goes untold in between.
        for (const topic of missing) {
          const error = await make(topic);
          if (!error) continue;
          doubt = { topic, error };
          break;
        }
        if (doubt === undefined) for (const each of gone) await end(each);
      }
      throw new CommerceError({
        code: 'platform.conflict',
        system,
        operation,
        message: `"${system}" does not tell all that it should: others change its webhooks all the time. Try again.`,
      });
    }

    /** Gives the doubt where nobody answered. */
    async function make(topic: string): Promise<CommerceError | undefined> {
      try {
        await client.post('wc/v3/webhooks', {
          operation,
          json: { name, topic, delivery_url: address, secret, status: 'active' },
          safety: 'once',
          answer: webhookDoneSchema,
          options,
        });
        hasWritten = true;
        return undefined;
      } catch (error) {
        if (isCommerceError(error, 'write.uncertain')) return error;
        throw error;
      }
    }

    async function end({ id }: WireWebhook): Promise<void> {
      try {
        await client.delete(`wc/v3/webhooks/${id}`, {
          operation,
          search: { force: true },
          safety: 'repeatable',
          answer: webhookDoneSchema,
          options,
        });
        hasWritten = true;
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
  };
}

function isGood(webhook: WireWebhook, name: string): boolean {
  return webhook.status === 'active' && webhook.name === name;
}

/** Of WooCommerce itself. recorded on WooCommerce 10.0.2, 2026-11-23 */
const known =
  /^(?:(?:coupon|customer|order|product)\.(?:created|updated|deleted|restored)|action\.woocommerce_\w{1,80})$/;

function topicsOf({ topics }: SubscriptionPlan, system: string): readonly string[] {
  const unknown = topics.find((topic) => !known.test(topic));
  if (unknown === undefined) return [...new Set(topics)];
  throw new CommerceError({
    code: 'webhook.unknown',
    system,
    operation,
    message: `Nothing was subscribed at "${system}": "${unknown}" is none of WooCommerce's topics. Pass topics such as "order.updated" or "action.woocommerce_payment_complete".`,
  });
}

/** WooCommerce decodes what looks like HTML in a secret before it signs with it. recorded on 10.0.2, 2026-11-23 */
function secretOf({ system, webhookSecrets }: SubscribeSettings): string {
  const [first] = webhookSecrets;
  if (first !== undefined && /^[A-Za-z0-9]+$/.test(first)) return first;
  const seen =
    first === undefined
      ? 'there is no secret to sign deliveries with'
      : 'the first of webhookSecrets holds other signs than letters and digits';
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `Nothing was subscribed at "${system}": ${seen}. Make the connector with webhookSecrets: ["…"], 32 letters and digits drawn by chance.`,
  });
}

/** Tells webhooks of one secret from those of another, and nothing of the secret. */
async function nameOf(secret: string): Promise<string> {
  const mark = await hmacText('SHA-256', secret, 'crossdock webhook', 'hex');
  return `Crossdock ${mark.slice(0, 12)}`;
}
