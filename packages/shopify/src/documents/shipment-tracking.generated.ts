// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentTrackingInput } from './inputs.generated.ts';

export interface ShipmentTrackingOperations {
  ShipmentTracking: {
    variables: { readonly id: string; readonly book: string };
    answer: {
      fulfillment: {
        status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
        displayStatus: 'ATTEMPTED_DELIVERY' | 'CANCELED' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'FULFILLED' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'LABEL_VOIDED' | 'MARKED_AS_FULFILLED' | 'NOT_DELIVERED' | 'OUT_FOR_DELIVERY' | 'PICKED_UP' | 'READY_FOR_PICKUP' | 'SUBMITTED' | null;
        trackingInfo: Array<{ company: string | null; number: string | null; url: string | null }>;
        order: { id: string; metafield: { value: string; compareDigest: string; updatedAt: string } | null };
      } | null;
    };
  };
  ShipmentTrackingSet: {
    variables: {
      readonly id: string;
      readonly tracking: FulfillmentTrackingInput;
      readonly notify?: boolean | null;
    };
    answer: {
      fulfillmentTrackingInfoUpdate: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
}
