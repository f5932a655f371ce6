// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { PageInfo } from '../wire/connection.ts';

export interface ShipmentsOperations {
  ShipmentIds: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: {
      orders: {
        nodes: Array<{ id: string; updatedAt: string; fulfillments: Array<{ id: string }> }>;
        pageInfo: PageInfo;
      };
    };
  };
  ShipmentsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        name: string;
        status: 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING' | 'SUCCESS';
        displayStatus: 'ATTEMPTED_DELIVERY' | 'CANCELED' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'FULFILLED' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'LABEL_VOIDED' | 'MARKED_AS_FULFILLED' | 'NOT_DELIVERED' | 'OUT_FOR_DELIVERY' | 'PICKED_UP' | 'READY_FOR_PICKUP' | 'SUBMITTED' | null;
        createdAt: string;
        updatedAt: string;
        deliveredAt: string | null;
        order: { id: string };
        location: { id: string } | null;
        trackingInfo: Array<{ company: string | null; number: string | null; url: string | null }>;
        fulfillmentLineItems: {
          nodes: Array<{
            quantity: number | null;
            lineItem: { id: string; sku: string | null; title: string; requiresShipping: boolean };
          }>;
          pageInfo: PageInfo;
        };
      } | null>;
    };
  };
  ShipmentContents: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      fulfillment: {
        page: {
          nodes: Array<{
            quantity: number | null;
            lineItem: { id: string; sku: string | null; title: string; requiresShipping: boolean };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ShipmentVersions: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: { nodes: Array<{ id: string; updatedAt: string } | null> };
  };
}
