import {
  addMoney,
  compareMoney,
  equalMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Discount,
  type FeeLine,
  type Money,
  type OrderLine,
  type ShippingLine,
} from '@crossdock/core';
import { decimalsOf, shareOf, toMoney, unitPriceOf } from './amounts.ts';
import { toStatedTaxes, toTaxes, type TaxReading } from './order-taxes.ts';
import type { WireLine, WireOrder } from './wire/order.ts';

/** What an order charges, line by line. */
export interface Charges {
  readonly lines: readonly OrderLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly feeLines: readonly FeeLine[];
}

/** What of the order is told: the units that are still wanted of each line, by line id; what is left out is wanted whole. */
export interface ChargesView {
  readonly system: string;
  readonly kept: ReadonlyMap<number, number>;
}

/**
 * The lines of an order, always without tax: WooCommerce divides it out where prices include it. A shop rounds either
 * every line, or the sum of lines that it keeps with all their digits; an order does not say which. So orders are read
 * with all digits, and the first way is taken that meets the sums stated. None does where an order is really off.
 */
export function toCharges(order: WireOrder, view: ChargesView): Charges {
  const { currency } = order;
  const tax = toMoney(order.total_tax, currency);
  const stated = subtractMoney(toMoney(order.total, currency), tax);
  const decimals = decimalsOf([tax, stated, toMoney(order.shipping_total, currency)], currency);
  // Of what is left of an order WooCommerce states no sums.
  if (view.kept.size > 0) return chargesOf({ ...view, order, decimals, net: 'rounded', tax: 'rounded' });
  const rounded = chargesOf({ ...view, order, decimals, net: 'rounded', tax: 'exact' });
  const exact = chargesOf({ ...view, order, decimals, net: 'exact', tax: 'exact' });
  const meets = (charges: Charges) => equalMoney(roundMoney(netOf(charges, currency), { digits: decimals }), stated);
  return toStatedTaxes(!meets(rounded) && meets(exact) ? exact : rounded, order, decimals);
}

/** Taxes of everything. */
export function taxOf({ lines, shippingLines, feeLines }: Charges, currency: string): Money {
  const taxes = [...lines, ...shippingLines, ...feeLines].flatMap((line) => line.taxes);
  return sumMoney(
    taxes.map(({ amount }) => amount),
    currency,
  );
}

/** Everything before tax. */
export function netOf({ lines, shippingLines, feeLines }: Charges, currency: string): Money {
  return sumMoney(
    [...lines, ...shippingLines, ...feeLines].map(({ total }) => total),
    currency,
  );
}

interface Writing extends ChargesView, TaxReading {
  /** How amounts before tax are written: rounded to the shop's decimals, or with all digits that it keeps. */
  readonly net: 'rounded' | 'exact';
}

function chargesOf(writing: Writing): Charges {
  const { order } = writing;
  return {
    lines: order.line_items.flatMap((wire) => toLine(wire, writing)),
    shippingLines: order.shipping_lines.map((wire) => {
      const total = amountOf(wire.total, writing);
      return {
        id: String(wire.id),
        title: wire.method_title,
        ...(wire.method_id !== '' && { service: wire.method_id }),
        price: total,
        discounts: [],
        taxes: toTaxes(wire.taxes, writing),
        total,
      };
    }),
    feeLines: order.fee_lines.map((wire) => {
      const total = amountOf(wire.total, writing);
      return { id: String(wire.id), title: wire.name, price: total, taxes: toTaxes(wire.taxes, writing), total };
    }),
  };
}

/** None where every unit was refunded while the order is open: nobody may ship it. */
function toLine(wire: WireLine, writing: Writing): OrderLine[] {
  const { order, system, decimals } = writing;
  const kept = writing.kept.get(wire.id) ?? wire.quantity;
  if (kept <= 0 && wire.quantity > 0) return [];
  const part = (amount: Money): Money => shareOf(amount, kept, wire.quantity, decimals);
  const total = part(amountOf(wire.total, writing));
  const discount = part(subtractMoney(amountOf(wire.subtotal, writing), amountOf(wire.total, writing)));
  // A line that was made dearer by hand has no discount: its price is what it costs now.
  const isReduced = compareMoney(discount, zeroMoney(order.currency)) > 0;
  const variant = wire.variation_id || wire.product_id;
  return [
    {
      id: String(wire.id),
      ...(wire.sku !== '' && { sku: wire.sku }),
      ...(variant ? { variant: { system, kind: 'variant' as const, id: String(variant) } } : {}),
      title: wire.name,
      quantity: kept,
      unitPrice: unitPriceOf(isReduced ? addMoney(total, discount) : total, kept),
      discounts: isReduced ? [{ ...discountNames(order), amount: discount }] : [],
      taxes: toTaxes(wire.taxes, writing).map((tax) => ({ ...tax, amount: part(tax.amount) })),
      total,
      // Only the order says whether anything of it is goods.
      requiresShipping: order.needs_processing !== false,
    },
  ];
}

/** WooCommerce keeps no share by coupon: one coupon is named, several together. Without any it was done by hand. */
function discountNames({ coupon_lines: coupons }: WireOrder): Omit<Discount, 'amount'> {
  const codes = coupons.map(({ code }) => code);
  const [code] = codes;
  if (code === undefined) return { kind: 'manual', title: '' };
  return codes.length === 1 ? { kind: 'code', title: code, code } : { kind: 'code', title: codes.join(', ') };
}

function amountOf(text: string, { order, net, decimals }: Writing): Money {
  const exact = toMoney(text, order.currency);
  return net === 'exact' ? exact : roundMoney(exact, { digits: decimals });
}
