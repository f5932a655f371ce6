// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentTrackingInput } from './inputs.generated.ts';

export interface ShipmentTrackingOperations {
  ShipmentTracking: {
    variables: { readonly id: string };
    answer: {
      fulfillment: {
        status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
        order: { id: string };
        trackingInfo: Array<{ company: string | null; number: string | null; url: string | null }>;
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
