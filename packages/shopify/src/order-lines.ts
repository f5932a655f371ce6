import {
  addMoney,
  multiplyMoney,
  subtractMoney,
  type FeeLine,
  type OrderLine,
  type ShippingLine,
} from '@crossdock/core';
import { sumOfDiscounts, toDiscount, toTaxLine } from './order-charges.ts';
import type { Fee } from './order-fees.ts';
import type { Left, LeftCarriage, LeftLine } from './order-left.ts';
import type { PresentedCharges } from './order-presented.ts';
import { isWhole } from './order-shares.ts';
import { toMoney } from './wire/money.ts';
import type { WireAttribute, WireDiscount } from './wire/order.ts';

/** What an order's lines, carriage and fees are read with. */
export interface LineReading {
  readonly left: Left;
  /** The same in the buyer's currency, where it is another one. */
  readonly shown: PresentedCharges | undefined;
  readonly discounts: readonly WireDiscount[];
  readonly system: string;
}

/** Goods, of the units that are left. */
export function toLine(
  { wire, quantity }: LeftLine,
  index: number,
  { left, shown, discounts, system }: LineReading,
): OrderLine {
  const presented = shown?.lines[index];
  const unitPrice = toMoney(wire.originalUnitPriceSet.shopMoney);
  const lineDiscounts = wire.discountAllocations.map((share) => toDiscount(share, discounts, left.discountOf(share)));
  const attributes = toAttributes(wire.customAttributes);
  return {
    id: wire.id,
    ...(wire.sku !== null && wire.sku.trim() !== '' && { sku: wire.sku }),
    ...(wire.variant && { variant: { system, kind: 'variant' as const, id: wire.variant.id } }),
    title: wire.variantTitle === null || wire.variantTitle === '' ? wire.title : `${wire.title} - ${wire.variantTitle}`,
    quantity,
    unitPrice,
    discounts: lineDiscounts,
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, left.taxOf(tax))),
    total: subtractMoney(multiplyMoney(unitPrice, quantity), sumOfDiscounts(lineDiscounts, unitPrice.currency)),
    requiresShipping: wire.requiresShipping,
    ...(presented && { presented }),
    ...(quantity !== wire.quantity && { orderedQuantity: wire.quantity }),
    ...(wire.isGiftCard && { giftCard: true as const }),
    ...(attributes && { attributes }),
  };
}

/** Carriage, of which something may have been given back. */
export function toShippingLine(
  { wire, total, share }: LeftCarriage,
  index: number,
  { left, shown, discounts }: LineReading,
): ShippingLine {
  const lineDiscounts = wire.discountAllocations.map((part) => toDiscount(part, discounts, left.discountOf(part)));
  const presented = shown?.carriage[index];
  return {
    // Old orders have carriage without an id; its place on the order is as steady.
    id: wire.id ?? `shipping-${index + 1}`,
    title: wire.title,
    ...(wire.code !== null && wire.code !== '' && { service: wire.code }),
    // Of carriage that was given back in part, what is left and its discounts.
    price: isWhole(share)
      ? toMoney(wire.originalPriceSet.shopMoney)
      : addMoney(total, sumOfDiscounts(lineDiscounts, total.currency)),
    discounts: lineDiscounts,
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, left.taxOf(tax))),
    total,
    ...(presented && { presented }),
  };
}

/** A charge besides goods and carriage. */
export function toFeeLine({ id, title, amount, taxLines }: Fee, index: number, { left, shown }: LineReading): FeeLine {
  const presented = shown?.fees[index];
  return {
    id,
    title,
    price: amount,
    taxes: taxLines.map((tax) => toTaxLine(tax, left.taxOf(tax))),
    total: amount,
    ...(presented && { presented }),
  };
}

/** What a buyer or an app noted, by the name that it gave; what has no value says nothing. */
export function toAttributes(noted: readonly WireAttribute[]): Record<string, string> | undefined {
  const entries = noted.flatMap(({ key, value }): [string, string][] => (value === null ? [] : [[key, value]]));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
