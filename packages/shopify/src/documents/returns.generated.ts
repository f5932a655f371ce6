// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { ReturnApproveRequestInput, ReturnInput, ReturnProcessInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface ReturnsOperations {
  ReturnsOfOrders: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{ id: string; returns: { nodes: Array<{ id: string }>; pageInfo: PageInfo } } | null>;
    };
  };
  ReturnsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        name: string;
        status: 'CANCELED' | 'CLOSED' | 'DECLINED' | 'OPEN' | 'REQUESTED';
        createdAt: string;
        closedAt: string | null;
        requestApprovedAt: string | null;
        order: { id: string };
        returnLineItems: {
          nodes: Array<{
            quantity: number;
            processedQuantity: number;
            returnReasonNote: string;
            customerNote: string | null;
            returnReasonDefinition: { name: string } | null;
            id: string;
            fulfillmentLineItem: { id: string; lineItem: { id: string; sku: string | null } };
          } | {
            quantity: number;
            processedQuantity: number;
            returnReasonNote: string;
            customerNote: string | null;
            returnReasonDefinition: { name: string } | null;
            id: string;
          }>;
          pageInfo: PageInfo;
        };
        reverseFulfillmentOrders: {
          nodes: Array<{
            id: string;
            lineItems: {
              nodes: Array<{
                id: string;
                totalQuantity: number;
                fulfillmentLineItem: { id: string } | null;
                dispositions: Array<{
                  quantity: number;
                  type: 'MISSING' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'RESTOCKED';
                  createdAt: string;
                }>;
              }>;
              pageInfo: PageInfo;
            };
          }>;
          pageInfo: PageInfo;
        };
      } | null>;
    };
  };
  ReturnLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      return: {
        page: {
          nodes: Array<{
            quantity: number;
            processedQuantity: number;
            returnReasonNote: string;
            customerNote: string | null;
            returnReasonDefinition: { name: string } | null;
            id: string;
            fulfillmentLineItem: { id: string; lineItem: { id: string; sku: string | null } };
          } | {
            quantity: number;
            processedQuantity: number;
            returnReasonNote: string;
            customerNote: string | null;
            returnReasonDefinition: { name: string } | null;
            id: string;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ReverseLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      reverseFulfillmentOrder: {
        page: {
          nodes: Array<{
            id: string;
            totalQuantity: number;
            fulfillmentLineItem: { id: string } | null;
            dispositions: Array<{
              quantity: number;
              type: 'MISSING' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'RESTOCKED';
              createdAt: string;
            }>;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ReturnableGoods: {
    variables: { readonly order: string; readonly after?: string | null };
    answer: {
      order: { name: string } | null;
      returnableFulfillments: {
        nodes: Array<{
          fulfillment: { id: string };
          returnableFulfillmentLineItems: {
            nodes: Array<{
              quantity: number;
              fulfillmentLineItem: { id: string; lineItem: { id: string; sku: string | null } };
            }>;
            pageInfo: PageInfo;
          };
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  ReturnNotes: {
    variables: { readonly order: string; readonly after?: string | null };
    answer: {
      order: {
        returns: {
          nodes: Array<{
            id: string;
            returnLineItems: { nodes: Array<{ returnReasonNote: string }>; pageInfo: PageInfo };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ReturnCreate: {
    variables: { readonly input: ReturnInput };
    answer: {
      returnCreate: {
        return: { id: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'ALREADY_EXISTS' | 'BLANK' | 'CREATION_FAILED' | 'EQUAL_TO' | 'FEATURE_NOT_ENABLED' | 'GREATER_THAN' | 'GREATER_THAN_OR_EQUAL_TO' | 'INCLUSION' | 'INCOMPATIBLE_WITH_STANDARD_POLICY' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_STATE' | 'LESS_THAN' | 'LESS_THAN_OR_EQUAL_TO' | 'MISSING_PERMISSION' | 'NOTIFICATION_FAILED' | 'NOT_A_NUMBER' | 'NOT_EDITABLE' | 'NOT_FOUND' | 'PRESENT' | 'TAKEN' | 'TOO_BIG' | 'TOO_LONG' | 'TOO_MANY_ARGUMENTS' | 'TOO_SHORT' | 'WRONG_LENGTH' | null;
        }>;
      };
    };
  };
  ReturnApprove: {
    variables: { readonly input: ReturnApproveRequestInput };
    answer: {
      returnApproveRequest: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'ALREADY_EXISTS' | 'BLANK' | 'CREATION_FAILED' | 'EQUAL_TO' | 'FEATURE_NOT_ENABLED' | 'GREATER_THAN' | 'GREATER_THAN_OR_EQUAL_TO' | 'INCLUSION' | 'INCOMPATIBLE_WITH_STANDARD_POLICY' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_STATE' | 'LESS_THAN' | 'LESS_THAN_OR_EQUAL_TO' | 'MISSING_PERMISSION' | 'NOTIFICATION_FAILED' | 'NOT_A_NUMBER' | 'NOT_EDITABLE' | 'NOT_FOUND' | 'PRESENT' | 'TAKEN' | 'TOO_BIG' | 'TOO_LONG' | 'TOO_MANY_ARGUMENTS' | 'TOO_SHORT' | 'WRONG_LENGTH' | null;
        }>;
      };
    };
  };
  ReturnProcess: {
    variables: { readonly input: ReturnProcessInput };
    answer: {
      returnProcess: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'ALREADY_EXISTS' | 'BLANK' | 'CREATION_FAILED' | 'EQUAL_TO' | 'FEATURE_NOT_ENABLED' | 'GREATER_THAN' | 'GREATER_THAN_OR_EQUAL_TO' | 'INCLUSION' | 'INCOMPATIBLE_WITH_STANDARD_POLICY' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_STATE' | 'LESS_THAN' | 'LESS_THAN_OR_EQUAL_TO' | 'MISSING_PERMISSION' | 'NOTIFICATION_FAILED' | 'NOT_A_NUMBER' | 'NOT_EDITABLE' | 'NOT_FOUND' | 'PRESENT' | 'TAKEN' | 'TOO_BIG' | 'TOO_LONG' | 'TOO_MANY_ARGUMENTS' | 'TOO_SHORT' | 'WRONG_LENGTH' | null;
        }>;
      };
    };
  };
  ReturnClose: {
    variables: { readonly id: string };
    answer: {
      returnClose: {
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'ALREADY_EXISTS' | 'BLANK' | 'CREATION_FAILED' | 'EQUAL_TO' | 'FEATURE_NOT_ENABLED' | 'GREATER_THAN' | 'GREATER_THAN_OR_EQUAL_TO' | 'INCLUSION' | 'INCOMPATIBLE_WITH_STANDARD_POLICY' | 'INTERNAL_ERROR' | 'INVALID' | 'INVALID_STATE' | 'LESS_THAN' | 'LESS_THAN_OR_EQUAL_TO' | 'MISSING_PERMISSION' | 'NOTIFICATION_FAILED' | 'NOT_A_NUMBER' | 'NOT_EDITABLE' | 'NOT_FOUND' | 'PRESENT' | 'TAKEN' | 'TOO_BIG' | 'TOO_LONG' | 'TOO_MANY_ARGUMENTS' | 'TOO_SHORT' | 'WRONG_LENGTH' | null;
        }>;
      };
    };
  };
}
