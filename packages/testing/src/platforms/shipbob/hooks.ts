import { fromBase64, hmacText, toBase64, type Random } from '@crossdock/core';
import type { Bench } from '../../fake/platform.ts';
import { webhookFeed, type Posting, type WebhookFeed } from '../../fake/webhook-feed.ts';
import type { ShipBobSubscription } from './records.ts';
import type { ShipBobStore } from './store.ts';

/** Waits before the second attempt and every further one. developer.shipbob.com, read 2026-11-23. */
const retryDelaysMs = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000];

export const shipBobTopics = [
  'order.shipped',
  'order.shipment.delivered',
  'order.shipment.exception',
  'order.shipment.on_hold',
  'order.shipment.cancelled',
  'return.created',
  'return.updated',
  'return.completed',
] as const;

/** Tells every subscription of a topic, and disables one whose receiver never answered. */
export interface ShipBobHooks {
  readonly feed: WebhookFeed;
  tell(topic: string, payload: unknown): void;
}

export function shipBobHooks({ clock, random }: Bench, store: ShipBobStore): ShipBobHooks {
  const bySubscription = new Map<Posting, ShipBobSubscription>();
  const feed = webhookFeed({
    clock,
    random,
    retryDelaysMs,
    timeoutMs: 15_000,
    onGivenUp(posting) {
      const subscription = bySubscription.get(posting);
      if (subscription) subscription.isEnabled = false;
    },
  });
  return {
    feed,
    tell(topic, payload) {
      const told = [...store.subscriptions.values()].filter(
        ({ isEnabled, topics }) => isEnabled && topics.includes(topic),
      );
      if (told.length === 0) return;
      const body = JSON.stringify(payload);
      for (const subscription of told) {
        const posting = postingOf(topic, body, subscription, random);
        bySubscription.set(posting, subscription);
        feed.post(posting);
      }
    },
  };
}

function postingOf(topic: string, body: string, { url, secret }: ShipBobSubscription, random: Random): Posting {
  const id = `msg_${drawn(random, 18).replaceAll(/[+/=]/g, 'x')}`;
  return {
    id,
    topic,
    body,
    url,
    async headers(nowMs) {
      const timestamp = String(Math.floor(nowMs / 1000));
      return {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${await signatureOf(secret, id, timestamp, body)}`,
        'x-webhook-topic': topic,
      };
    },
  };
}

/** Standard Webhooks: the key is what the text after `whsec_` encodes. */
export async function signatureOf(secret: string, id: string, timestamp: string, body: string): Promise<string> {
  const key = fromBase64(secret.replace(/^whsec_/, ''));
  if (!key) throw new TypeError('A secret of a ShipBob subscription is "whsec_" and base64.');
  return hmacText('SHA-256', key, `${id}.${timestamp}.${body}`, 'base64');
}

/** A secret as ShipBob draws one: 24 bytes, which are 32 characters. */
export function drawnSecret(random: Random): string {
  return `whsec_${drawn(random, 24)}`;
}

function drawn(random: Random, count: number): string {
  return toBase64(Uint8Array.from({ length: count }, () => Math.floor(random() * 256)));
}
