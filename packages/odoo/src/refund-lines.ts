import {
  addMoney,
  compareMoney,
  isZeroMoney,
  money,
  multiplyMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type RefundDraft,
} from '@crossdock/core';
import { exactUnitPrice, moneyOf, quantityText } from './amounts.ts';
import type { InvoiceLineWire } from './wire/account.ts';

/** One line of a credit note: what of which line of the invoice. Amounts are decimal strings. */
export interface CreditLine {
  readonly of: InvoiceLineWire;
  readonly title: string;
  readonly quantity: string;
  readonly unitPrice: string;
  /** Whether the goods of the order line count as not billed again. Money alone takes no goods back. */
  readonly goods: boolean;
}

/** A sum to give back, with and without its tax. */
interface Share {
  readonly of: InvoiceLineWire;
  readonly quantity: number;
  readonly net: Money;
  readonly gross: Money;
}

/**
 * The lines of a credit note for a draft, or `undefined` when the draft's own amounts do not add up to its total. Some
 * channels state an amount with its tax and some without: whichever adds up is meant. `holdsTax` says whether the prices
 * of an invoice line hold their tax.
 */
export function creditLines(
  draft: RefundDraft,
  billed: { readonly goods: ReadonlyMap<string, InvoiceLineWire>; readonly carriage: InvoiceLineWire | undefined },
  holdsTax: (line: InvoiceLineWire) => boolean,
): readonly CreditLine[] | undefined {
  const shares = sharesOf(draft, billed);
  return shares?.flatMap((share) => linesOf(share, holdsTax(share.of), draft.total.currency));
}

function sharesOf(
  draft: RefundDraft,
  { goods, carriage }: Parameters<typeof creditLines>[1],
): readonly Share[] | undefined {
  const { currency } = draft.total;
  const shipping = draft.shipping ?? zeroMoney(currency);
  const rest = (gross: readonly Money[]) =>
    subtractMoney(subtractMoney(draft.total, sumMoney(gross, currency)), shipping);
  const withTax = draft.lines.map(({ amount, tax }) => addMoney(amount, tax));
  const over = rest(withTax);
  const alsoTax = !isZeroMoney(over) && isZeroMoney(rest(draft.lines.map(({ amount }) => amount)));
  const shares = draft.lines.flatMap((line): Share[] => {
    const of = goods.get(line.orderLineId);
    if (of === undefined || (isZeroMoney(line.amount) && line.quantity === 0)) return [];
    const { amount, tax, quantity } = line;
    return alsoTax
      ? [{ of, quantity, net: subtractMoney(amount, tax), gross: amount }]
      : [{ of, quantity, net: amount, gross: addMoney(amount, tax) }];
  });
  if (isZeroMoney(shipping)) return alsoTax || isZeroMoney(over) ? shares : undefined;
  if (carriage === undefined) return undefined;
  if (alsoTax || isZeroMoney(over)) return [...shares, carriageWithTax(carriage, shipping)];
  // The channel states carriage without its tax, and its total with it.
  if (compareMoney(over, zeroMoney(currency)) < 0 || compareMoney(over, shipping) > 0) return undefined;
  return [...shares, { of: carriage, quantity: 0, net: shipping, gross: addMoney(shipping, over) }];
}

/** Carriage is given as one sum: what of it is tax follows the invoice's own line. */
function carriageWithTax(of: InvoiceLineWire, gross: Money): Share {
  const whole = of.price_total;
  const net = whole === 0 ? gross : moneyOf((Number(gross.amount) * of.price_subtotal) / whole, gross.currency);
  return { of, quantity: 0, net: of.price_total === of.price_subtotal ? gross : net, gross };
}

/** One line where a unit price makes the sum exactly, else a second one for the cents that are left. */
function linesOf({ of, quantity, net, gross }: Share, holdsTax: boolean, currency: string): readonly CreditLine[] {
  const sum = holdsTax ? gross : net;
  const title = of.name ?? '';
  if (quantity === 0) return [{ of, title, quantity: '1', unitPrice: sum.amount, goods: false }];
  const count = quantityText(quantity);
  const exact = exactUnitPrice(sum, count);
  if (exact !== undefined) return [{ of, title, quantity: count, unitPrice: exact, goods: true }];
  const near = moneyOf(Number(sum.amount) / quantity, currency);
  const left = subtractMoney(sum, money(multiplyMoney(near, count).amount, currency));
  return [
    { of, title, quantity: count, unitPrice: near.amount, goods: true },
    { of, title, quantity: '1', unitPrice: left.amount, goods: false },
  ];
}
