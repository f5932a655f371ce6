import { gid } from '../gid.ts';
import { divided, moneyOf, sum, type Minor } from '../money.ts';
import { currentQuantity, currentShippingOf, netOf, originalOf, taxOn } from '../order-sums.ts';
import { fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type { AllocationRecord, FeeRecord, LineRecord, OrderRecord, ShippingRecord, TaxRecord } from '../records.ts';
import { bag, both, single, type View, type Views } from './views.ts';

/** An ordered item. Which discounts are in which sum follows the descriptions in the schema of API 2026-10. */
export function lineView(views: Views, order: OrderRecord, line: LineRecord): View {
  const { store } = views;
  const units = BigInt(line.quantity);
  const original = originalOf(line);
  const off = (wanted: (level: string, kind: string) => boolean): Minor =>
    sum(
      line.allocations
        .filter(({ discount }) => {
          const { level = '', kind = '' } = order.discounts[discount] ?? {};
          return wanted(level, kind);
        })
        .map(({ amount }) => amount),
    );
  const lineLevel = off((level) => level === 'line');
  const discounted = original - off((level, kind) => level === 'line' && kind !== 'code');
  const waiting = remainingOf(views, order, line);
  const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
  const product = variant && store.products.get(variant.productId);
  const notRefunded = currentQuantity(line);
  const open = line.requiresShipping ? line.quantity - line.fulfilled - (line.quantity - notRefunded) : 0;
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    title: line.title,
    variantTitle: line.variantTitle ?? null,
    sku: line.sku ?? null,
    vendor: line.vendor ?? null,
    quantity: line.quantity,
    currentQuantity: notRefunded,
    refundableQuantity: notRefunded,
    unfulfilledQuantity: Math.max(0, open),
    fulfillableQuantity: waiting,
    nonFulfillableQuantity: line.requiresShipping ? line.quantity - notRefunded : line.quantity,
    fulfillmentStatus: line.fulfilled === 0 ? 'unfulfilled' : line.fulfilled < line.quantity ? 'partial' : 'fulfilled',
    fulfillmentService: null,
    requiresShipping: line.requiresShipping,
    taxable: line.taxable,
    isGiftCard: line.giftCard,
    merchantEditable: true,
    restockable: line.variantId !== undefined,
    canRestock: line.variantId !== undefined,
    duties: line.duties.map(({ id, price, taxLines }) => ({
      __typename: 'Duty',
      id: gid('Duty', id),
      countryCodeOfOrigin: null,
      harmonizedSystemCode: null,
      price: bag(order, price),
      taxLines: taxLines.map((tax) => taxView(order, tax)),
    })),
    lineItemGroup: null,
    customAttributes: line.customAttributes,
    weight: { unit: 'GRAMS', value: line.grams },
    variant: variant ? views.variant(variant) : null,
    product: product ? views.product(product) : null,
    ...both(order, 'originalUnitPrice', line.unitPrice),
    ...both(order, 'originalTotal', original),
    ...both(order, 'totalDiscount', lineLevel),
    discountedTotal: moneyOf(discounted, order.currency),
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts?: boolean }) =>
      bag(order, withCodeDiscounts ? original - lineLevel : discounted),
    ...both(order, 'discountedUnitPrice', divided(discounted, units)),
    discountedUnitPriceAfterAllDiscountsSet: bag(order, divided(netOf(line), units)),
    priceAfterAllDiscountsBeforeTaxesSet: bag(
      order,
      netOf(line, notRefunded) - (order.taxesIncluded ? taxOn(line, notRefunded) : 0n),
    ),
    ...both(order, 'unfulfilledOriginalTotal', line.unitPrice * BigInt(Math.max(0, open))),
    ...both(order, 'unfulfilledDiscountedTotal', divided(discounted * BigInt(Math.max(0, open)), units)),
    taxLines: ({ first }: { first?: number | null }) =>
      line.taxLines.slice(0, first ?? undefined).map((tax) => taxView(order, tax)),
    discountAllocations: allocationsView(order, line.allocations),
  };
}

/** A way of shipping that was paid for. */
export function shippingLineView(order: OrderRecord, line: ShippingRecord): View {
  const discounted = line.price - sum(line.allocations.map(({ amount }) => amount));
  return {
    __typename: 'ShippingLine',
    id: gid('ShippingLine', line.id),
    title: line.title,
    code: line.code ?? line.title,
    source: 'shopify',
    custom: false,
    isRemoved: false,
    carrierIdentifier: null,
    deliveryCategory: null,
    phone: null,
    shippingRateHandle: null,
    price: moneyOf(line.price, order.currency),
    originalPriceSet: bag(order, line.price),
    originalPrice: single(line.price, order.currency),
    discountedPriceSet: bag(order, discounted),
    discountedPrice: single(discounted, order.currency),
    currentDiscountedPriceSet: bag(order, currentShippingOf(order)[order.shippingLines.indexOf(line)] ?? discounted),
    taxLines: line.taxLines.map((tax) => taxView(order, tax)),
    discountAllocations: allocationsView(order, line.allocations),
  };
}

/** A fee on the order. */
export function feeView(order: OrderRecord, { id, name, price, taxLines }: FeeRecord): View {
  return {
    __typename: 'AdditionalFee',
    id: gid('AdditionalFee', id),
    name,
    price: bag(order, price),
    taxLines: taxLines.map((tax) => taxView(order, tax)),
  };
}

/** A tax. `rate` is a float here, as the platform has it. */
function taxView(order: OrderRecord, { title, rate, amount }: TaxRecord): View {
  return {
    __typename: 'TaxLine',
    title,
    rate: Number(rate),
    ratePercentage: Math.round(Number(rate) * 1e8) / 1e6,
    source: 'Shopify',
    channelLiable: false,
    ...both(order, 'price', amount),
  };
}

/** Taxes of the same title and rate as one, as an order lists them. */
export function mergedTaxes(order: OrderRecord, taxes: readonly TaxRecord[]): readonly View[] {
  const byName = new Map<string, TaxRecord>();
  for (const tax of taxes) {
    const key = `${tax.title}@${tax.rate}`;
    byName.set(key, { ...tax, amount: (byName.get(key)?.amount ?? 0n) + tax.amount });
  }
  return [...byName.values()].map((tax) => taxView(order, tax));
}

/** A discount of the order; lines point to it by `index`. */
export function discountView(order: OrderRecord, index: number): View {
  const discount = order.discounts[index];
  if (!discount) throw new Error(`The fake shop has lost discount ${index} of order "${order.name}".`);
  const { kind, name, level, percentage, amount } = discount;
  return {
    __typename: applicationTypes[kind],
    index,
    code: name,
    title: name,
    description: name,
    allocationMethod: level === 'order' ? 'ACROSS' : level === 'shipping' ? 'EACH' : 'ONE',
    targetSelection: level === 'line' ? 'EXPLICIT' : 'ALL',
    targetType: level === 'shipping' ? 'SHIPPING_LINE' : 'LINE_ITEM',
    value:
      percentage === undefined ? single(amount, order.currency) : { __typename: 'PricingPercentageValue', percentage },
  };
}

const applicationTypes = {
  code: 'DiscountCodeApplication',
  automatic: 'AutomaticDiscountApplication',
  manual: 'ManualDiscountApplication',
  script: 'ScriptDiscountApplication',
} as const;

function allocationsView(order: OrderRecord, allocations: readonly AllocationRecord[]): readonly View[] {
  return allocations.map(({ discount, amount }) => ({
    allocatedAmountSet: bag(order, amount),
    allocatedAmount: single(amount, order.currency),
    discountApplication: discountView(order, discount),
  }));
}

function remainingOf({ store }: Views, order: OrderRecord, line: LineRecord): number {
  return fulfillmentOrdersOf(store, order.id)
    .filter(isOpen)
    .flatMap(({ lines }) => lines)
    .filter(({ lineId }) => lineId === line.id)
    .reduce((total, { remaining }) => total + remaining, 0);
}
