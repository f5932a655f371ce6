import { addMoney, equalMoney, isZeroMoney, multiplyMoney, subtractMoney, sumMoney } from '@crossdock/core';
import { toMoney } from './wire/money.ts';
import type { WireLine, WireOrder } from './wire/order.ts';

/**
 * The line that is the tip: it is in the total and in no subtotal, so the lines come to more than the subtotal by just the
 * tip. Nothing on a line says so of itself. shopify.dev, LineItem and ReturnProcessInput, API 2026-07.
 */
export function tipLine(
  order: Pick<WireOrder, 'totalTipReceivedSet' | 'subtotalPriceSet' | 'currencyCode'>,
  lines: readonly WireLine[],
): WireLine | undefined {
  const tip = toMoney(order.totalTipReceivedSet.shopMoney);
  if (isZeroMoney(tip) || order.subtotalPriceSet === null) return undefined;
  const alike = lines.filter(
    (line) => isLikeTip(line) && equalMoney(toMoney(line.originalUnitPriceSet.shopMoney), tip),
  );
  const last = alike.findLast(({ title }) => title === 'Tip') ?? alike.at(-1);
  const goods = sumMoney(lines.map(placedTotal), order.currencyCode);
  return equalMoney(goods, addMoney(toMoney(order.subtotalPriceSet.shopMoney), tip)) ? last : undefined;
}

function isLikeTip(line: WireLine): boolean {
  const { variant, sku, quantity, requiresShipping, isGiftCard, discountAllocations, taxLines } = line;
  const isOfGoods = variant !== null || (sku !== null && sku !== '') || requiresShipping || isGiftCard;
  return !isOfGoods && quantity === 1 && discountAllocations.length === 0 && taxLines.length === 0;
}

function placedTotal({ originalUnitPriceSet, quantity, discountAllocations }: WireLine) {
  const price = multiplyMoney(toMoney(originalUnitPriceSet.shopMoney), quantity);
  const off = discountAllocations.map(({ allocatedAmountSet }) => toMoney(allocatedAmountSet.shopMoney));
  return subtractMoney(price, sumMoney(off, price.currency));
}
