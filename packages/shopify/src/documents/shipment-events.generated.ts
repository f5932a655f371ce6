// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentEventInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface ShipmentEventsOperations {
  ShipmentEvents: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      fulfillment: {
        status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
        displayStatus: 'ATTEMPTED_DELIVERY' | 'CANCELED' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'FULFILLED' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'LABEL_VOIDED' | 'MARKED_AS_FULFILLED' | 'NOT_DELIVERED' | 'OUT_FOR_DELIVERY' | 'PICKED_UP' | 'READY_FOR_PICKUP' | 'SUBMITTED' | null;
        order: { id: string };
        events: {
          nodes: Array<{
            status: 'ATTEMPTED_DELIVERY' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'OUT_FOR_DELIVERY' | 'READY_FOR_PICKUP';
            happenedAt: string;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ShipmentEventAdd: {
    variables: { readonly event: FulfillmentEventInput };
    answer: {
      fulfillmentEventCreate: { userErrors: Array<{ field: Array<string> | null; message: string }> };
    };
  };
}
