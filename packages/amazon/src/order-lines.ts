import {
  isZeroMoney,
  subtractMoney,
  sumMoney,
  type Discount,
  type FeeLine,
  type Money,
  type OrderLine,
  type ShippingLine,
  type TaxLine,
} from '@crossdock/core';
import type { ItemLeft } from './order-left.ts';
import { toMoney, type Charge, type ChargeMoney, type ItemMoney } from './order-money.ts';
import { text } from './order-parties.ts';
import { unitPriceOf } from './unit-price.ts';
import type { WireItem, WireOrder } from './wire/order.ts';

/** An item with its money and what is left of it. */
export interface ReadItem {
  readonly item: WireItem;
  readonly money: ItemMoney;
  readonly left: ItemLeft;
  readonly currency: string;
  /** Whether the amounts are Amazon's; else they are zeros that say nothing. */
  readonly isStated: boolean;
}

/** One ordered item. */
export function toLine(read: ReadItem): OrderLine {
  const { item, left, isStated, currency } = read;
  const { product } = item;
  const { price, discount, taxes } = chargeOf(read, 'ITEM');
  const sku = text(product.sellerSku);
  const quantity = left.quantity;
  return {
    id: item.orderItemId,
    ...(sku !== undefined && { sku }),
    title: text(product.title) ?? sku ?? text(product.asin) ?? item.orderItemId,
    quantity,
    unitPrice: isStated ? unitPriceOf(price, quantity, product.price?.unitPrice) : price,
    discounts: discountsOf(discount),
    taxes,
    total: sumMoney([subtractMoney(price, discount)], currency),
    requiresShipping: true,
  };
}

/** The carriage of all items as one: the buyer chose one service for the order, and Amazon shares its price out. */
export function toShippingLines(
  items: readonly ReadItem[],
  wire: WireOrder,
  currency: string,
): readonly ShippingLine[] {
  const parts = items.map((read) => chargeOf(read, 'SHIPPING'));
  const sum = (list: readonly Money[]) => sumMoney(list, currency);
  const price = sum(parts.map((part) => part.price));
  const discount = sum(parts.map((part) => part.discount));
  const taxes = parts.flatMap((part) => part.taxes);
  const service = text(wire.fulfillment?.fulfillmentServiceLevel);
  if (service === undefined && isZeroMoney(price) && isZeroMoney(discount) && taxes.length === 0) return [];
  return [
    {
      id: 'shipping',
      title: service ?? 'Shipping',
      ...(service !== undefined && { service }),
      price,
      discounts: discountsOf(discount),
      taxes: summedTaxes(taxes, sum),
      total: subtractMoney(price, discount),
    },
  ];
}

const fees = [
  ['GIFT_WRAP', 'gift-wrap', 'Gift wrap'],
  ['COD_FEE', 'cash-on-delivery', 'Cash on delivery'],
  ['OTHER', 'other', 'Other charge'],
] as const satisfies readonly (readonly [Charge, string, string])[];

/** What is neither goods nor carriage: of an item, and a tip for the driver on the order. A fee stands less its discount. */
export function toFeeLines(items: readonly ReadItem[], wire: WireOrder, isStated: boolean): readonly FeeLine[] {
  const ofItems = items.flatMap((read) =>
    fees.flatMap(([charge, id, title]): FeeLine[] => {
      const { price, discount, taxes } = chargeOf(read, charge);
      if (isZeroMoney(price) && taxes.length === 0) return [];
      const total = subtractMoney(price, discount);
      return [{ id: `${read.item.orderItemId}/${id}`, title, price: total, taxes, total }];
    }),
  );
  const tips = (wire.proceeds?.breakdowns ?? []).filter(({ type }) => type === 'DELIVERY_TIP');
  // A tip may still be changed while it is pending.
  const final = isStated ? tips.filter(({ status }) => status !== 'PENDING') : [];
  return [
    ...ofItems,
    ...final.map(({ subtotal }, index): FeeLine => {
      const amount = toMoney(subtotal);
      return { id: `delivery-tip-${index + 1}`, title: 'Delivery tip', price: amount, taxes: [], total: amount };
    }),
  ];
}

/** The item's share of a charge, as far as the item is left. */
function chargeOf({ money, left, item }: ReadItem, charge: Charge) {
  const whole: ChargeMoney = money.charges[charge];
  const tax = left.share(whole.tax);
  return {
    price: left.share(whole.price),
    discount: left.share(whole.discount),
    taxes: isZeroMoney(tax) ? [] : [toTaxLine(tax, item)],
  };
}

/** Amazon says of an item when it owes the tax itself; the amounts of a tax come without its rate. */
function toTaxLine(amount: Money, { tax }: WireItem): TaxLine {
  const isCollected = tax?.taxCollections?.some(({ model }) => model === 'MARKETPLACE_FACILITATOR') ?? false;
  return { title: 'Tax', amount, owedBy: isCollected ? 'channel' : 'seller' };
}

function summedTaxes(taxes: readonly TaxLine[], sum: (list: readonly Money[]) => Money): readonly TaxLine[] {
  return (['seller', 'channel'] as const).flatMap((owedBy) => {
    const own = taxes.filter((tax) => tax.owedBy === owedBy);
    const [first] = own;
    return first ? [{ ...first, amount: sum(own.map(({ amount }) => amount)) }] : [];
  });
}

function discountsOf(amount: Money): readonly Discount[] {
  return isZeroMoney(amount) ? [] : [{ kind: 'automatic', title: 'Promotion', amount }];
}
