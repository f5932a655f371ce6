import { invalidId } from '../api-error.ts';
import { idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import type { SubscriptionRecord } from '../records.ts';
import { unsupported } from '../unsupported.ts';
import type { View } from '../views/views.ts';
import { hasFields } from '../webhooks/filter.ts';
import { userError, type UserError } from './user-error.ts';

type Input = {
  readonly uri?: string | null;
  readonly callbackUrl?: string | null;
  readonly format?: string | null;
  readonly includeFields?: readonly string[] | null;
  readonly filter?: string | null;
  readonly name?: string | null;
  readonly metafieldNamespaces?: readonly string[] | null;
};

/** Subscribes an address to a topic, once: topic and address are unique together. */
export function webhookSubscriptionCreate(
  args: { readonly topic: string; readonly webhookSubscription: Input },
  { shop, views, scopes }: Context,
): View {
  const { store } = shop;
  const { webhookSubscription: input } = args;
  const uri = input.uri ?? input.callbackUrl ?? '';
  refuseUnknown(input);
  const problem = deniedTopic(scopes, args.topic) ?? problemOf(store, args.topic, uri, input, undefined);
  if (problem) return { webhookSubscription: null, userErrors: [problem] };
  const now = store.second();
  const record: SubscriptionRecord = {
    id: store.nextId(),
    topic: args.topic,
    uri,
    name: input.name ?? undefined,
    includeFields: input.includeFields ?? [],
    filter: input.filter || undefined,
    by: 'api',
    createdAt: now,
    updatedAt: now,
  };
  store.subscriptions.set(record.id, record);
  return { webhookSubscription: views.subscription(record), userErrors: [] };
}

/** Changes a subscription. Deliveries that wait for a retry keep the address they had. */
export function webhookSubscriptionUpdate(
  args: { readonly id: string; readonly webhookSubscription: Input },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const record = find(store, args.id);
  const { webhookSubscription: input } = args;
  if (!record) return { webhookSubscription: null, userErrors: [userError(['id'], notFound)] };
  refuseUnknown(input);
  const uri = input.uri ?? input.callbackUrl ?? record.uri;
  const problem = problemOf(store, record.topic, uri, input, record);
  if (problem) return { webhookSubscription: null, userErrors: [problem] };
  record.uri = uri;
  // What is left out stays; null takes it away.
  if (input.name !== undefined) record.name = input.name ?? undefined;
  if (input.includeFields !== undefined) record.includeFields = input.includeFields ?? [];
  if (input.filter !== undefined) record.filter = input.filter || undefined;
  record.updatedAt = store.second();
  return { webhookSubscription: views.subscription(record), userErrors: [] };
}

/** Ends a subscription. */
export function webhookSubscriptionDelete({ id }: { readonly id: string }, { shop }: Context): View {
  const record = find(shop.store, id);
  if (!record) return { deletedWebhookSubscriptionId: null, userErrors: [userError(['id'], notFound)] };
  shop.store.subscriptions.delete(record.id);
  return { deletedWebhookSubscriptionId: id, userErrors: [] };
}

const notFound = 'Webhook subscription does not exist';
const field = ['webhookSubscription', 'callbackUrl'];

type Store = Context['shop']['store'];

function problemOf(
  store: Store,
  topic: string,
  uri: string,
  { name, filter }: Input,
  self: SubscriptionRecord | undefined,
): UserError | undefined {
  // The first two texts as recorded on API 2026-04.
  if (uri.startsWith('http://')) return userError(field, 'Address protocol http:// is not supported');
  const taken = [...store.subscriptions.values()].some(
    (each) => each !== self && each.topic === topic && each.uri === uri,
  );
  if (taken) return userError(field, 'Address for this topic has already been taken');
  if (!/^(https:\/\/[^/]+|pubsub:\/\/[^:]+:.+|arn:aws:events:)/.test(uri))
    return userError(field, 'Address is invalid');
  // The words are ours.
  if (isInternal(uri)) return userError(field, 'Address cannot be a Shopify or an internal domain');
  if (filter && !hasFields(filter)) {
    const message = 'The specified filter is invalid, please ensure you specify the field(s) you wish to filter on.';
    return userError(['webhookSubscription', 'filter'], message);
  }
  // Letters, digits, hyphens and underscores, at most 50. shopify.dev, webhooks, read 2026-11-23.
  if (name != null && !/^[\w-]{1,50}$/.test(name)) return userError(['webhookSubscription', 'name'], 'Name is invalid');
  return undefined;
}

function isInternal(uri: string): boolean {
  const host = uri.startsWith('https:') ? new URL(uri).hostname : '';
  return /(^|\.)myshopify\.com$|(^|\.)shopify\.com$|^localhost$|\.local$|^127\.|^10\.|^192\.168\./.test(host);
}

/** What the platform takes and the fake would leave out. */
function refuseUnknown({ format, metafieldNamespaces }: Input): void {
  if (format === 'XML') throw unsupported('webhooks as XML');
  if (metafieldNamespaces?.length) throw unsupported('metafields in webhooks');
}

// Which scopes a topic needs. Webhook reference of API 2026-07, read 2026-11-26; the words of the refusal are ours.
const topicScopes: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(ORDERS|REFUNDS|ORDER_TRANSACTIONS|FULFILLMENTS|FULFILLMENT_EVENTS)_/,
    /_(orders|marketplace_orders|fulfillments)$/,
  ],
  [/^FULFILLMENT_(ORDERS|HOLDS)_/, /_fulfillment_orders$/],
  [/^RETURNS_|^REVERSE_/, /_(returns|orders|marketplace_returns)$/],
  [/^(PRODUCTS|COLLECTIONS|VARIANTS)_/, /_products$/],
  [/^INVENTORY_/, /_inventory$/],
  [/^LOCATIONS_/, /_locations$/],
  [/^CUSTOMERS_/, /_customers$/],
];

function deniedTopic(scopes: ReadonlySet<string> | undefined, topic: string): UserError | undefined {
  const needed = topicScopes.find(([name]) => name.test(topic))?.[1];
  if (!scopes || !needed || [...scopes].some((scope) => needed.test(scope))) return undefined;
  const words = topic.toLowerCase().replace('_', '/');
  return userError(['topic'], `You do not have permission to create or update webhooks with ${words} topic.`);
}

function find(store: Store, id: string): SubscriptionRecord | undefined {
  const number = idIn(id, 'WebhookSubscription');
  if (number === undefined) throw invalidId(id);
  const record = store.subscriptions.get(number);
  return record?.by === 'api' ? record : undefined;
}
