import {
  acceptCancellationRequestSchema,
  acceptFulfillmentRequestSchema,
  fulfillmentOrderRequestSchema,
  rejectCancellationRequestSchema,
  rejectFulfillmentRequestSchema,
} from '../wire/fulfillment-order.ts';
import { defineDocument } from './document.ts';

/** What a fulfillment service was asked, and answered. */
export const fulfillmentOrderRequest = defineDocument(
  'FulfillmentOrderRequest',
  'query FulfillmentOrderRequest($id: ID!) { fulfillmentOrder(id: $id) { status requestStatus } }',
  fulfillmentOrderRequestSchema,
);

export const acceptFulfillmentRequest = defineDocument(
  'AcceptFulfillmentRequest',
  `mutation AcceptFulfillmentRequest($id: ID!, $message: String, $shipsAt: DateTime) {
  fulfillmentOrderAcceptFulfillmentRequest(id: $id, message: $message, estimatedShippedAt: $shipsAt) {
    userErrors { field message }
  }
}`,
  acceptFulfillmentRequestSchema,
);

export const rejectFulfillmentRequest = defineDocument(
  'RejectFulfillmentRequest',
  `mutation RejectFulfillmentRequest($id: ID!, $message: String, $reason: FulfillmentOrderRejectionReason) {
  fulfillmentOrderRejectFulfillmentRequest(id: $id, message: $message, reason: $reason) {
    userErrors { field message }
  }
}`,
  rejectFulfillmentRequestSchema,
);

export const acceptCancellationRequest = defineDocument(
  'AcceptCancellationRequest',
  `mutation AcceptCancellationRequest($id: ID!, $message: String) {
  fulfillmentOrderAcceptCancellationRequest(id: $id, message: $message) {
    userErrors { field message }
  }
}`,
  acceptCancellationRequestSchema,
);

export const rejectCancellationRequest = defineDocument(
  'RejectCancellationRequest',
  `mutation RejectCancellationRequest($id: ID!, $message: String) {
  fulfillmentOrderRejectCancellationRequest(id: $id, message: $message) {
    userErrors { field message }
  }
}`,
  rejectCancellationRequestSchema,
);
