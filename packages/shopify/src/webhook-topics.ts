import { CommerceError, isCommerceError, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { Operations } from './documents/operations.generated.ts';
import { webhookTopics } from './documents/webhooks.ts';

/** A topic as Shopify's API has it: `ORDERS_UPDATED` for "orders/updated". */
export type TopicWord = Operations['WebhookTopics']['variables']['topics'][number];

const operation = 'webhooks.subscribe';

/** Subjects whose deeds have several words, the longer ones first. Of all others the last word is the deed. */
const subjects = [
  'customers_whats_app_marketing_consent',
  'customers_email_marketing_consent',
  'customers_marketing_consent',
  'app_purchases_one_time',
  'inventory_shipments',
  'inventory_transfers',
  'fulfillment_orders',
  'reverse_deliveries',
  'app_subscriptions',
  'product_feeds',
  'audit_events',
  'customers',
  'discounts',
  'variants',
  'orders',
  'app',
];
/** Deeds of "customer" that stand behind a point. shopify.dev, WebhookSubscriptionTopic, API 2026-07. */
const pointed = /^customer_(joined_segment|left_segment|tags_added|tags_removed)$/;

/** A topic as deliveries name it, and people: "orders/updated". */
export function topicOf(word: string): string {
  const low = word.toLowerCase();
  if (pointed.test(low)) return low.replace('_', '.');
  const subject = subjects.find((each) => low.startsWith(`${each}_`)) ?? low.slice(0, low.lastIndexOf('_'));
  return `${subject}/${low.slice(subject.length + 1)}`;
}

/**
 * Topics as Shopify's API has them, asked of the shop: its version decides which there are. `webhook.unknown` for one that
 * it does not know, before anything is changed.
 */
export async function topicWords(
  client: ShopifyClient,
  system: string,
  topics: readonly string[],
  { lane, signal }: ReadOptions,
): Promise<readonly TopicWord[]> {
  const words = topics.map((topic) => {
    const word = topic.trim().toUpperCase().replace(/[/.]/, '_');
    if (!/^[A-Z_]+$/.test(word) || topicOf(word) !== topic.trim().toLowerCase()) throw unknown(system, topic);
    // Shopify is asked below whether it is one.
    return word as TopicWord;
  });
  if (words.length === 0) return [];
  try {
    await client.run(webhookTopics, { operation, safety: 'read', lane, signal, variables: { topics: words } });
  } catch (error) {
    if (!isWrongVariable(error)) throw error;
    const named = /"?([A-Z0-9_]+)\\?"? to be one of/.exec(error.message)?.[1];
    throw unknown(system, topics[words.findIndex((word) => word === named)] ?? topics.join('", "'), error);
  }
  return words;
}

function isWrongVariable(error: unknown): error is CommerceError {
  if (!isCommerceError(error, 'request.rejected')) return false;
  const { details } = error;
  return typeof details === 'object' && details !== null && JSON.stringify(details).includes('"INVALID_VARIABLE"');
}

function unknown(system: string, topic: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'webhook.unknown',
    system,
    operation,
    message: `Nothing was subscribed at "${system}": it has no topic "${topic}" in this API version. Pass topics such as "orders/updated".`,
    ...(cause === undefined ? {} : { cause }),
  });
}
