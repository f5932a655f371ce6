import type { ReadOptions, Subscription } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { webhookSubscriptions } from './documents/webhooks.ts';
import { topicOf } from './webhook-topics.ts';
import type { WireSubscription } from './wire/webhook-subscription.ts';

/** Lists what was subscribed through the API, to whichever address. What Shopify ended is gone from it. */
export function subscriptionList(client: ShopifyClient, { system }: { readonly system: string }) {
  return async function subscriptions({ lane, signal }: ReadOptions = {}): Promise<readonly Subscription[]> {
    const all = await readSubscriptions(client, { operation: 'webhooks.subscriptions', lane, signal });
    return all.map((each) => toSubscription(each, system));
  };
}

export async function readSubscriptions(
  client: ShopifyClient,
  call: ReadOptions & { readonly operation: string },
): Promise<readonly WireSubscription[]> {
  const found = new Map<string, WireSubscription>();
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(after);
    for (const each of page.nodes) found.set(each.id, each);
    if (!page.pageInfo.hasNextPage) return [...found.values()];
    after = page.pageInfo.endCursor;
  }

  async function pageOf(from: string | null) {
    const answer = await client.run(webhookSubscriptions, { ...call, safety: 'read', variables: { after: from } });
    return answer.webhookSubscriptions;
  }
}

export function toSubscription({ id, topic, uri }: WireSubscription, system: string): Subscription {
  const ref = { system, kind: 'subscription', id } as const;
  return { ref, topic: topicOf(topic), address: uri, state: 'active' };
}
