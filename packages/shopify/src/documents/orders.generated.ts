// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { OrderCancelRefundMethodInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface OrdersOperations {
  OrderIds: {
    variables: { readonly filter: string; readonly after?: string | null };
    answer: { orders: { nodes: Array<{ id: string; updatedAt: string }>; pageInfo: PageInfo } };
  };
  OrdersById: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: {
      nodes: Array<{
        id: string;
        name: string;
        createdAt: string;
        processedAt: string;
        updatedAt: string;
        cancelledAt: string | null;
        cancelReason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF' | null;
        confirmed: boolean;
        closed: boolean;
        test: boolean;
        currencyCode: string;
        presentmentCurrencyCode: string;
        taxesIncluded: boolean;
        dutiesIncluded: boolean;
        displayFinancialStatus: 'AUTHORIZED' | 'EXPIRED' | 'PAID' | 'PARTIALLY_PAID' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'VOIDED' | null;
        displayFulfillmentStatus: 'FULFILLED' | 'FULFILLMENT_NOT_REQUIRED' | 'IN_PROGRESS' | 'ON_HOLD' | 'OPEN' | 'PARTIALLY_FULFILLED' | 'PENDING_FULFILLMENT' | 'REQUEST_DECLINED' | 'RESTOCKED' | 'SCHEDULED' | 'UNFULFILLED';
        returnStatus: 'INSPECTION_COMPLETE' | 'IN_PROGRESS' | 'NO_RETURN' | 'RETURNED' | 'RETURN_FAILED' | 'RETURN_REQUESTED';
        email: string | null;
        phone: string | null;
        note: string | null;
        tags: Array<string>;
        poNumber: string | null;
        customAttributes: Array<{ key: string; value: string | null }>;
        customer: { id: string } | null;
        billingAddress: {
          name: string | null;
          company: string | null;
          address1: string | null;
          address2: string | null;
          city: string | null;
          province: string | null;
          provinceCode: string | null;
          countryCodeV2: string | null;
          zip: string | null;
          phone: string | null;
        } | null;
        shippingAddress: {
          name: string | null;
          company: string | null;
          address1: string | null;
          address2: string | null;
          city: string | null;
          province: string | null;
          provinceCode: string | null;
          countryCodeV2: string | null;
          zip: string | null;
          phone: string | null;
        } | null;
        subtotalPriceSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        } | null;
        totalDiscountsSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        } | null;
        totalTaxSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        } | null;
        totalPriceSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        currentSubtotalPriceSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        currentTotalDiscountsSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        currentTotalTaxSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        currentTotalPriceSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        totalTipReceivedSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        };
        originalTotalDutiesSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        } | null;
        currentTotalDutiesSet: {
          shopMoney: { amount: string; currencyCode: string };
          presentmentMoney: { amount: string; currencyCode: string };
        } | null;
        additionalFees: Array<{
          id: string;
          name: string;
          price: {
            shopMoney: { amount: string; currencyCode: string };
            presentmentMoney: { amount: string; currencyCode: string };
          };
          taxLines: Array<{
            title: string;
            rate: number | null;
            channelLiable: boolean | null;
            priceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
          }>;
        }>;
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
        risk: {
          recommendation: 'ACCEPT' | 'CANCEL' | 'INVESTIGATE' | 'NONE';
          assessments: Array<{
            riskLevel: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE' | 'PENDING';
            provider: { title: string } | null;
            facts: Array<{ description: string }>;
          }>;
        };
        lineItems: {
          nodes: Array<{
            id: string;
            sku: string | null;
            title: string;
            variantTitle: string | null;
            quantity: number;
            currentQuantity: number;
            requiresShipping: boolean;
            isGiftCard: boolean;
            originalUnitPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            originalTotalSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            customAttributes: Array<{ key: string; value: string | null }>;
            variant: { id: string } | null;
            taxLines: Array<{
              title: string;
              rate: number | null;
              channelLiable: boolean | null;
              priceSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
            }>;
            discountAllocations: Array<{
              allocatedAmountSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              discountApplication: { index: number };
            }>;
            duties: Array<{
              id: string;
              price: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              taxLines: Array<{
                title: string;
                rate: number | null;
                channelLiable: boolean | null;
                priceSet: {
                  shopMoney: { amount: string; currencyCode: string };
                  presentmentMoney: { amount: string; currencyCode: string };
                };
              }>;
            }>;
          }>;
          pageInfo: PageInfo;
        };
        shippingLines: {
          nodes: Array<{
            id: string | null;
            title: string;
            code: string | null;
            isRemoved: boolean;
            originalPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            discountedPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            currentDiscountedPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            taxLines: Array<{
              title: string;
              rate: number | null;
              channelLiable: boolean | null;
              priceSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
            }>;
            discountAllocations: Array<{
              allocatedAmountSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              discountApplication: { index: number };
            }>;
          }>;
          pageInfo: PageInfo;
        };
        discountApplications: {
          nodes: Array<{ type: 'DiscountCodeApplication'; index: number; code: string } | { type: 'AutomaticDiscountApplication'; index: number; title: string } | { type: 'ManualDiscountApplication'; index: number; title: string } | { type: 'ScriptDiscountApplication'; index: number; title: string }>;
          pageInfo: PageInfo;
        };
      } | null>;
    };
  };
  OrderVersions: {
    variables: { readonly ids: ReadonlyArray<string> };
    answer: { nodes: Array<{ id: string; updatedAt: string } | null> };
  };
  OrderLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      order: {
        updatedAt: string;
        page: {
          nodes: Array<{
            id: string;
            sku: string | null;
            title: string;
            variantTitle: string | null;
            quantity: number;
            currentQuantity: number;
            requiresShipping: boolean;
            isGiftCard: boolean;
            originalUnitPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            originalTotalSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            customAttributes: Array<{ key: string; value: string | null }>;
            variant: { id: string } | null;
            taxLines: Array<{
              title: string;
              rate: number | null;
              channelLiable: boolean | null;
              priceSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
            }>;
            discountAllocations: Array<{
              allocatedAmountSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              discountApplication: { index: number };
            }>;
            duties: Array<{
              id: string;
              price: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              taxLines: Array<{
                title: string;
                rate: number | null;
                channelLiable: boolean | null;
                priceSet: {
                  shopMoney: { amount: string; currencyCode: string };
                  presentmentMoney: { amount: string; currencyCode: string };
                };
              }>;
            }>;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  OrderShippingLines: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      order: {
        updatedAt: string;
        page: {
          nodes: Array<{
            id: string | null;
            title: string;
            code: string | null;
            isRemoved: boolean;
            originalPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            discountedPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            currentDiscountedPriceSet: {
              shopMoney: { amount: string; currencyCode: string };
              presentmentMoney: { amount: string; currencyCode: string };
            };
            taxLines: Array<{
              title: string;
              rate: number | null;
              channelLiable: boolean | null;
              priceSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
            }>;
            discountAllocations: Array<{
              allocatedAmountSet: {
                shopMoney: { amount: string; currencyCode: string };
                presentmentMoney: { amount: string; currencyCode: string };
              };
              discountApplication: { index: number };
            }>;
          }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  OrderDiscounts: {
    variables: { readonly id: string; readonly after?: string | null };
    answer: {
      order: {
        updatedAt: string;
        page: {
          nodes: Array<{ type: 'DiscountCodeApplication'; index: number; code: string } | { type: 'AutomaticDiscountApplication'; index: number; title: string } | { type: 'ManualDiscountApplication'; index: number; title: string } | { type: 'ScriptDiscountApplication'; index: number; title: string }>;
          pageInfo: PageInfo;
        };
      } | null;
    };
  };
  ShopCheck: {
    variables: Readonly<Record<string, never>>;
    answer: { shop: { myshopifyDomain: string } };
  };
  OrderCancellation: {
    variables: { readonly id: string };
    answer: { order: { id: string; cancelledAt: string | null } | null };
  };
  OrderCancel: {
    variables: {
      readonly orderId: string;
      readonly reason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF';
      readonly restock: boolean;
      readonly refundMethod?: OrderCancelRefundMethodInput | null;
      readonly notifyCustomer?: boolean | null;
    };
    answer: {
      orderCancel: {
        orderCancelUserErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'INTERNAL_ERROR' | 'INVALID' | 'NOT_FOUND' | 'NO_REFUND_PERMISSION' | 'NO_REFUND_TO_STORE_CREDIT_PERMISSION' | 'STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED' | 'STORE_CREDIT_REFUND_EXPIRATION_IN_PAST' | 'STORE_CREDIT_REFUND_MISSING_CUSTOMER' | null;
        }>;
      };
    };
  };
}
