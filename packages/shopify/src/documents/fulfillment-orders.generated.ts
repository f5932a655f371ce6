// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface FulfillmentOrdersOperations {
  FulfillmentOrderIds: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: { fulfillmentOrders: { nodes: Array<{ id: string; updatedAt: string }>; pageInfo: PageInfo } };
  };
  FulfillmentOrdersById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        orderId: string;
        orderName: string;
        status: 'CANCELLED' | 'CLOSED' | 'INCOMPLETE' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'SCHEDULED';
        requestStatus: 'ACCEPTED' | 'CANCELLATION_ACCEPTED' | 'CANCELLATION_REJECTED' | 'CANCELLATION_REQUESTED' | 'CLOSED' | 'REJECTED' | 'SUBMITTED' | 'UNSUBMITTED';
        fulfillAt: string | null;
        createdAt: string;
        updatedAt: string;
        assignedLocation: { location: { id: string } | null };
        destination: {
          firstName: string | null;
          lastName: string | null;
          company: string | null;
          address1: string | null;
          address2: string | null;
          city: string | null;
          province: string | null;
          zip: string | null;
          countryCode: string | null;
          phone: string | null;
          email: string | null;
        } | null;
        deliveryMethod: {
          methodType: 'LOCAL' | 'NONE' | 'PICKUP_POINT' | 'PICK_UP' | 'RETAIL' | 'SHIPPING';
          serviceCode: string | null;
          presentedName: string | null;
        } | null;
        fulfillmentHolds: Array<{
          reason: 'AWAITING_PAYMENT' | 'AWAITING_RETURN_ITEMS' | 'HIGH_RISK_OF_FRAUD' | 'INCORRECT_ADDRESS' | 'INVENTORY_OUT_OF_STOCK' | 'ONLINE_STORE_POST_PURCHASE_CROSS_SELL' | 'OTHER' | 'UNKNOWN_DELIVERY_DATE';
          reasonNotes: string | null;
          displayReason: string;
        }>;
        merchantRequests: {
          nodes: Array<{ kind: 'CANCELLATION_REQUEST' | 'FULFILLMENT_REQUEST'; message: string | null }>;
        };
        fulfillments: { nodes: Array<{ status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS' }> };
        lineItems: {
          nodes: Array<{
            id: string;
            sku: string | null;
            productTitle: string;
            totalQuantity: number;
            remainingQuantity: number;
            requiresShipping: boolean;
          }>;
          pageInfo: PageInfo;
        };
      } | null>;
    };
  };
  FulfillmentOrderUnits: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      fulfillmentOrder: {
        page: {
          nodes: Array<{
            id: string;
            sku: string | null;
            productTitle: string;
            totalQuantity: number;
            remainingQuantity: number;
            requiresShipping: boolean;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  FulfillmentVersions: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: { nodes: Array<{ id: string; updatedAt: string } | null> };
  };
}
