import {
  webhookSubscriptionCreateSchema,
  webhookSubscriptionDeleteSchema,
  webhookSubscriptionsSchema,
  webhookSubscriptionUpdateSchema,
  webhookTopicsSchema,
} from '../wire/webhook-subscription.ts';
import { defineDocument } from './document.ts';

/** Those that were made through the API: the app's own configuration is in no list. */
export const webhookSubscriptions = defineDocument(
  'WebhookSubscriptions',
  `query WebhookSubscriptions($after: String) {
  webhookSubscriptions(first: 250, after: $after) {
    nodes { id topic uri format filter includeFields }
    pageInfo { hasNextPage endCursor }
  }
}`,
  webhookSubscriptionsSchema,
);

/** Asks nothing but whether Shopify knows these topics: where it does not, it refuses the document. */
export const webhookTopics = defineDocument(
  'WebhookTopics',
  `query WebhookTopics($topics: [WebhookSubscriptionTopic!]!) {
  webhookSubscriptions(first: 1, topics: $topics) { nodes { id } }
}`,
  webhookTopicsSchema,
);

export const webhookSubscriptionCreate = defineDocument(
  'WebhookSubscriptionCreate',
  `mutation WebhookSubscriptionCreate($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
    userErrors { field message }
  }
}`,
  webhookSubscriptionCreateSchema,
);

export const webhookSubscriptionUpdate = defineDocument(
  'WebhookSubscriptionUpdate',
  `mutation WebhookSubscriptionUpdate($id: ID!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $subscription) {
    userErrors { field message }
  }
}`,
  webhookSubscriptionUpdateSchema,
);

export const webhookSubscriptionDelete = defineDocument(
  'WebhookSubscriptionDelete',
  `mutation WebhookSubscriptionDelete($id: ID!) {
  webhookSubscriptionDelete(id: $id) {
    userErrors { field message }
  }
}`,
  webhookSubscriptionDeleteSchema,
);
