import { money, multiplyMoney } from '@crossdock/core';
import type { ShopifyState } from '@crossdock/testing';
import { countryCodes } from '../till/countries.ts';
import type { TillDocument } from '../till/document.ts';
import { carriageCodes } from '../till/special-codes.ts';

type ShopOrderInput = Parameters<ShopifyState['placeOrder']>[0];

/** A sale of the till as the shop takes it in. The file has no addresses, so they are made up from the account. */
export function toShopOrder(document: TillDocument): ShopOrderInput {
  const goods = document.lines.filter(({ code }) => carriageCodes[code] === undefined);
  const carriage = document.lines.filter(({ code }) => carriageCodes[code] !== undefined);
  const countryCode = countryCodes[document.country];
  if (countryCode === undefined) throw new RangeError(`No code is known for the country "${document.country}".`);
  return {
    number: Number(document.number),
    currency: 'GBP',
    taxesIncluded: false,
    financialStatus: 'pending',
    gateway: 'on account',
    customAttributes: document.account === undefined ? [] : [{ key: 'account', value: document.account }],
    shippingAddress: {
      company: `Account ${document.account ?? 'unknown'}`,
      lastName: document.account ?? 'unknown',
      address1: '1 Market Street',
      city: document.country,
      zip: 'X1 1XX',
      countryCode,
    },
    lines: goods.map(({ code, description, quantity, unitPrice }) => ({
      sku: code,
      title: description === '' ? code : description,
      quantity,
      unitPrice,
    })),
    shippingLines: carriage.map(({ code, quantity, unitPrice }) => ({
      title: carriageCodes[code] ?? code,
      price: multiplyMoney(money(unitPrice, 'GBP'), quantity).amount,
    })),
  };
}
