import type { Money } from '@crossdock/core';

/** An amount of money; pounds unless said otherwise. */
export function money(amount: string, currency = 'GBP'): Money {
  return { amount, currency };
}
