import type { ReadOptions, Subscription } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
import { webhooksSchema, type WireWebhook } from './wire/webhook.ts';

/** Lists every webhook of the shop. One that it switched off after its failures, or that a person paused, is `disabled`. */
export function subscriptionList(client: WooClient, { system }: { readonly system: string }) {
  return async function subscriptions(options?: ReadOptions): Promise<readonly Subscription[]> {
    const all = await readWebhooks(client, { operation: 'webhooks.subscriptions', options });
    return all.map((each) => toSubscription(each, system));
  };
}

const perPage = 100;

/** Oldest first. */
export async function readWebhooks(
  client: WooClient,
  call: { readonly operation: string; readonly options?: ReadOptions | undefined },
): Promise<readonly WireWebhook[]> {
  const found = new Map<number, WireWebhook>();
  for (let page = 1; ; page += 1) {
    const known = found.size;
    const { data, headers } = await client.get('wc/v3/webhooks', {
      ...call,
      search: { orderby: 'id', order: 'asc', per_page: perPage, page, _fields: 'id,name,status,topic,delivery_url' },
      answer: webhooksSchema,
    });
    for (const each of data) found.set(each.id, each);
    const isRepeated = data.length > 0 && found.size === known;
    if (isRepeated || !goesOn(headers, page, data)) return [...found.values()].toSorted((a, b) => a.id - b.id);
  }
}

export function toSubscription({ id, topic, delivery_url, status }: WireWebhook, system: string): Subscription {
  const ref = { system, kind: 'subscription', id: String(id) } as const;
  return { ref, topic, address: delivery_url, state: status === 'active' ? 'active' : 'disabled' };
}
