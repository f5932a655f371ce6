// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { OrderCaptureInput } from './inputs.generated.ts';

export interface PaymentsOperations {
  PaymentsById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        name: string;
        updatedAt: string;
        displayFinancialStatus: 'AUTHORIZED' | 'EXPIRED' | 'PAID' | 'PARTIALLY_PAID' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'VOIDED' | null;
        totalReceivedSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        currentTotalPriceSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        transactions: Array<{
          id: string;
          kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
          status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
          gateway: string | null;
          processedAt: string | null;
          createdAt: string;
          amountSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          parentTransaction: { id: string } | null;
        }>;
      } | null>;
    };
  };
  ReservedMoney: {
    variables: { readonly id: string };
    answer: {
      order: {
        name: string;
        currencyCode: string;
        presentmentCurrencyCode: string;
        transactions: Array<{
          id: string;
          kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
          status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
          amountSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          totalUnsettledSet: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          } | null;
          parentTransaction: { id: string } | null;
        }>;
      } | null;
    };
  };
  OrderCapture: {
    variables: { readonly input: OrderCaptureInput };
    answer: {
      orderCapture: {
        transaction: {
          id: string;
          status: 'AWAITING_RESPONSE' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS' | 'UNKNOWN';
        } | null;
        userErrors: Array<{ field: Array<string> | null; message: string }>;
      };
    };
  };
  OrderOfTransaction: {
    variables: { readonly id: string };
    answer: { node: { order: { id: string } | null } | null };
  };
}
