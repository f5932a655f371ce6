// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.

interface CountryHarmonizedSystemCodeInput { readonly countryCode?: string | null; readonly harmonizedSystemCode: string }

export interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: ReadonlyArray<FulfillmentOrderLineItemsInput>;
  readonly notifyCustomer?: boolean | null;
  readonly originAddress?: FulfillmentOriginAddressInput | null;
  readonly trackingInfo?: FulfillmentTrackingInput | null;
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

interface MetafieldInput {
  readonly id?: string | null;
  readonly key?: string | null;
  readonly namespace?: string | null;
  readonly type?: string | null;
  readonly value?: string | null;
}

export type OrderCancelRefundMethodInput = { readonly originalPaymentMethodsRefund: boolean } | { readonly storeCreditRefund: OrderCancelStoreCreditRefundInput };

interface OrderCancelStoreCreditRefundInput { readonly expiresAt?: string | null }

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

interface WeightInput { readonly unit: 'GRAMS' | 'KILOGRAMS' | 'OUNCES' | 'POUNDS'; readonly value: number }
