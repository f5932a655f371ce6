import { hmacText, type Json } from '@crossdock/core';
import type { Bench } from '../../../fake/platform.ts';
import { webhookFeed, type Posting, type WebhookFeed } from '../../../fake/webhook-feed.ts';
import { phpJson } from '../php-json.ts';
import type { WooWebhook } from '../records.ts';
import type { Told } from '../site.ts';
import type { WooStore } from '../store.ts';
import { isReachable } from './reach.ts';

/** A delivery that Action Scheduler will make. Its body is not written yet. */
export interface Deliverable {
  readonly webhookId: number;
  readonly topic: string;
  readonly resourceId: number;
  readonly dueAt: number;
}

/** What a webhook sender needs of the shop. */
export interface SenderOptions {
  readonly bench: Bench;
  readonly store: WooStore;
  readonly delayMs: number;
  readonly home: string;
  readonly version: string;
  /** The body of a delivery, as the REST API shows the record now. */
  readonly payload: (resource: string, event: string, id: number) => Promise<Json>;
}

/** The queue of deliveries and who they go to. */
export interface WooSender {
  readonly feed: WebhookFeed;
  readonly waiting: readonly Deliverable[];
  tell(told: Told): void;
  fire(action: string, arg: number): void;
  /** Asks the receiver once, without a signature, when a webhook is made. What it says does not matter. */
  ping(webhook: WooWebhook): Promise<void>;
}

/** Failures after which the next one ends a webhook: the 7th in a row. Recorded on WooCommerce 10.0.2, 2026-11-23. */
const failuresAllowed = 5;

export function wooSender(options: SenderOptions): WooSender {
  const { bench, store, delayMs } = options;
  const waiting = new Map<string, Deliverable>();
  const runs = new Map<number, string[]>();
  const hookOf = new Map<Posting, WooWebhook>();
  const feed = webhookFeed({
    clock: bench.clock,
    random: bench.random,
    // No retries. Recorded on WooCommerce 10.0.2, 2026-11-23.
    retryDelaysMs: [],
    timeoutMs: 60_000,
    accepts: ({ status }) => status >= 200 && status <= 302,
    onAcknowledged(posting) {
      const webhook = hookOf.get(posting);
      if (webhook) webhook.failures = 0;
    },
    onGivenUp(posting) {
      const webhook = hookOf.get(posting);
      if (webhook) failed(webhook);
    },
  });

  /** While one webhook waits to tell of a record, further changes of it add nothing. */
  function schedule(webhook: WooWebhook, resourceId: number): void {
    const key = `${webhook.id} ${resourceId}`;
    if (waiting.has(key)) return;
    const dueAt = bench.clock.now() + delayMs;
    waiting.set(key, { webhookId: webhook.id, topic: webhook.topic, resourceId, dueAt });
    const run = runs.get(dueAt);
    if (run) run.push(key);
    else void startRun(dueAt, [key]);
  }

  /** Action Scheduler works off what is due, one after the other. */
  async function startRun(dueAt: number, keys: string[]): Promise<void> {
    runs.set(dueAt, keys);
    await bench.clock.sleep(delayMs);
    const release = bench.clock.hold();
    try {
      runs.delete(dueAt);
      for (const key of keys) {
        const due = waiting.get(key);
        waiting.delete(key);
        const webhook = due && store.webhooks.get(due.webhookId);
        if (due && webhook?.status === 'active') await send(webhook, due.resourceId);
      }
    } finally {
      release();
    }
  }

  async function send(webhook: WooWebhook, resourceId: number): Promise<void> {
    if (!isReachable(webhook.url, options.home)) {
      failed(webhook);
      return;
    }
    const posting = await postingOf(options, webhook, resourceId);
    hookOf.set(posting, webhook);
    feed.post(posting);
  }

  function each(topic: string, id: number): void {
    for (const webhook of store.webhooks.values()) {
      if (webhook.status === 'active' && webhook.topic === topic) schedule(webhook, id);
    }
  }

  return {
    feed,
    get waiting() {
      return [...waiting.values()];
    },
    tell: ({ resource, event, id }) => each(`${resource}.${event}`, id),
    fire: (action, arg) => each(`action.${action}`, arg),
    async ping(webhook) {
      try {
        const response = await feed.deliver(pingOf(webhook, options.version));
        await response.body?.cancel();
      } catch {
        // The webhook is made all the same. Recorded on WooCommerce 10.0.2, 2026-11-23 (webhook-refused).
      }
    },
  };
}

function failed(webhook: WooWebhook): void {
  // The count stays where it is when a webhook is switched on again: one more failure ends it again.
  if (webhook.failures > failuresAllowed) webhook.status = 'disabled';
  else webhook.failures += 1;
}

function pingOf({ id, url }: WooWebhook, version: string): Request {
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': agentOf(version) },
    body: `webhook_id=${id}`,
    redirect: 'manual',
  });
}

const agentOf = (version: string) => `WooCommerce/${version} Hookshot (WordPress/6.9.4)`;

async function postingOf(
  { bench, home, version, payload }: SenderOptions,
  webhook: WooWebhook,
  id: number,
): Promise<Posting> {
  const [resource = '', ...rest] = webhook.topic.split('.');
  const event = rest.join('.');
  const body = phpJson(await payload(resource, event, id));
  const deliveryId = await deliveryIdOf(webhook.id, bench.clock.now());
  const signature = await hmacText('SHA-256', decoded(webhook.secret), body, 'base64');
  const headers = {
    'user-agent': agentOf(version),
    'content-type': 'application/json',
    'x-wc-webhook-source': `${home}/`,
    'x-wc-webhook-topic': webhook.topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-signature': signature,
    'x-wc-webhook-id': String(webhook.id),
    'x-wc-webhook-delivery-id': deliveryId,
    connection: 'close',
  };
  return { id: deliveryId, topic: webhook.topic, body, url: webhook.url, headers: async () => headers };
}

/** Of the webhook and the second, so that deliveries of one second share it. Recorded on WooCommerce 10.0.2, 2026-11-23. */
async function deliveryIdOf(webhookId: number, nowMs: number): Promise<string> {
  return (await hmacText('SHA-256', 'delivery', `${webhookId}${Math.floor(nowMs / 1000)}`, 'hex')).slice(0, 32);
}

/** HTML entities of a secret are decoded before it signs. Recorded on WooCommerce 10.0.2, 2026-11-23. */
function decoded(secret: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#039;': "'",
    '&amp;': '&',
  };
  return secret.replaceAll(/&(?:lt|gt|quot|#039|amp);/g, (entity) => entities[entity] ?? entity);
}
