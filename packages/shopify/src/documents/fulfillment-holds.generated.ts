// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentOrderHoldInput } from './inputs.generated.ts';

export interface FulfillmentHoldsOperations {
  FulfillmentOrderHolds: {
    variables: { readonly id: string };
    answer: {
      fulfillmentOrder: {
        status: 'CANCELLED' | 'CLOSED' | 'INCOMPLETE' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'SCHEDULED';
        requestStatus: 'ACCEPTED' | 'CANCELLATION_ACCEPTED' | 'CANCELLATION_REJECTED' | 'CANCELLATION_REQUESTED' | 'CLOSED' | 'REJECTED' | 'SUBMITTED' | 'UNSUBMITTED';
        orderId: string;
        fulfillmentHolds: Array<{
          id: string;
          handle: string | null;
          reason: 'AWAITING_PAYMENT' | 'AWAITING_RETURN_ITEMS' | 'HIGH_RISK_OF_FRAUD' | 'INCORRECT_ADDRESS' | 'INVENTORY_OUT_OF_STOCK' | 'ONLINE_STORE_POST_PURCHASE_CROSS_SELL' | 'OTHER' | 'UNKNOWN_DELIVERY_DATE';
          reasonNotes: string | null;
          heldByRequestingApp: boolean;
        }>;
      } | null;
    };
  };
  FulfillmentOrderHold: {
    variables: { readonly id: string; readonly hold: FulfillmentOrderHoldInput };
    answer: {
      fulfillmentOrderHold: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS' | 'DUPLICATE_FULFILLMENT_HOLD_HANDLE' | 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED' | 'FULFILLMENT_ORDER_NOT_FOUND' | 'FULFILLMENT_ORDER_NOT_SPLITTABLE' | 'GREATER_THAN_ZERO' | 'INVALID_LINE_ITEM_QUANTITY' | 'TAKEN' | null;
        }>;
      };
    };
  };
  FulfillmentOrderReleaseHold: {
    variables: { readonly id: string; readonly holdIds: ReadonlyArray<string> };
    answer: {
      fulfillmentOrderReleaseHold: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'FULFILLMENT_ORDER_NOT_FOUND' | 'INVALID_ACCESS' | null;
        }>;
      };
    };
  };
}
