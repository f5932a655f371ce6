import { gid } from '../gid.ts';
import { divided, moneyOf, sum, type Minor } from '../money.ts';
import { currentQuantity, currentShippingOf, netOf, originalOf, takenOff, taxOn } from '../order-sums.ts';
import { waitingUnits } from '../order-status.ts';
import { page, type PageArgs } from '../paging.ts';
import { inPresentment, lineInPresentment, presentedOf, shippingInPresentment } from '../presented.ts';
import type {
  AllocationRecord,
  DutyRecord,
  FeeRecord,
  LineRecord,
  OrderRecord,
  ShippingRecord,
  TaxRecord,
} from '../records.ts';
import { returnReasons } from '../return-reasons.ts';
import { reasonView } from './return.ts';
import { bag, both, single, type View, type Views } from './views.ts';

/** An ordered item. Which discounts are in which sum follows the descriptions in the schema of API 2026-10. */
export function lineView(views: Views, order: OrderRecord, line: LineRecord): View {
  const { store } = views;
  const theirs = lineInPresentment(order, line);
  /** A field with and without `Set`, reckoned in each currency from the line's own amounts. */
  const sums = (name: string, of: (line: LineRecord) => Minor) => both(order, name, of(line), of(theirs));
  const bagged = (of: (line: LineRecord) => Minor) => bag(order, of(line), of(theirs));
  const off = ({ allocations }: LineRecord, wanted: (level: string, kind: string) => boolean): Minor =>
    sum(
      allocations
        .filter(({ discount }) => {
          const { level = '', kind = '' } = order.discounts[discount] ?? {};
          return wanted(level, kind);
        })
        .map(({ amount }) => amount),
    );
  const lineLevel = (each: LineRecord) => off(each, (level) => level === 'line');
  const discounted = (each: LineRecord) =>
    originalOf(each) - off(each, (level, kind) => level === 'line' && kind !== 'code');
  const perUnit = (amount: Minor) => divided(amount, BigInt(line.quantity));
  const waiting = waitingUnits(store, order.id, line.id);
  const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
  const product = variant && store.products.get(variant.productId);
  const notRefunded = currentQuantity(line);
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
    unfulfilledQuantity: waiting,
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
    duties: line.duties.map((duty) => dutyView(order, duty)),
    lineItemGroup: null,
    suggestedReturnReasonDefinitions: (args: PageArgs) =>
      page(returnReasons, args, { id: ({ id }) => id, view: reasonView }),
    customAttributes: line.customAttributes,
    weight: { unit: 'GRAMS', value: line.grams },
    variant: variant ? views.variant(variant) : null,
    product: product ? views.product(product) : null,
    ...sums('originalUnitPrice', ({ unitPrice }) => unitPrice),
    ...sums('originalTotal', originalOf),
    ...sums('totalDiscount', lineLevel),
    discountedTotal: moneyOf(discounted(line), order.currency),
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts?: boolean }) =>
      bagged((each) => (withCodeDiscounts ? originalOf(each) - lineLevel(each) : discounted(each))),
    ...sums('discountedUnitPrice', (each) => perUnit(discounted(each))),
    discountedUnitPriceAfterAllDiscountsSet: bagged((each) => perUnit(netOf(each))),
    priceAfterAllDiscountsBeforeTaxesSet: bagged(
      (each) => netOf(each, notRefunded) - (order.taxesIncluded ? taxOn(each, notRefunded) : 0n),
    ),
    ...sums('unfulfilledOriginalTotal', ({ unitPrice }) => unitPrice * BigInt(waiting)),
    ...sums('unfulfilledDiscountedTotal', (each) => perUnit(discounted(each) * BigInt(waiting))),
    taxLines: ({ first }: { first?: number | null }) =>
      line.taxLines.slice(0, first ?? undefined).map((tax) => taxView(order, tax)),
    discountAllocations: allocationsView(order, line.allocations),
  };
}

/** A way of shipping that was paid for. */
export function shippingLineView(order: OrderRecord, line: ShippingRecord): View {
  const theirs = shippingInPresentment(order, line);
  const discounted = line.price - takenOff(line);
  const discountedTheirs = theirs.price - takenOff(theirs);
  const at = order.shippingLines.indexOf(line);
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
    discountedPriceSet: bag(order, discounted, discountedTheirs),
    discountedPrice: single(discounted, order.currency),
    currentDiscountedPriceSet: bag(
      order,
      currentShippingOf(order)[at] ?? discounted,
      currentShippingOf(inPresentment(order))[at] ?? discountedTheirs,
    ),
    taxLines: line.taxLines.map((tax) => taxView(order, tax)),
    discountAllocations: allocationsView(order, line.allocations),
  };
}

/** Customs duty on a line. */
export function dutyView(order: OrderRecord, duty: DutyRecord): View {
  return {
    __typename: 'Duty',
    id: gid('Duty', duty.id),
    countryCodeOfOrigin: duty.countryCode ?? null,
    harmonizedSystemCode: duty.harmonizedSystemCode ?? null,
    price: bag(order, duty.price),
    taxLines: duty.taxLines.map((tax) => taxView(order, tax)),
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
function taxView(order: OrderRecord, { title, rate, amount, channelLiable }: TaxRecord, theirs?: Minor): View {
  return {
    __typename: 'TaxLine',
    title,
    rate: Number(rate),
    ratePercentage: Math.round(Number(rate) * 1e8) / 1e6,
    source: 'Shopify',
    channelLiable: channelLiable ?? false,
    ...both(order, 'price', amount, theirs),
  };
}

/** Taxes of the same title and rate as one, as an order lists them. */
export function mergedTaxes(order: OrderRecord, taxes: readonly TaxRecord[]): readonly View[] {
  const byName = new Map<string, TaxRecord & { readonly theirs: Minor }>();
  for (const tax of taxes) {
    const key = `${tax.title}@${tax.rate}@${tax.channelLiable ?? false}`;
    const known = byName.get(key) ?? { amount: 0n, theirs: 0n };
    const theirs = known.theirs + presentedOf(order, tax.amount);
    byName.set(key, { ...tax, amount: known.amount + tax.amount, theirs });
  }
  return [...byName.values()].map(({ theirs, ...tax }) => taxView(order, tax, theirs));
}

/** A discount of the order; lines point to it by `index`. */
export function discountView(order: OrderRecord, index: number): View {
  const discount = order.discounts[index];
  if (!discount) throw new Error(`The fake shop has lost discount ${index} of order "${order.name}".`);
  const { kind, name, level, percentage, amount, description, entitled } = discount;
  return {
    __typename: applicationTypes[kind],
    index,
    code: name,
    title: name,
    // A script's is never null.
    description: description ?? (kind === 'script' ? name : null),
    allocationMethod: level === 'order' ? 'ACROSS' : level === 'shipping' ? 'EACH' : 'ONE',
    targetSelection: level === 'line' ? 'EXPLICIT' : entitled ? 'ENTITLED' : 'ALL',
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
