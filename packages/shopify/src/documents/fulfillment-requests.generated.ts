// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.

export interface FulfillmentRequestsOperations {
  FulfillmentOrderRequest: {
    variables: { readonly id: string };
    answer: {
      fulfillmentOrder: {
        status: 'CANCELLED' | 'CLOSED' | 'INCOMPLETE' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'SCHEDULED';
        requestStatus: 'ACCEPTED' | 'CANCELLATION_ACCEPTED' | 'CANCELLATION_REJECTED' | 'CANCELLATION_REQUESTED' | 'CLOSED' | 'REJECTED' | 'SUBMITTED' | 'UNSUBMITTED';
      } | null;
    };
  };
  AcceptFulfillmentRequest: {
    variables: { readonly id: string; readonly message?: string | null; readonly shipsAt?: string | null };
    answer: {
      fulfillmentOrderAcceptFulfillmentRequest: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
  RejectFulfillmentRequest: {
    variables: {
      readonly id: string;
      readonly message?: string | null;
      readonly reason?: 'INCORRECT_ADDRESS' | 'INCORRECT_PRODUCT_INFO' | 'INELIGIBLE_PRODUCT' | 'INTERNATIONAL_SHIPPING_UNAVAILABLE' | 'INVALID_CONTACT_INFORMATION' | 'INVALID_SKU' | 'INVENTORY_OUT_OF_STOCK' | 'MERCHANT_BLOCKED_OR_SUSPENDED' | 'MISSING_CUSTOMS_INFO' | 'ORDER_TOO_LARGE' | 'OTHER' | 'PACKAGE_PREFERENCE_NOT_SET' | 'PAYMENT_DECLINED' | 'UNDELIVERABLE_DESTINATION' | null;
    };
    answer: {
      fulfillmentOrderRejectFulfillmentRequest: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
  AcceptCancellationRequest: {
    variables: { readonly id: string; readonly message?: string | null };
    answer: {
      fulfillmentOrderAcceptCancellationRequest: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
  RejectCancellationRequest: {
    variables: { readonly id: string; readonly message?: string | null };
    answer: {
      fulfillmentOrderRejectCancellationRequest: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
}
