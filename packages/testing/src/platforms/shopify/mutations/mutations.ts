import {
  fulfillmentCancel,
  fulfillmentEventCreate,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  fulfillmentTrackingInfoUpdate,
} from './fulfillment-changes.ts';
import { fulfillmentCreate } from './fulfillment-create.ts';
import { inventoryActivate } from './inventory-activate.ts';
import { inventoryAdjustQuantities, inventorySetQuantities } from './inventory.ts';
import {
  orderCancel,
  orderClose,
  orderMarkAsPaid,
  orderOpen,
  orderUpdate,
  tagsAdd,
  tagsRemove,
} from './order-changes.ts';
import { productVariantsBulkUpdate } from './product-variants.ts';
import { refundCreate } from './refund-create.ts';
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
  inventoryActivate,
  inventoryAdjustQuantities,
  inventorySetQuantities,
  orderCancel,
  orderClose,
  orderMarkAsPaid,
  orderOpen,
  orderUpdate,
  productVariantsBulkUpdate,
  refundCreate,
  tagsAdd,
  tagsRemove,
  webhookSubscriptionCreate,
  webhookSubscriptionDelete,
  webhookSubscriptionUpdate,
};
