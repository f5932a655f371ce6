// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.

interface AttributeInput { readonly key: string; readonly value: string }

interface CountryHarmonizedSystemCodeInput { readonly countryCode?: string | null; readonly harmonizedSystemCode: string }

export type CustomerIdentifierInput = { readonly customId: UniqueMetafieldValueInput } | { readonly emailAddress: string } | { readonly id: string } | { readonly phoneNumber: string };

export interface CustomerSetInput {
  readonly addresses?: ReadonlyArray<MailingAddressInput> | null;
  readonly email?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly locale?: string | null;
  readonly note?: string | null;
  readonly phone?: string | null;
  readonly tags?: ReadonlyArray<string> | null;
  readonly taxExempt?: boolean | null;
  readonly taxExemptions?: ReadonlyArray<'CA_BC_COMMERCIAL_FISHERY_EXEMPTION' | 'CA_BC_CONTRACTOR_EXEMPTION' | 'CA_BC_PRODUCTION_AND_MACHINERY_EXEMPTION' | 'CA_BC_RESELLER_EXEMPTION' | 'CA_BC_SUB_CONTRACTOR_EXEMPTION' | 'CA_DIPLOMAT_EXEMPTION' | 'CA_MB_COMMERCIAL_FISHERY_EXEMPTION' | 'CA_MB_FARMER_EXEMPTION' | 'CA_MB_RESELLER_EXEMPTION' | 'CA_NL_VPT_RESELLER_EXEMPTION' | 'CA_NS_COMMERCIAL_FISHERY_EXEMPTION' | 'CA_NS_FARMER_EXEMPTION' | 'CA_ON_PURCHASE_EXEMPTION' | 'CA_PE_COMMERCIAL_FISHERY_EXEMPTION' | 'CA_SK_COMMERCIAL_FISHERY_EXEMPTION' | 'CA_SK_CONTRACTOR_EXEMPTION' | 'CA_SK_FARMER_EXEMPTION' | 'CA_SK_PRODUCTION_AND_MACHINERY_EXEMPTION' | 'CA_SK_RESELLER_EXEMPTION' | 'CA_SK_SUB_CONTRACTOR_EXEMPTION' | 'CA_SK_VPT_RESELLER_EXEMPTION' | 'CA_STATUS_CARD_EXEMPTION' | 'EU_REVERSE_CHARGE_EXEMPTION_RULE' | 'US_AK_RESELLER_EXEMPTION' | 'US_AL_RESELLER_EXEMPTION' | 'US_AR_RESELLER_EXEMPTION' | 'US_AZ_RESELLER_EXEMPTION' | 'US_CA_RESELLER_EXEMPTION' | 'US_CO_RESELLER_EXEMPTION' | 'US_CT_RESELLER_EXEMPTION' | 'US_DC_RESELLER_EXEMPTION' | 'US_DE_RESELLER_EXEMPTION' | 'US_FL_RESELLER_EXEMPTION' | 'US_GA_RESELLER_EXEMPTION' | 'US_HI_RESELLER_EXEMPTION' | 'US_IA_RESELLER_EXEMPTION' | 'US_ID_RESELLER_EXEMPTION' | 'US_IL_RESELLER_EXEMPTION' | 'US_IN_RESELLER_EXEMPTION' | 'US_KS_RESELLER_EXEMPTION' | 'US_KY_RESELLER_EXEMPTION' | 'US_LA_RESELLER_EXEMPTION' | 'US_MA_RESELLER_EXEMPTION' | 'US_MD_RESELLER_EXEMPTION' | 'US_ME_RESELLER_EXEMPTION' | 'US_MI_RESELLER_EXEMPTION' | 'US_MN_RESELLER_EXEMPTION' | 'US_MO_RESELLER_EXEMPTION' | 'US_MS_RESELLER_EXEMPTION' | 'US_MT_RESELLER_EXEMPTION' | 'US_NC_RESELLER_EXEMPTION' | 'US_ND_RESELLER_EXEMPTION' | 'US_NE_RESELLER_EXEMPTION' | 'US_NH_RESELLER_EXEMPTION' | 'US_NJ_RESELLER_EXEMPTION' | 'US_NM_RESELLER_EXEMPTION' | 'US_NV_RESELLER_EXEMPTION' | 'US_NY_RESELLER_EXEMPTION' | 'US_OH_RESELLER_EXEMPTION' | 'US_OK_RESELLER_EXEMPTION' | 'US_OR_RESELLER_EXEMPTION' | 'US_PA_RESELLER_EXEMPTION' | 'US_RI_RESELLER_EXEMPTION' | 'US_SC_RESELLER_EXEMPTION' | 'US_SD_RESELLER_EXEMPTION' | 'US_TN_RESELLER_EXEMPTION' | 'US_TX_RESELLER_EXEMPTION' | 'US_UT_RESELLER_EXEMPTION' | 'US_VA_RESELLER_EXEMPTION' | 'US_VT_RESELLER_EXEMPTION' | 'US_WA_RESELLER_EXEMPTION' | 'US_WI_RESELLER_EXEMPTION' | 'US_WV_RESELLER_EXEMPTION' | 'US_WY_RESELLER_EXEMPTION'> | null;
}

interface ExchangeLineItemAppliedDiscountInput {
  readonly description?: string | null;
  readonly value: ExchangeLineItemAppliedDiscountValueInput;
}

type ExchangeLineItemAppliedDiscountValueInput = { readonly amount: MoneyInput } | { readonly percentage: number };

interface ExchangeLineItemInput {
  readonly appliedDiscount?: ExchangeLineItemAppliedDiscountInput | null;
  readonly giftCardCodes?: ReadonlyArray<string> | null;
  readonly quantity: number;
  readonly variantId?: string | null;
}

interface FileSetInput {
  readonly alt?: string | null;
  readonly contentType?: 'EXTERNAL_VIDEO' | 'FILE' | 'IMAGE' | 'MODEL_3D' | 'VIDEO' | null;
  readonly duplicateResolutionMode?: 'APPEND_UUID' | 'RAISE_ERROR' | 'REPLACE' | null;
  readonly filename?: string | null;
  readonly id?: string | null;
  readonly originalSource?: string | null;
}

export interface FulfillmentEventInput {
  readonly address1?: string | null;
  readonly city?: string | null;
  readonly country?: string | null;
  readonly estimatedDeliveryAt?: string | null;
  readonly fulfillmentId: string;
  readonly happenedAt?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly message?: string | null;
  readonly province?: string | null;
  readonly status: 'ATTEMPTED_DELIVERY' | 'CARRIER_PICKED_UP' | 'CONFIRMED' | 'DELAYED' | 'DELIVERED' | 'FAILURE' | 'IN_TRANSIT' | 'LABEL_PRINTED' | 'LABEL_PURCHASED' | 'OUT_FOR_DELIVERY' | 'READY_FOR_PICKUP';
  readonly zip?: string | null;
}

export interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: ReadonlyArray<FulfillmentOrderLineItemsInput>;
  readonly notifyCustomer?: boolean | null;
  readonly originAddress?: FulfillmentOriginAddressInput | null;
  readonly trackingInfo?: FulfillmentTrackingInput | null;
}

export interface FulfillmentOrderHoldInput {
  readonly externalId?: string | null;
  readonly fulfillmentOrderLineItems?: ReadonlyArray<FulfillmentOrderLineItemInput> | null;
  readonly handle?: string | null;
  readonly notifyMerchant?: boolean | null;
  readonly reason: 'AWAITING_PAYMENT' | 'AWAITING_RETURN_ITEMS' | 'HIGH_RISK_OF_FRAUD' | 'INCORRECT_ADDRESS' | 'INVENTORY_OUT_OF_STOCK' | 'ONLINE_STORE_POST_PURCHASE_CROSS_SELL' | 'OTHER' | 'UNKNOWN_DELIVERY_DATE';
  readonly reasonNotes?: string | null;
}

interface FulfillmentOrderLineItemInput { readonly id: string; readonly quantity: number }

interface FulfillmentOrderLineItemsInput {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems?: ReadonlyArray<FulfillmentOrderLineItemInput> | null;
}

interface FulfillmentOriginAddressInput {
  readonly address1?: string | null;
  readonly address2?: string | null;
  readonly city?: string | null;
  readonly countryCode: string;
  readonly provinceCode?: string | null;
  readonly zip?: string | null;
}

export interface FulfillmentTrackingInput {
  readonly company?: string | null;
  readonly number?: string | null;
  readonly numbers?: ReadonlyArray<string> | null;
  readonly url?: string | null;
  readonly urls?: ReadonlyArray<string> | null;
}

interface HasMetafieldsMetafieldIdentifierInput { readonly key: string; readonly namespace?: string | null }

interface InventoryAdjustmentInput {
  readonly adjustment?: number | null;
  readonly changeFromQuantity?: number | null;
  readonly locationId: string;
}

interface InventoryItemInput {
  readonly cost?: string | null;
  readonly countryCodeOfOrigin?: string | null;
  readonly countryHarmonizedSystemCodes?: ReadonlyArray<CountryHarmonizedSystemCodeInput> | null;
  readonly harmonizedSystemCode?: string | null;
  readonly measurement?: InventoryItemMeasurementInput | null;
  readonly provinceCodeOfOrigin?: string | null;
  readonly requiresShipping?: boolean | null;
  readonly sku?: string | null;
  readonly tracked?: boolean | null;
}

interface InventoryItemMeasurementInput { readonly shippingPackageId?: string | null; readonly weight?: WeightInput | null }

interface InventoryLevelInput { readonly availableQuantity: number; readonly locationId: string }

interface InventoryQuantityInput {
  readonly changeFromQuantity: number | null;
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface InventorySetQuantitiesInput {
  readonly name: string;
  readonly quantities: ReadonlyArray<InventoryQuantityInput>;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
}

interface LinkedMetafieldCreateInput {
  readonly key: string;
  readonly namespace: string;
  readonly values?: ReadonlyArray<string> | null;
}

interface LocalizedFieldInput {
  readonly key: 'SHIPPING_CREDENTIAL_BR' | 'SHIPPING_CREDENTIAL_CL' | 'SHIPPING_CREDENTIAL_CN' | 'SHIPPING_CREDENTIAL_CO' | 'SHIPPING_CREDENTIAL_CR' | 'SHIPPING_CREDENTIAL_EC' | 'SHIPPING_CREDENTIAL_ES' | 'SHIPPING_CREDENTIAL_GT' | 'SHIPPING_CREDENTIAL_ID' | 'SHIPPING_CREDENTIAL_KR' | 'SHIPPING_CREDENTIAL_MX' | 'SHIPPING_CREDENTIAL_MY' | 'SHIPPING_CREDENTIAL_PE' | 'SHIPPING_CREDENTIAL_PT' | 'SHIPPING_CREDENTIAL_PY' | 'SHIPPING_CREDENTIAL_TR' | 'SHIPPING_CREDENTIAL_TW' | 'SHIPPING_CREDENTIAL_TYPE_CO' | 'TAX_CREDENTIAL_BR' | 'TAX_CREDENTIAL_CL' | 'TAX_CREDENTIAL_CO' | 'TAX_CREDENTIAL_CR' | 'TAX_CREDENTIAL_EC' | 'TAX_CREDENTIAL_ES' | 'TAX_CREDENTIAL_GT' | 'TAX_CREDENTIAL_ID' | 'TAX_CREDENTIAL_IT' | 'TAX_CREDENTIAL_MX' | 'TAX_CREDENTIAL_MY' | 'TAX_CREDENTIAL_PE' | 'TAX_CREDENTIAL_PT' | 'TAX_CREDENTIAL_PY' | 'TAX_CREDENTIAL_TR' | 'TAX_CREDENTIAL_TYPE_CO' | 'TAX_CREDENTIAL_TYPE_MX' | 'TAX_CREDENTIAL_USE_MX' | 'TAX_EMAIL_IT';
  readonly value: string;
}

interface MailingAddressInput {
  readonly address1?: string | null;
  readonly address2?: string | null;
  readonly city?: string | null;
  readonly company?: string | null;
  readonly countryCode?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly provinceCode?: string | null;
  readonly zip?: string | null;
}

interface MetafieldInput {
  readonly id?: string | null;
  readonly key?: string | null;
  readonly namespace?: string | null;
  readonly type?: string | null;
  readonly value?: string | null;
}

export interface MetafieldsSetInput {
  readonly compareDigest?: string | null;
  readonly key: string;
  readonly namespace?: string | null;
  readonly ownerId: string;
  readonly type?: string | null;
  readonly value: string;
}

interface MoneyInput { readonly amount: string; readonly currencyCode: string }

interface OptionSetInput {
  readonly id?: string | null;
  readonly linkedMetafield?: LinkedMetafieldCreateInput | null;
  readonly name?: string | null;
  readonly position?: number | null;
  readonly values?: ReadonlyArray<OptionValueSetInput> | null;
}

interface OptionValueSetInput { readonly id?: string | null; readonly name?: string | null }

export type OrderCancelRefundMethodInput = { readonly originalPaymentMethodsRefund: boolean } | { readonly storeCreditRefund: OrderCancelStoreCreditRefundInput };

interface OrderCancelStoreCreditRefundInput { readonly expiresAt?: string | null }

export interface OrderCaptureInput {
  readonly amount: string;
  readonly currency?: string | null;
  readonly finalCapture?: boolean | null;
  readonly id: string;
  readonly parentTransactionId: string;
}

export interface OrderInput {
  readonly customAttributes?: ReadonlyArray<AttributeInput> | null;
  readonly email?: string | null;
  readonly id: string;
  readonly localizedFields?: ReadonlyArray<LocalizedFieldInput> | null;
  readonly metafields?: ReadonlyArray<MetafieldInput> | null;
  readonly note?: string | null;
  readonly phone?: string | null;
  readonly poNumber?: string | null;
  readonly shippingAddress?: MailingAddressInput | null;
  readonly tags?: ReadonlyArray<string> | null;
}

interface OrderTransactionInput {
  readonly amount: string;
  readonly gateway: string;
  readonly kind: 'AUTHORIZATION' | 'CAPTURE' | 'CHANGE' | 'EMV_AUTHORIZATION' | 'REFUND' | 'SALE' | 'SUGGESTED_REFUND' | 'VOID';
  readonly orderId: string;
  readonly parentId?: string | null;
}

interface ProductClaimOwnershipInput { readonly bundles?: boolean | null }

export interface ProductSetInput {
  readonly category?: string | null;
  readonly claimOwnership?: ProductClaimOwnershipInput | null;
  readonly collections?: ReadonlyArray<string> | null;
  readonly combinedListingRole?: 'CHILD' | 'PARENT' | null;
  readonly descriptionHtml?: string | null;
  readonly files?: ReadonlyArray<FileSetInput> | null;
  readonly giftCard?: boolean | null;
  readonly giftCardTemplateSuffix?: string | null;
  readonly handle?: string | null;
  readonly metafields?: ReadonlyArray<MetafieldInput> | null;
  readonly productOptions?: ReadonlyArray<OptionSetInput> | null;
  readonly productType?: string | null;
  readonly redirectNewHandle?: boolean | null;
  readonly requiresSellingPlan?: boolean | null;
  readonly seo?: SEOInput | null;
  readonly status?: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED' | null;
  readonly tags?: ReadonlyArray<string> | null;
  readonly templateSuffix?: string | null;
  readonly title?: string | null;
  readonly variants?: ReadonlyArray<ProductVariantSetInput> | null;
  readonly vendor?: string | null;
}

interface ProductSetInventoryInput { readonly locationId: string; readonly name: string; readonly quantity: number }

export interface ProductUpdateInput {
  readonly category?: string | null;
  readonly collectionsToJoin?: ReadonlyArray<string> | null;
  readonly collectionsToLeave?: ReadonlyArray<string> | null;
  readonly deleteConflictingConstrainedMetafields?: boolean | null;
  readonly descriptionHtml?: string | null;
  readonly giftCardTemplateSuffix?: string | null;
  readonly handle?: string | null;
  readonly id?: string | null;
  readonly metafields?: ReadonlyArray<MetafieldInput> | null;
  readonly productType?: string | null;
  readonly redirectNewHandle?: boolean | null;
  readonly requiresSellingPlan?: boolean | null;
  readonly seo?: SEOInput | null;
  readonly status?: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED' | null;
  readonly tags?: ReadonlyArray<string> | null;
  readonly templateSuffix?: string | null;
  readonly title?: string | null;
  readonly vendor?: string | null;
}

interface ProductVariantSetInput {
  readonly barcode?: string | null;
  readonly compareAtPrice?: string | null;
  readonly file?: FileSetInput | null;
  readonly id?: string | null;
  readonly inventoryItem?: InventoryItemInput | null;
  readonly inventoryPolicy?: 'CONTINUE' | 'DENY' | null;
  readonly inventoryQuantities?: ReadonlyArray<ProductSetInventoryInput> | null;
  readonly metafields?: ReadonlyArray<MetafieldInput> | null;
  readonly optionValues: ReadonlyArray<VariantOptionValueInput>;
  readonly position?: number | null;
  readonly price?: string | null;
  readonly requiresComponents?: boolean | null;
  readonly showUnitPrice?: boolean | null;
  readonly sku?: string | null;
  readonly taxCode?: string | null;
  readonly taxable?: boolean | null;
  readonly unitPriceMeasurement?: UnitPriceMeasurementInput | null;
}

export interface ProductVariantsBulkInput {
  readonly barcode?: string | null;
  readonly compareAtPrice?: string | null;
  readonly id?: string | null;
  readonly inventoryItem?: InventoryItemInput | null;
  readonly inventoryPolicy?: 'CONTINUE' | 'DENY' | null;
  readonly inventoryQuantities?: ReadonlyArray<InventoryLevelInput> | null;
  readonly mediaId?: string | null;
  readonly mediaSrc?: ReadonlyArray<string> | null;
  readonly metafields?: ReadonlyArray<MetafieldInput> | null;
  readonly optionValues?: ReadonlyArray<VariantOptionValueInput> | null;
  readonly price?: string | null;
  readonly quantityAdjustments?: ReadonlyArray<InventoryAdjustmentInput> | null;
  readonly requiresComponents?: boolean | null;
  readonly showUnitPrice?: boolean | null;
  readonly taxCode?: string | null;
  readonly taxable?: boolean | null;
  readonly unitPriceMeasurement?: UnitPriceMeasurementInput | null;
}

interface RefundDutyInput { readonly dutyId: string; readonly refundType?: 'FULL' | 'PROPORTIONAL' | null }

export interface RefundInput {
  readonly allowOverRefunding?: boolean | null;
  readonly currency?: string | null;
  readonly discrepancyReason?: 'CUSTOMER' | 'DAMAGE' | 'OTHER' | 'RESTOCK' | null;
  readonly note?: string | null;
  readonly notify?: boolean | null;
  readonly orderId: string;
  readonly processedAt?: string | null;
  readonly refundDuties?: ReadonlyArray<RefundDutyInput> | null;
  readonly refundLineItems?: ReadonlyArray<RefundLineItemInput> | null;
  readonly refundMethods?: ReadonlyArray<RefundMethodInput> | null;
  readonly shipping?: ShippingRefundInput | null;
  readonly transactions?: ReadonlyArray<OrderTransactionInput> | null;
}

export interface RefundLineItemInput {
  readonly lineItemId: string;
  readonly locationId?: string | null;
  readonly quantity: number;
  readonly restockType?: 'CANCEL' | 'LEGACY_RESTOCK' | 'NO_RESTOCK' | 'RETURN' | null;
}

type RefundMethodInput = { readonly storeCreditRefund: StoreCreditRefundInput };

interface RefundShippingInput { readonly fullRefund?: boolean | null; readonly shippingRefundAmount?: MoneyInput | null }

interface RestockingFeeInput { readonly percentage: number }

export interface ReturnApproveRequestInput { readonly id: string; readonly notifyCustomer?: boolean | null }

export interface ReturnInput {
  readonly exchangeLineItems?: ReadonlyArray<ExchangeLineItemInput> | null;
  readonly orderId: string;
  readonly requestedAt?: string | null;
  readonly returnLineItems: ReadonlyArray<ReturnLineItemInput>;
  readonly returnShippingFee?: ReturnShippingFeeInput | null;
}

interface ReturnLineItemInput {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly restockingFee?: RestockingFeeInput | null;
  readonly returnReasonDefinitionId?: string | null;
  readonly returnReasonNote?: string | null;
}

interface ReturnProcessExchangeLineItemInput { readonly id: string; readonly quantity: number }

type ReturnProcessFinancialTransferInput = { readonly issueRefund: ReturnProcessRefundInput };

export interface ReturnProcessInput {
  readonly exchangeLineItems?: ReadonlyArray<ReturnProcessExchangeLineItemInput> | null;
  readonly financialTransfer?: ReturnProcessFinancialTransferInput | null;
  readonly note?: string | null;
  readonly notifyCustomer?: boolean | null;
  readonly refundDuties?: ReadonlyArray<RefundDutyInput> | null;
  readonly refundShipping?: RefundShippingInput | null;
  readonly returnId: string;
  readonly returnLineItems?: ReadonlyArray<ReturnProcessReturnLineItemInput> | null;
  readonly tipLineId?: string | null;
}

interface ReturnProcessRefundInput {
  readonly allowOverRefunding?: boolean | null;
  readonly orderTransactions: ReadonlyArray<ReturnRefundOrderTransactionInput>;
  readonly refundMethods?: ReadonlyArray<RefundMethodInput> | null;
}

interface ReturnProcessReturnLineItemInput {
  readonly dispositions?: ReadonlyArray<ReverseFulfillmentOrderDisposeInput> | null;
  readonly id: string;
  readonly quantity: number;
}

interface ReturnRefundOrderTransactionInput { readonly parentId: string; readonly transactionAmount: MoneyInput }

interface ReturnShippingFeeInput { readonly amount: MoneyInput }

interface ReverseFulfillmentOrderDisposeInput {
  readonly dispositionType: 'MISSING' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'RESTOCKED';
  readonly locationId?: string | null;
  readonly quantity: number;
  readonly reverseFulfillmentOrderLineItemId: string;
}

interface SEOInput { readonly description?: string | null; readonly title?: string | null }

interface ShippingRefundInput { readonly amount?: string | null; readonly fullRefund?: boolean | null }

export interface StagedUploadInput {
  readonly fileSize?: string | null;
  readonly filename: string;
  readonly httpMethod?: 'POST' | 'PUT' | null;
  readonly mimeType: string;
  readonly resource: 'BULK_MUTATION_VARIABLES' | 'COLLECTION_IMAGE' | 'DISPUTE_FILE_UPLOAD' | 'FILE' | 'IMAGE' | 'MODEL_3D' | 'PRODUCT_IMAGE' | 'RETURN_LABEL' | 'SHOP_IMAGE' | 'URL_REDIRECT_IMPORT' | 'VIDEO';
}

interface StoreCreditRefundInput { readonly amount: MoneyInput; readonly expiresAt?: string | null }

interface UniqueMetafieldValueInput { readonly key: string; readonly namespace?: string | null; readonly value: string }

interface UnitPriceMeasurementInput {
  readonly quantityUnit?: 'CL' | 'CM' | 'FLOZ' | 'FT' | 'FT2' | 'G' | 'GAL' | 'IN' | 'ITEM' | 'KG' | 'L' | 'LB' | 'M' | 'M2' | 'M3' | 'MG' | 'ML' | 'MM' | 'OZ' | 'PT' | 'QT' | 'UNKNOWN' | 'YD' | null;
  readonly quantityValue?: number | null;
  readonly referenceUnit?: 'CL' | 'CM' | 'FLOZ' | 'FT' | 'FT2' | 'G' | 'GAL' | 'IN' | 'ITEM' | 'KG' | 'L' | 'LB' | 'M' | 'M2' | 'M3' | 'MG' | 'ML' | 'MM' | 'OZ' | 'PT' | 'QT' | 'UNKNOWN' | 'YD' | null;
  readonly referenceValue?: number | null;
}

interface VariantOptionValueInput {
  readonly id?: string | null;
  readonly linkedMetafieldValue?: string | null;
  readonly name?: string | null;
  readonly optionId?: string | null;
  readonly optionName?: string | null;
}

export interface WebhookSubscriptionInput {
  readonly filter?: string | null;
  readonly format?: 'JSON' | 'XML' | null;
  readonly includeFields?: ReadonlyArray<string> | null;
  readonly metafieldNamespaces?: ReadonlyArray<string> | null;
  readonly metafields?: ReadonlyArray<HasMetafieldsMetafieldIdentifierInput> | null;
  readonly name?: string | null;
  readonly uri?: string | null;
}

interface WeightInput { readonly unit: 'GRAMS' | 'KILOGRAMS' | 'OUNCES' | 'POUNDS'; readonly value: number }
