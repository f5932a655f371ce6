import {
  bulkOperationCancel,
  bulkOperationRunMutation,
  bulkOperationRunQuery,
  stagedUploadsCreate,
} from '../bulk/mutations.ts';
import { customerCreate, customerDelete, customerSet, customerUpdate } from './customers.ts';
import { fulfillmentCancel, fulfillmentEventCreate, fulfillmentTrackingInfoUpdate } from './fulfillment-changes.ts';
import { fulfillmentCreate } from './fulfillment-create.ts';
import { fulfillmentOrderHold, fulfillmentOrderReleaseHold } from './fulfillment-holds.ts';
import {
  fulfillmentOrderCancel,
  fulfillmentOrderMerge,
  fulfillmentOrderMove,
  fulfillmentOrderOpen,
  fulfillmentOrderReportProgress,
  fulfillmentOrderReschedule,
  fulfillmentOrderSplit,
} from './fulfillment-orders.ts';
import {
  fulfillmentOrderAcceptCancellationRequest,
  fulfillmentOrderAcceptFulfillmentRequest,
  fulfillmentOrderClose,
  fulfillmentOrderRejectCancellationRequest,
  fulfillmentOrderRejectFulfillmentRequest,
  fulfillmentOrderSubmitCancellationRequest,
  fulfillmentOrderSubmitFulfillmentRequest,
} from './fulfillment-requests.ts';
import {
  fulfillmentServiceCreate,
  fulfillmentServiceDelete,
  fulfillmentServiceUpdate,
} from './fulfillment-services.ts';
import { inventoryActivate } from './inventory-activate.ts';
import { inventoryAdjustQuantities, inventorySetQuantities } from './inventory.ts';
import { orderCapture } from './order-capture.ts';
import {
  orderCancel,
  orderClose,
  orderMarkAsPaid,
  orderOpen,
  orderUpdate,
  tagsAdd,
  tagsRemove,
} from './order-changes.ts';
import { metafieldsDelete, metafieldsSet } from './metafields.ts';
import { productChangeStatus, productCreate, productDelete, productUpdate } from './product-changes.ts';
import { productSet } from './product-set.ts';
import { productVariantsBulkUpdate } from './product-variants.ts';
import { refundCreate } from './refund-create.ts';
import { returnProcess, reverseFulfillmentOrderDispose } from './return-process.ts';
import {
  removeFromReturn,
  returnApproveRequest,
  returnCancel,
  returnClose,
  returnCreate,
  returnDeclineRequest,
  returnReopen,
  returnRequest,
} from './returns.ts';
import { productVariantsBulkCreate, productVariantsBulkDelete } from './variants-create.ts';
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
  fulfillmentOrderAcceptCancellationRequest,
  fulfillmentOrderAcceptFulfillmentRequest,
  fulfillmentOrderCancel,
  fulfillmentOrderClose,
  fulfillmentOrderHold,
  fulfillmentOrderMerge,
  fulfillmentOrderMove,
  fulfillmentOrderOpen,
  fulfillmentOrderRejectCancellationRequest,
  fulfillmentOrderRejectFulfillmentRequest,
  fulfillmentOrderReleaseHold,
  fulfillmentOrderReportProgress,
  fulfillmentOrderReschedule,
  fulfillmentOrderSplit,
  fulfillmentOrderSubmitCancellationRequest,
  fulfillmentOrderSubmitFulfillmentRequest,
  fulfillmentServiceCreate,
  fulfillmentServiceDelete,
  fulfillmentServiceUpdate,
  fulfillmentTrackingInfoUpdate,
  inventoryActivate,
  inventoryAdjustQuantities,
  inventorySetQuantities,
  orderCancel,
  orderCapture,
  orderClose,
  orderMarkAsPaid,
  orderOpen,
  orderUpdate,
  bulkOperationCancel,
  bulkOperationRunMutation,
  bulkOperationRunQuery,
  customerCreate,
  customerDelete,
  customerSet,
  customerUpdate,
  metafieldsDelete,
  metafieldsSet,
  productChangeStatus,
  productCreate,
  productDelete,
  productSet,
  productUpdate,
  productVariantsBulkCreate,
  productVariantsBulkDelete,
  productVariantsBulkUpdate,
  refundCreate,
  removeFromReturn,
  returnApproveRequest,
  returnCancel,
  returnClose,
  returnCreate,
  returnDeclineRequest,
  returnProcess,
  returnReopen,
  returnRequest,
  reverseFulfillmentOrderDispose,
  stagedUploadsCreate,
  tagsAdd,
  tagsRemove,
  webhookSubscriptionCreate,
  webhookSubscriptionDelete,
  webhookSubscriptionUpdate,
};
