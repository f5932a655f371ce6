import {
  CommerceError,
  money,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type Ref,
} from '@crossdock/core';
import type { WireMoney } from './wire/money.ts';
import type { WireItem } from './wire/order.ts';

/** What a part of an item's money is for. Amazon's words. */
const charges = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER'] as const;
export type Charge = (typeof charges)[number];

/** What the buyer pays for one charge of an item: before its discount, what was taken off, and the tax on top. */
export interface ChargeMoney {
  readonly price: Money;
  readonly discount: Money;
  readonly tax: Money;
}

/** An item's money by what it is for; a charge that Amazon does not name is nothing. */
export interface ItemMoney {
  readonly charges: Readonly<Record<Charge, ChargeMoney>>;
  /** Whether Amazon states a tax: then the prices of the item are without it, else they hold whatever tax there is. */
  readonly hasTax: boolean;
}

/**
 * Takes an item's proceeds apart. `undefined` where Amazon states none: of orders that are pending or canceled, or where
 * the application has no role to see them. Throws `money.invalid` for a word that no model has, because what it is for
 * decides where the amount belongs.
 */
export function itemMoney(item: WireItem, currency: string, ref: Ref<'order'>): ItemMoney | undefined {
  const entries = item.proceeds?.breakdowns ?? [];
  if (!entries.some(({ type }) => type === 'ITEM')) return undefined;
  for (const { type, detailedBreakdowns } of entries) {
    if (!known.has(type)) throw strange(ref, item, type);
    for (const { subtype } of detailedBreakdowns ?? []) if (!knownParts.has(subtype)) throw strange(ref, item, subtype);
  }
  const sumOf = (type: string) => sum(entries.filter((entry) => entry.type === type).map(({ subtotal }) => subtotal));
  const sum = (list: readonly WireMoney[]) => sumMoney(list.map(toMoney), currency);
  const partsOf = (type: string) =>
    entries.filter((entry) => entry.type === type).flatMap((entry) => entry.detailedBreakdowns ?? []);
  /** The whole by charge. What is not told apart belongs to the goods. */
  const split = (type: 'TAX' | 'DISCOUNT', sign: (amount: Money) => Money): Record<Charge, Money> => {
    const parts = partsOf(type);
    const of = (charge: Charge) =>
      sign(sum(parts.filter(({ subtype }) => subtype === charge).map(({ value }) => value)));
    const [shipping, wrap, cash, other] = [of('SHIPPING'), of('GIFT_WRAP'), of('COD_FEE'), of('OTHER')];
    const rest = subtractMoney(sign(sumOf(type)), sumMoney([shipping, wrap, cash, other], currency));
    return { ITEM: rest, SHIPPING: shipping, GIFT_WRAP: wrap, COD_FEE: cash, OTHER: other };
  };
  const taxes = split('TAX', (amount) => amount);
  // The model does not say with which sign a discount comes, and it can only take off.
  const discounts = split('DISCOUNT', (amount) => (amount.amount.startsWith('-') ? negateMoney(amount) : amount));
  const chargeMoney = (charge: Charge): ChargeMoney => ({
    price: sumOf(charge),
    discount: discounts[charge],
    tax: taxes[charge],
  });
  return {
    charges: {
      ITEM: chargeMoney('ITEM'),
      SHIPPING: chargeMoney('SHIPPING'),
      GIFT_WRAP: chargeMoney('GIFT_WRAP'),
      COD_FEE: chargeMoney('COD_FEE'),
      OTHER: chargeMoney('OTHER'),
    },
    hasTax: entries.some(({ type }) => type === 'TAX'),
  };
}

/** Money of an item of which nothing is known, as zeros. */
export function noMoney(currency: string): ItemMoney {
  const nothing = { price: zeroMoney(currency), discount: zeroMoney(currency), tax: zeroMoney(currency) };
  return {
    charges: { ITEM: nothing, SHIPPING: nothing, GIFT_WRAP: nothing, COD_FEE: nothing, OTHER: nothing },
    hasTax: false,
  };
}

/** Money as we write it. */
export function toMoney({ amount, currencyCode }: WireMoney): Money {
  return money(amount, currencyCode);
}

const known: ReadonlySet<string> = new Set([...charges, 'TAX', 'DISCOUNT']);
/** A tax on a discount is told apart by its own word, and is part of the tax on the goods. */
const knownParts: ReadonlySet<string> = new Set([...charges, 'DISCOUNT']);

function strange(ref: Ref<'order'>, { orderItemId }: WireItem, word: string): CommerceError {
  return new CommerceError({
    code: 'money.invalid',
    system: ref.system,
    refs: [ref],
    message: `Order "${ref.id}" was not read: item "${orderItemId}" has an amount for "${word.slice(0, 40)}", which no known version of the API has. Find out what it is for; the connector has to learn it.`,
    details: { word: word.slice(0, 40) },
  });
}
