import { money, multiplyMoney } from '@crossdock/core';
import type { TillDocument } from '../../till/document.ts';
import { carriageCodes, manualCodes } from '../../till/special-codes.ts';

/** Goods under the SKU that the channels list, which has capital letters, and carriage as a charge of its own. */
export function split({ lines }: TillDocument) {
  return {
    goods: lines
      .filter(({ code }) => carriageCodes[code] === undefined)
      .map(({ code, description, quantity, unitPrice }) => ({
        sku: manualCodes[code] === undefined ? code.toUpperCase() : code,
        title: description === '' ? code : description,
        quantity,
        unitPrice,
      })),
    carriage: lines
      .filter(({ code }) => carriageCodes[code] !== undefined)
      .map(({ code, quantity, unitPrice }) => ({
        title: carriageCodes[code] ?? code,
        price: multiplyMoney(money(unitPrice, 'GBP'), quantity).amount,
      })),
  };
}
