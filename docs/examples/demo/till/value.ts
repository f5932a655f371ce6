import { multiplyMoney, sumMoney, money, type Money } from '@crossdock/core';
import type { TillDocument } from './document.ts';

/** What a document is worth: goods and carriage, negative where it gives money back. */
export function valueOf(document: TillDocument): Money {
  return sumMoney(
    document.lines.map(({ unitPrice, quantity }) => multiplyMoney(money(unitPrice, 'GBP'), quantity)),
    'GBP',
  );
}
