import type { ShopifyState } from '@crossdock/testing';
import { addressOf } from './address.ts';
import { split } from './lines.ts';
import type { TillDocument } from '../../till/document.ts';

type ShopOrderInput = Parameters<ShopifyState['placeOrder']>[0];

/** A sale of the till as Shopify takes it in: the account stands in an attribute of the checkout. */
export function toShopifyOrder(document: TillDocument): ShopOrderInput {
  const { goods, carriage } = split(document);
  const { company, name, street, city, postcode, countryCode } = addressOf(document);
  return {
    number: Number(document.number),
    currency: 'GBP',
    taxesIncluded: false,
    financialStatus: 'pending',
    gateway: 'on account',
    customAttributes: document.account === undefined ? [] : [{ key: 'account', value: document.account }],
    shippingAddress: { company, lastName: name, address1: street, city, zip: postcode, countryCode },
    lines: goods.map(({ sku, title, quantity, unitPrice }) => ({ sku, title, quantity, unitPrice })),
    shippingLines: carriage.map(({ title, price }) => ({ title, price })),
  };
}
