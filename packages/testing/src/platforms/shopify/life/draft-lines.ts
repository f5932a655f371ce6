import { spread, sum, taxesOf, toMinor, type Minor } from '../money.ts';
import type {
  AllocationRecord,
  DiscountRecord,
  DutyRecord,
  LineRecord,
  ShippingRecord,
  TaxRecord,
  VariantRecord,
} from '../records.ts';
import type { Store } from '../store.ts';
import type {
  DiscountInput,
  DutyInput,
  FeeInput,
  LineInput,
  OrderInput,
  ShippingInput,
  TaxInput,
} from './order-input.ts';
import { refused } from './shop.ts';

/** What the lines of an order are made from; discounts are added to as they are met. */
export type Draft = {
  readonly store: Store;
  readonly input: Pick<OrderInput, 'lines' | 'discounts' | 'taxLines' | 'taxesIncluded' | 'tip'>;
  readonly currency: string;
  readonly discounts: DiscountRecord[];
};

/** The lines of an order with their discounts and taxes; a tip is the last of them. */
export function linesOf(draft: Draft): LineRecord[] {
  const { input, currency } = draft;
  const plain = input.lines.map((line) => plainLine(draft, line));
  const off = plain.map(({ record }, index) => {
    const discount = input.lines[index]?.discount;
    const allocations = discount === undefined ? [] : [allocation(draft, discount, 'line')];
    const net = record.unitPrice * BigInt(record.quantity) - sum(allocations.map((each) => each.amount));
    return { net, allocations };
  });
  for (const discount of input.discounts ?? []) {
    const { discount: index, amount } = allocation(draft, discount, 'order');
    const weights = off.map(({ net }, at) => (discount.lines && !discount.lines.includes(at) ? 0n : net));
    for (const [at, part] of spread(amount, weights).entries()) {
      const line = off[at];
      if (line && part !== 0n) line.allocations.push({ discount: index, amount: part });
    }
  }
  const lines = plain.map(({ record, taxes }, index): LineRecord => {
    const allocations = off[index]?.allocations ?? [];
    const net = record.unitPrice * BigInt(record.quantity) - sum(allocations.map(({ amount }) => amount));
    return {
      ...record,
      allocations,
      taxLines: record.taxable ? taxRecords(taxes, net, currency, input.taxesIncluded) : [],
    };
  });
  return input.tip === undefined ? lines : [...lines, tipLine(draft, input.tip)];
}

function plainLine(
  draft: Draft,
  line: LineInput,
): { readonly record: LineRecord; readonly taxes: readonly TaxInput[] } {
  const { store, input, currency } = draft;
  const variant = line.sku === undefined ? undefined : store.bySku.get(line.sku);
  const product = variant && store.products.get(variant.productId);
  const unitPrice = line.unitPrice === undefined ? variant?.price : toMinor(line.unitPrice, currency);
  if (unitPrice === undefined) {
    throw refused(
      `An order was not placed: SKU "${line.sku ?? ''}" has no price. Give unitPrice, or add the product first.`,
    );
  }
  return {
    record: {
      id: store.nextId(),
      variantId: variant?.id,
      sku: line.sku,
      title: line.title ?? product?.title ?? line.sku ?? 'Custom item',
      variantTitle: line.variantTitle ?? (variant && variant.title !== 'Default Title' ? variant.title : undefined),
      vendor: product?.vendor,
      quantity: line.quantity,
      unitPrice,
      requiresShipping: line.requiresShipping ?? variant?.requiresShipping ?? true,
      taxable: line.taxable ?? true,
      giftCard: line.giftCard ?? false,
      grams: line.grams ?? (variant ? gramsOf(variant.weight) : 0),
      customAttributes: line.customAttributes ?? [],
      allocations: [],
      taxLines: [],
      duties: (line.duties ?? []).map((duty) => dutyOf(draft, duty)),
      removed: 0,
      refunded: 0,
      fulfilled: 0,
    },
    taxes: line.taxLines ?? input.taxLines ?? [],
  };
}

// A tip is a line that cannot be fulfilled and is no part of the subtotal: TipSale.lineItem, nonFulfillableLineItems and
// subtotalLineItemsQuantity in the schema of API 2026-10, read 2026-11-26. Its title is ours.
function tipLine({ store, currency }: Draft, amount: string): LineRecord {
  return {
    id: store.nextId(),
    variantId: undefined,
    sku: undefined,
    title: 'Tip',
    variantTitle: undefined,
    vendor: undefined,
    quantity: 1,
    unitPrice: toMinor(amount, currency),
    requiresShipping: false,
    taxable: false,
    giftCard: false,
    tip: true,
    grams: 0,
    customAttributes: [],
    allocations: [],
    taxLines: [],
    duties: [],
    removed: 0,
    refunded: 0,
    fulfilled: 0,
  };
}

/** A way of shipping with its discount and taxes. */
export function shippingOf(draft: Draft, line: ShippingInput): ShippingRecord {
  const { store, input, currency } = draft;
  const price = toMinor(line.price, currency);
  const allocations = line.discount === undefined ? [] : [allocation(draft, line.discount, 'shipping')];
  const net = price - sum(allocations.map(({ amount }) => amount));
  const taxes = taxRecords(line.taxLines ?? input.taxLines ?? [], net, currency, input.taxesIncluded);
  return { id: store.nextId(), title: line.title, code: line.code, price, allocations, taxLines: taxes };
}

/** What a fee or a duty comes to. */
export function chargeOf(
  { store, input, currency }: Draft,
  charge: Pick<FeeInput, 'price' | 'taxLines'>,
): Pick<DutyRecord, 'id' | 'price' | 'taxLines'> {
  const price = toMinor(charge.price, currency);
  const taxLines = taxRecords(charge.taxLines ?? [], price, currency, input.taxesIncluded);
  return { id: store.nextId(), price, taxLines };
}

function dutyOf(draft: Draft, duty: DutyInput): DutyRecord {
  const { countryCode, harmonizedSystemCode } = duty;
  return { ...chargeOf(draft, duty), countryCode, harmonizedSystemCode };
}

function allocation(draft: Draft, input: string | DiscountInput, level: DiscountRecord['level']): AllocationRecord {
  const {
    amount: decimal,
    code,
    title,
    percentage,
    description,
    lines,
    ...rest
  }: DiscountInput = typeof input === 'string' ? { amount: input } : input;
  const amount = toMinor(decimal, draft.currency);
  const name = code ?? title ?? 'Discount';
  const kind = rest.kind ?? (code === undefined ? 'automatic' : 'code');
  const found = draft.discounts.findIndex((each) => each.kind === kind && each.name === name && each.level === level);
  const known = draft.discounts[found];
  if (known) {
    draft.discounts[found] = { ...known, amount: known.amount + amount };
    return { discount: found, amount };
  }
  draft.discounts.push({ kind, name, level, percentage, amount, description, entitled: lines !== undefined });
  return { discount: draft.discounts.length - 1, amount };
}

function taxRecords(taxes: readonly TaxInput[], net: Minor, currency: string, included = false): readonly TaxRecord[] {
  const reckoned = taxesOf(
    net,
    taxes.map(({ rate }) => rate),
    included,
  );
  return taxes.map(({ title, rate, amount, channelLiable }, index) => ({
    title,
    rate,
    channelLiable,
    amount: amount === undefined ? (reckoned[index] ?? 0n) : toMinor(amount, currency),
  }));
}

function gramsOf({ unit, value }: VariantRecord['weight']): number {
  return Math.round(value * gramsPer[unit]);
}

const gramsPer = { GRAMS: 1, KILOGRAMS: 1000, OUNCES: 28.349523125, POUNDS: 453.59237 } as const;
