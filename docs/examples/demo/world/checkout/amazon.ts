import { money, sumMoney } from '@crossdock/core';
import type { AmazonState } from '@crossdock/testing';
import type { TillDocument } from '../../till/document.ts';
import { addressOf } from './address.ts';
import { split } from './lines.ts';

type AmazonOrderInput = Parameters<AmazonState['placeOrder']>[0];

/** A sale of the till as Amazon takes it in: a trade buyer's account stands where their own order number goes. */
export function toAmazonOrder(document: TillDocument): AmazonOrderInput {
  const { goods, carriage } = split(document);
  const { company, name, street, city, postcode, countryCode } = addressOf(document);
  return {
    // Three, seven and seven digits, as Amazon's numbers are.
    orderId: `026-${document.number.padStart(7, '0')}-0000000`,
    currency: 'GBP',
    // Amazon checks the payment of some for a while, without prices and address.
    pendingMs: Number(document.number) % 4 === 1 ? 20 * 60_000 : 0,
    buyer: {
      name,
      company,
      email: `${name}@marketplace.example`,
      ...(document.account !== undefined && { purchaseOrderNumber: document.account }),
    },
    address: { name, companyName: company, addressLine1: street, city, postalCode: postcode, countryCode },
    shippingPrice: sumMoney(
      carriage.map(({ price }) => money(price, 'GBP')),
      'GBP',
    ).amount,
    lines: goods.map(({ sku, title, quantity, unitPrice }) => ({ sku, title, quantity, unitPrice })),
  };
}
