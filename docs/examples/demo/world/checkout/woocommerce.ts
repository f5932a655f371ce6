import type { WooCommerceState } from '@crossdock/testing';
import type { TillDocument } from '../../till/document.ts';
import { addressOf } from './address.ts';
import { split } from './lines.ts';

type WooOrderInput = Parameters<WooCommerceState['placeOrder']>[0];

/** A sale of the till as WooCommerce takes it in: on account, with the account in a field of the checkout. */
export function toWooCommerceOrder(document: TillDocument): WooOrderInput {
  const { goods, carriage } = split(document);
  const { company, name, street, city, postcode, countryCode } = addressOf(document);
  const address = { company, last_name: name, address_1: street, city, postcode, country: countryCode };
  return {
    number: Number(document.number),
    status: 'processing',
    currency: 'GBP',
    paymentMethod: 'on-account',
    datePaid: null,
    meta: document.account === undefined ? [] : [{ key: 'account', value: document.account }],
    billing: address,
    shipping: address,
    lines: goods.map(({ sku, title, quantity, unitPrice }) => ({ sku, name: title, quantity, unitPrice })),
    shippingLines: carriage.map(({ title, price }) => ({ title, total: price })),
  };
}
