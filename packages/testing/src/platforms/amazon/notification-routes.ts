import * as z from 'zod';
import { badInput, refused } from './api-error.ts';
import { jsonOf, type Handler } from './call.ts';
import { listUpTo, parametersOf } from './query.ts';
import type { DestinationRecord, SubscriptionRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

// Which notification goes where. developer-docs.amazon.com, read 2026-08-18.
const ways = {
  ORDER_CHANGE: 'sqs',
  FEED_PROCESSING_FINISHED: 'sqs',
  LISTINGS_ITEM_MFN_QUANTITY_CHANGE: 'eventBridge',
} as const;
/** The notifications that the fake sends. */
export type AmazonNotificationType = keyof typeof ways;
const typeSchema = z.enum(Object.keys(ways) as AmazonNotificationType[]); // The keys of `ways`.

const destinationSchema = z.object({
  name: z.string().min(1).max(256),
  resourceSpecification: z.union([
    z.strictObject({ sqs: z.object({ arn: z.string().regex(/^arn:aws:sqs:\S+:\S+:\S+$/) }) }),
    z.strictObject({ eventBridge: z.object({ accountId: z.string(), region: z.string() }) }),
  ]),
});

const subscriptionSchema = z.object({
  payloadVersion: z.string(),
  destinationId: z.string(),
  processingDirective: z
    .object({
      eventFilter: z
        .object({
          eventFilterType: z.string(),
          orderChangeTypes: z.array(z.enum(['OrderStatusChange', 'BuyerRequestedChange'])).optional(),
          marketplaceIds: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** Destinations and subscriptions. */
export function notificationRoutes(store: AmazonStore) {
  const { destinations, subscriptions, ids } = store;
  const ofType = (type: string | undefined) => [...subscriptions.values()].filter((found) => found.type === type);
  const byId = (params: Readonly<Record<string, string>>) =>
    ofType(params['notificationType']).find(({ id }) => id === params['subscriptionId']);

  return {
    createDestination(call) {
      const body = destinationSchema.safeParse(jsonOf(call));
      if (!body.success) return badInput('notifications', 'The destination is not valid.');
      const { name, resourceSpecification } = body.data;
      const destination = newDestination(store, name, resourceSpecification);
      return Response.json({ payload: destinationView(destination) });
    },
    getDestinations: () => Response.json({ payload: [...destinations.values()].map(destinationView) }),
    getDestination({ params }) {
      const destination = destinations.get(params['destinationId'] ?? '');
      return destination ? Response.json({ payload: destinationView(destination) }) : missing('destination');
    },
    deleteDestination({ params }) {
      const id = params['destinationId'] ?? '';
      if ([...subscriptions.values()].some(({ destinationId }) => destinationId === id)) {
        return refused(409, 'ResourceConflict', 'The destination has subscriptions.');
      }
      return destinations.delete(id) ? Response.json({}) : missing('destination');
    },
    createSubscription(call) {
      const type = typeSchema.safeParse(call.params['notificationType']);
      const body = subscriptionSchema.safeParse(jsonOf(call));
      if (!type.success || !body.success) return badInput('notifications', 'The subscription is not valid.');
      const { destinationId, payloadVersion, processingDirective } = body.data;
      const destination = destinations.get(destinationId);
      if (!destination) return badInput('notifications', 'There is no such destination.');
      if (!(ways[type.data] in destination.resource)) {
        return badInput('notifications', `${type.data} is delivered by ${ways[type.data]} only.`);
      }
      if (ofType(type.data).length > 0) return refused(409, 'ResourceConflict', 'There is a subscription already.');
      const filter = processingDirective?.eventFilter;
      const subscription: SubscriptionRecord = {
        id: ids.uuid(),
        type: type.data,
        payloadVersion,
        destinationId,
        changeTypes: filter?.orderChangeTypes,
        marketplaceIds: filter?.marketplaceIds,
        directive: processingDirective,
      };
      subscriptions.set(subscription.id, subscription);
      return Response.json({ payload: subscriptionView(subscription) });
    },
    getSubscription({ params }) {
      const [subscription] = ofType(params['notificationType']);
      return subscription ? Response.json({ payload: subscriptionView(subscription) }) : missing('subscription');
    },
    getSubscriptions({ query }) {
      const types = listUpTo(1).safeParse(parametersOf(query)['notificationTypes']);
      if (!types.success) return badInput('notifications', 'Name one notification type.');
      return Response.json({ payload: { subscriptions: ofType(types.data[0]).map(subscriptionView) } });
    },
    getSubscriptionById({ params }) {
      const subscription = byId(params);
      return subscription ? Response.json({ payload: subscriptionView(subscription) }) : missing('subscription');
    },
    deleteSubscriptionById({ params }) {
      const subscription = byId(params);
      if (!subscription) return missing('subscription');
      subscriptions.delete(subscription.id);
      return Response.json({});
    },
  } satisfies Record<string, Handler>;
}

/** Subscribes without the API: makes a destination of the right kind, and answers the subscription's id. */
export function subscribed(store: AmazonStore, type: AmazonNotificationType): string {
  const [existing] = [...store.subscriptions.values()].filter((found) => found.type === type);
  if (existing) return existing.id;
  const way = ways[type];
  const { id: destinationId } =
    [...store.destinations.values()].find(({ resource }) => way in resource) ??
    newDestination(
      store,
      'crossdock',
      way === 'sqs'
        ? { sqs: { arn: 'arn:aws:sqs:eu-west-1:111122223333:crossdock' } }
        : { eventBridge: { accountId: '111122223333', region: 'eu-west-1' } },
    );
  const id = store.ids.uuid();
  store.subscriptions.set(id, {
    id,
    type,
    payloadVersion: type === 'FEED_PROCESSING_FINISHED' ? '2020-09-04' : '1.0',
    destinationId,
    changeTypes: undefined,
    marketplaceIds: undefined,
    directive: undefined,
  });
  return id;
}

function newDestination(
  { ids, destinations }: AmazonStore,
  name: string,
  given: z.infer<typeof destinationSchema>['resourceSpecification'],
): DestinationRecord {
  const id = ids.uuid();
  const resource =
    'sqs' in given
      ? given
      : { eventBridge: { ...given.eventBridge, name: `aws.partner/sellingpartnerapi.amazon.com/${id}` } };
  const destination = { id, name, resource };
  destinations.set(id, destination);
  return destination;
}

function destinationView({ id, name, resource }: DestinationRecord) {
  return { destinationId: id, name, resource };
}

function subscriptionView({ id, payloadVersion, destinationId, directive }: SubscriptionRecord) {
  return {
    subscriptionId: id,
    payloadVersion,
    destinationId,
    ...(directive ? { processingDirective: directive } : {}),
  };
}

function missing(what: string): Response {
  return refused(404, 'NotFound', `The ${what} does not exist.`);
}
