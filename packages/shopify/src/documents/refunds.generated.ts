// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { RefundInput, RefundLineItemInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface RefundsOperations {
  RefundsByOrder: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: { nodes: Array<{ id: string; refunds: Array<{ id: string }> } | null> };
  };
  RefundsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        createdAt: string | null;
        processedAt: string;
        updatedAt: string;
        note: string | null;
        order: { id: string; taxesIncluded: boolean };
        return: { id: string } | null;
        refundLineItems: {
          nodes: Array<{
            quantity: number;
            restockType: 'CANCEL' | 'LEGACY_RESTOCK' | 'NO_RESTOCK' | 'RETURN';
            subtotalSet: { shopMoney: { amount: string; currencyCode: string } };
            totalTaxSet: { shopMoney: { amount: string; currencyCode: string } };
            lineItem: { id: string };
          }>;
          pageInfo: PageInfo;
        };
        refundShippingLines: {
          nodes: Array<{
            subtotalAmountSet: { shopMoney: { amount: string; currencyCode: string } };
            taxAmountSet: { shopMoney: { amount: string; currencyCode: string } };
          }>;
          pageInfo: PageInfo;
        };
        duties: Array<{
          amountSet: { shopMoney: { amount: string; currencyCode: string } };
          originalDuty: { id: string } | null;
        }> | null;
        orderAdjustments: {
          nodes: Array<{
            id: string;
            amountSet: { shopMoney: { amount: string; currencyCode: string } };
            taxAmountSet: { shopMoney: { amount: string; currencyCode: string } };
          }>;
          pageInfo: PageInfo;
        };
        transactions: {
          nodes: Array<{
            kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
            status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
            amountSet: { shopMoney: { amount: string; currencyCode: string } };
          }>;
          pageInfo: PageInfo;
        };
      } | null>;
    };
  };
  RefundLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      refund: {
        page: {
          nodes: Array<{
            quantity: number;
            restockType: 'CANCEL' | 'LEGACY_RESTOCK' | 'NO_RESTOCK' | 'RETURN';
            subtotalSet: { shopMoney: { amount: string; currencyCode: string } };
            totalTaxSet: { shopMoney: { amount: string; currencyCode: string } };
            lineItem: { id: string };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  RefundFacts: {
    variables: { readonly id: string; readonly lines: ReadonlyArray<string> };
    answer: {
      order: {
        name: string;
        taxesIncluded: boolean;
        currencyCode: string;
        presentmentCurrencyCode: string;
        totalOutstandingSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        refunds: Array<{ id: string; note: string | null }>;
        transactions: Array<{
          id: string;
          kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
          status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
          gateway: string | null;
          amountSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          parentTransaction: { id: string } | null;
        }>;
        suggestedRefund: {
          amountSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          maximumRefundableSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          shipping: {
            maximumRefundableSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            amountSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            taxSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
          };
          suggestedTransactions: Array<{
            gateway: string | null;
            amountSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            parentTransaction: { id: string } | null;
          }>;
        } | null;
      } | null;
      nodes: Array<{ id: string; refundableQuantity: number; unfulfilledQuantity: number } | null>;
    };
  };
  ReturnedUnits: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      return: {
        order: { id: string };
        page: {
          nodes: Array<{
            processedQuantity: number;
            refundedQuantity: number;
            fulfillmentLineItem: { lineItem: { id: string } };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ReturnRefunds: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      return: {
        page: {
          nodes: Array<{
            id: string;
            refundLineItems: { nodes: Array<{ quantity: number; lineItem: { id: string } }>; pageInfo: PageInfo };
            refundShippingLines: { nodes: Array<{ id: string }> };
            transactions: {
              nodes: Array<{
                kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
                status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
              }>;
              pageInfo: PageInfo;
            };
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  SuggestedRefund: {
    variables: {
      readonly id: string;
      readonly lines?: ReadonlyArray<RefundLineItemInput> | null;
      readonly shipping?: string | null;
    };
    answer: {
      order: {
        suggestedRefund: {
          amountSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          maximumRefundableSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          shipping: {
            maximumRefundableSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            amountSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            taxSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
          };
          suggestedTransactions: Array<{
            gateway: string | null;
            amountSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            parentTransaction: { id: string } | null;
          }>;
        } | null;
      } | null;
    };
  };
  RefundCreate: {
    variables: { readonly input: RefundInput; readonly key: string };
    answer: {
      refundCreate: {
        refund: { id: string } | null;
        userErrors: Array<{ field: Array<string> | null; message: string }>;
      };
    };
  };
}
