// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { FulfillmentInput, FulfillmentTrackingInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface FulfillmentsOperations {
  OrderToShip: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      order: {
        id: string;
        name: string;
        cancelledAt: string | null;
        fulfillments: Array<{
          id: string;
          status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
          trackingInfo: Array<{ number: string | null }>;
        }>;
        fulfillmentOrders: {
          nodes: Array<{
            id: string;
            status: 'CANCELLED' | 'CLOSED' | 'INCOMPLETE' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'SCHEDULED';
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
          trackingInfo: Array<{ number: string | null }>;
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
  FulfillmentCancel: {
    variables: { readonly id: string };
    answer: { fulfillmentCancel: { userErrors: Array<{ field: Array<string> | null; message: string }> } };
  };
  FulfillmentTrackingInfoUpdate: {
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
