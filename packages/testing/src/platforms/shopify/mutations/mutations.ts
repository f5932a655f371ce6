import {
  fulfillmentCancel,
  fulfillmentEventCreate,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  fulfillmentTrackingInfoUpdate,
} from './fulfillment-changes.ts';
import { fulfillmentCreate } from './fulfillment-create.ts';
import {
  webhookSubscriptionCreate,
  webhookSubscriptionDelete,
  webhookSubscriptionUpdate,
} from './webhook-subscriptions.ts';

/** Everything that can be done at the root. */
export const mutationRoot = {
  fulfillmentCancel,
  fulfillmentCreate,
  fulfillmentEventCreate,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  fulfillmentTrackingInfoUpdate,
  webhookSubscriptionCreate,
  webhookSubscriptionDelete,
  webhookSubscriptionUpdate,
};
