// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface FulfillmentsOperations {
  OrderToShip: {
    variables: { readonly id: string; readonly book: string; readonly after?: string | null };
    answer: {
      order: {
        id: string;
        name: string;
        cancelledAt: string | null;
        metafield: { value: string; compareDigest: string; updatedAt: string } | null;
        fulfillments: Array<{
          id: string;
          status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
          displayStatus: 'ATTEMPTED_DELIVERY' | 'CANCELED' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'FULFILLED' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'LABEL_VOIDED' | 'MARKED_AS_FULFILLED' | 'NOT_DELIVERED' | 'OUT_FOR_DELIVERY' | 'PICKED_UP' | 'READY_FOR_PICKUP' | 'SUBMITTED' | null;
          trackingInfo: Array<{ company: string | null; number: string | null; url: string | null }>;
        }>;
        fulfillmentOrders: {
          nodes: Array<{
            id: string;
            status: 'CANCELLED' | 'CLOSED' | 'INCOMPLETE' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'SCHEDULED';
            requestStatus: 'ACCEPTED' | 'CANCELLATION_ACCEPTED' | 'CANCELLATION_REJECTED' | 'CANCELLATION_REQUESTED' | 'CLOSED' | 'REJECTED' | 'SUBMITTED' | 'UNSUBMITTED';
            assignedLocation: { location: { id: string } | null };
            lineItems: {
              nodes: Array<{ id: string; sku: string | null; remainingQuantity: number; lineItem: { id: string } }>;
              pageInfo: PageInfo;
            };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  FulfillmentOrderLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      fulfillmentOrder: {
        id: string;
        lineItems: {
          nodes: Array<{ id: string; sku: string | null; remainingQuantity: number; lineItem: { id: string } }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  OrderFulfillments: {
    variables: { readonly id: string };
    answer: {
      order: {
        id: string;
        fulfillments: Array<{
          id: string;
          status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
          displayStatus: 'ATTEMPTED_DELIVERY' | 'CANCELED' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'FULFILLED' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'LABEL_VOIDED' | 'MARKED_AS_FULFILLED' | 'NOT_DELIVERED' | 'OUT_FOR_DELIVERY' | 'PICKED_UP' | 'READY_FOR_PICKUP' | 'SUBMITTED' | null;
          trackingInfo: Array<{ company: string | null; number: string | null; url: string | null }>;
        }>;
      } | null;
    };
  };
  FulfillmentLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      fulfillment: {
        id: string;
        fulfillmentLineItems: {
          nodes: Array<{ quantity: number | null; lineItem: { id: string; sku: string | null } }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  FulfillmentCreate: {
    variables: { readonly fulfillment: FulfillmentInput };
    answer: {
      fulfillmentCreate: {
        fulfillment: { id: string } | null;
        userErrors: Array<{ field: Array<string> | null; message: string }>;
      };
    };
  };
}
