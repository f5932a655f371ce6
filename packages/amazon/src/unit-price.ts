import { equalMoney, multiplyMoney, type Money } from '@crossdock/core';
import { toMoney } from './order-money.ts';
import type { WireMoney } from './wire/money.ts';

/**
 * What one unit costs. The price that Amazon states beside an item is the one on its page, which may hold a tax that the
 * item's amount does not: it is taken only where it makes that amount. Else the amount is divided, to six digits more
 * than it has, so that a million units still make it to the cent.
 */
export function unitPriceOf(whole: Money, quantity: number, stated: WireMoney | null | undefined): Money {
  if (stated?.currencyCode === whole.currency) {
    const unit = toMoney(stated);
    if (equalMoney(multiplyMoney(unit, quantity), whole)) return unit;
  }
  return quantity === 0 ? whole : divided(whole, BigInt(quantity));
}

const spareDigits = 6;

/** Half away from zero; amounts of orders are not negative. */
function divided({ amount, currency }: Money, by: bigint): Money {
  const scale = (amount.split('.')[1]?.length ?? 0) + spareDigits;
  const units = BigInt(amount.replace('.', '')) * 10n ** BigInt(spareDigits);
  const digits = ((units + by / 2n) / by).toString().padStart(scale + 1, '0');
  // Times one leaves out the zeros at the end that say nothing.
  return multiplyMoney({ amount: `${digits.slice(0, -scale)}.${digits.slice(-scale)}`, currency }, 1);
}
