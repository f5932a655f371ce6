import { drawn, type Site } from '../site.ts';
import type { WooWebhook } from '../records.ts';
import { webhookView } from '../views/small.ts';
import { url, type View } from '../views/format.ts';
import { hooksOf, isTopic } from '../webhooks/topics.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, route, type Answer, type Call, type Route } from './call.ts';
import { oneOf, text, type Check } from './check.ts';
import { page, pageChecks, sorted } from './lists.ts';
import { Refused } from './refused.ts';

const checks: Readonly<Record<string, Check>> = {
  name: text,
  status: oneOf(['active', 'paused', 'disabled']),
  topic: text,
  secret: text,
  delivery_url: text,
};

/** `/webhooks`. `ping` asks the receiver of a new one. */
export function webhookRoutes(ping: (webhook: WooWebhook) => Promise<void>): readonly Route[] {
  const create = async (call: Call, body: Body) => {
    const webhook = makeWebhook(call.site, {
      topic: textOf(body['topic']) ?? '',
      url: textOf(body['delivery_url']) ?? '',
      secret: textOf(body['secret']),
      name: textOf(body['name']),
      // A new one is active whatever was sent. Compared with WooCommerce 10.5.0, 2026-11-26.
      status: 'active',
    });
    await ping(webhook);
    return webhook;
  };
  return [
    route('webhooks', {
      GET: {
        deed: 'list',
        checks: { ...pageChecks, status: oneOf(['all', 'active', 'paused', 'disabled']) },
        answer: list,
      },
      POST: {
        deed: 'create',
        checks,
        required: ['topic', 'delivery_url'],
        async answer(call) {
          const webhook = await create(call, call.body);
          const location = url(call.site, `webhooks/${webhook.id}`);
          return { status: 201, body: view(call, webhook), headers: { location } };
        },
      },
    }),
    route('webhooks/batch', {
      EDIT: batch({
        create: async (call, body) => view(call, await create(call, body)),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        remove: (call, id) => remove(call, integerOf(id) ?? 0),
      }),
    }),
    route('webhooks/:id', {
      GET: { deed: 'view', answer: (call) => ({ body: view(call, webhookAt(call, numberAt(call, 'id'), 404)) }) },
      EDIT: { deed: 'edit', checks, answer: (call) => ({ body: update(call, numberAt(call, 'id'), call.body) }) },
      DELETE: {
        deed: 'delete',
        answer(call) {
          if (booleanOf(call.params['force']) !== true) {
            throw new Refused(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
          }
          return { body: remove(call, numberAt(call, 'id')) };
        },
      },
    }),
  ];
}

/** Makes a webhook. Nothing is said of an address that WordPress will never deliver to. */
export function makeWebhook(
  site: Site,
  wanted: {
    readonly topic: string;
    readonly url: string;
    readonly secret: string | undefined;
    readonly name?: string | undefined;
    readonly status?: string | undefined;
  },
): WooWebhook {
  if (!isTopic(wanted.topic)) {
    throw new Refused(
      400,
      'woocommerce_rest_shop_webhook_invalid_topic',
      'Webhook topic is required and must be valid.',
    );
  }
  checkUrl(wanted.url);
  const webhook: WooWebhook = {
    id: site.store.nextId('webhook'),
    name: wanted.name ?? `Webhook created on ${dayOf(site)}`,
    status: wanted.status ?? 'active',
    topic: wanted.topic,
    url: wanted.url,
    secret: wanted.secret ?? drawn(site.random, 50),
    createdAt: site.now(),
    modifiedAt: undefined,
    failures: 0,
  };
  site.store.webhooks.set(webhook.id, webhook);
  return webhook;
}

/** `Nov 26, 2026 @ 06:23 PM`, on the wall of the shop. */
function dayOf(site: Site): string {
  const wall = new Date(site.now() + site.zone.offsetMs(site.now()));
  const day = wall.toLocaleDateString('en-US', { timeZone: 'UTC', month: 'short', day: '2-digit', year: 'numeric' });
  const time = wall.toLocaleTimeString('en-US', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });
  return `${day} @ ${time.replaceAll('\u202f', ' ')}`;
}

function list(call: Call): Promise<Answer> {
  const status = textOf(call.params['status']) ?? 'all';
  const found = [...call.site.store.webhooks.values()].filter(
    (webhook) => status === 'all' || webhook.status === status,
  );
  return page(call, sorted(call, found, { date: ({ createdAt }) => createdAt }), {
    show: (webhook) => view(call, webhook),
  });
}

function update(call: Call, id: number, body: Body): View {
  const webhook = webhookAt(call, id, 400);
  const topic = textOf(body['topic']);
  if (topic !== undefined && !isTopic(topic)) {
    throw new Refused(400, 'woocommerce_rest_shop_webhook_invalid_topic', 'Webhook topic must be valid.');
  }
  const address = textOf(body['delivery_url']);
  if (address !== undefined) checkUrl(address);
  webhook.topic = topic ?? webhook.topic;
  webhook.url = address ?? webhook.url;
  webhook.name = textOf(body['name']) ?? webhook.name;
  webhook.secret = textOf(body['secret']) ?? webhook.secret;
  webhook.status = textOf(body['status']) ?? webhook.status;
  webhook.modifiedAt = call.site.now();
  return view(call, webhook);
}

function remove(call: Call, id: number): View {
  const webhook = webhookAt(call, id, 404);
  call.site.store.webhooks.delete(id);
  return view(call, webhook);
}

function checkUrl(address: string): void {
  if (/^https?:\/\//.test(address) && URL.canParse(address)) return;
  const message = 'Webhook delivery URL must be a valid URL starting with http:// or https://.';
  throw new Refused(400, 'woocommerce_rest_shop_webhook_invalid_delivery_url', message);
}

function webhookAt(call: Call, id: number, status: 400 | 404): WooWebhook {
  const webhook = call.site.store.webhooks.get(id);
  if (webhook) return webhook;
  throw new Refused(status, 'woocommerce_rest_shop_webhook_invalid_id', 'ID is invalid.');
}

function view(call: Call, webhook: WooWebhook): View {
  return webhookView(call.site, webhook, hooksOf(webhook.topic));
}
