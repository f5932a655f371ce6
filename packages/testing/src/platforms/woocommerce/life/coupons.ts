import { micro, percentOf, roundMicro, type Micro } from '../decimal.ts';
import type { CouponLine, WooCoupon, WooOrder } from '../records.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { showPlain } from '../decimal.ts';
import { share } from './tax.ts';
import { calculateTotals } from './totals.ts';

/**
 * Takes coupons off the lines of an order. One that does not exist refuses the order and leaves a draft of it behind.
 * Recorded on WooCommerce 10.0.2, 2026-11-23 (order-coupon, order-bad-coupon).
 */
export function applyCoupons(site: Site, order: WooOrder, codes: readonly string[], isNew: boolean): void {
  for (const code of codes) {
    const coupon = couponByCode(site, code);
    if (!coupon) throw unknownCoupon(order, code, isNew);
    if (order.couponLines.some((line) => line.couponId === coupon.id)) continue;
    const discount = takeOff(site, order, coupon);
    const taxBefore = order.discountTax;
    calculateTotals(site, order);
    order.couponLines.push(couponLine(site, coupon, discount, order.discountTax - taxBefore));
  }
}

/** A coupon, without a look at whether there is one of that code. */
export function addCoupon(site: Site, code: string, amount: string, type: string): WooCoupon {
  const coupon: WooCoupon = {
    id: site.store.nextId('post'),
    code: code.toLowerCase(),
    type,
    amount: micro(amount),
    createdAt: site.now(),
  };
  site.store.coupons.set(coupon.id, coupon);
  return coupon;
}

export function couponByCode(site: Site, code: string): WooCoupon | undefined {
  return [...site.store.coupons.values()].find((coupon) => coupon.code === code.toLowerCase());
}

function unknownCoupon(order: WooOrder, code: string, isNew: boolean): Refused {
  if (isNew) order.status = 'checkout-draft';
  const message = `Coupon &quot;${code}&quot; cannot be applied because it does not exist.`;
  const data = isNew ? { status: 400, new_draft_order_id: order.id } : { status: 400 };
  return new Refused(400, 'woocommerce_rest_invalid_coupon', message, data);
}

function takeOff(site: Site, order: WooOrder, coupon: WooCoupon): Micro {
  const whole = order.lines.reduce((sum, { total }) => sum + total, 0n);
  let taken = 0n;
  for (const line of order.lines) {
    const wanted = offLine(coupon, line.total, line.quantity, whole);
    const off = roundMicro(wanted > line.total ? line.total : wanted, site.settings.decimals);
    line.total -= off;
    taken += off;
  }
  return taken;
}

function offLine(coupon: WooCoupon, total: Micro, quantity: number, whole: Micro): Micro {
  if (coupon.type === 'percent') return percentOf(total, coupon.amount);
  if (coupon.type === 'fixed_product') return coupon.amount * BigInt(quantity);
  return share(coupon.amount, total, whole);
}

function couponLine(site: Site, coupon: WooCoupon, discount: Micro, discountTax: Micro): CouponLine {
  const { id, code, type, amount } = coupon;
  return {
    id: site.store.nextId('item'),
    code,
    couponId: id,
    discountType: type,
    nominal: amount,
    discount,
    discountTax,
    meta: [
      {
        id: site.store.nextId('itemMeta'),
        key: 'coupon_info',
        value: `[${id},"${code}","${type}",${showPlain(amount)}]`,
      },
    ],
  };
}
