import { checkTotals, decimalSchema, totalsError } from '@crossdock/core';
import { refusal, type Creating } from './order-draft-refusal.ts';

/**
 * Refuses before anything is sent what WooCommerce would take and make something else of: "12,50" becomes 1250.00 there,
 * and half a unit a whole one. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function checkDraft(about: Creating): void {
  const { draft, system } = about;
  if (draft.test) {
    const seen = 'somebody made it to try its channel, and no money moved';
    throw refusal(about, 'payment.test', seen, 'Dismiss it; where this shop is for trying, too, leave `test` out.');
  }
  if (draft.amounts === 'not-stated') {
    const seen = 'its channel does not state its amounts, and every zero in it means "not known"';
    throw refusal(about, 'money.invalid', seen, 'Wait until the channel states them, then read the order again.');
  }
  for (const [path, amount] of amountsOf(about)) {
    if (decimalSchema.safeParse(amount).success) continue;
    const seen = `"${path}" is "${String(amount).slice(0, 20)}", and no decimal such as "12.50"`;
    throw refusal(about, 'money.invalid', seen, 'Correct it at its source, then replay.');
  }
  // Taxes are not reckoned from their rates here: the shop does that, and is compared with them afterwards.
  const { presentment: _buyers, ...ours } = draft;
  const wrong = totalsError(ours, checkTotals(ours, { rates: 'ignore' }));
  if (wrong) throw refusal(about, wrong.code, 'its own sums do not add up', wrong.message, { cause: wrong });
  for (const [index, { quantity, sku }] of draft.lines.entries()) {
    if (!Number.isSafeInteger(quantity) || quantity < 0) {
      const seen = `"lines[${index}]" is of ${quantity} units, and WooCommerce has whole ones`;
      throw refusal(about, 'record.rejected', seen, 'Sell it by the piece there, then replay.');
    }
    if (sku === undefined && quantity > 0) {
      const seen = `"lines[${index}]" has no SKU`;
      throw refusal(about, 'sku.missing', seen, 'Give its product one in the channel, then replay.');
    }
  }
  if (draft.lines.every(({ quantity }) => quantity === 0)) {
    throw refusal(about, 'record.rejected', 'it has no line with a unit in it', 'Dismiss it, or correct its lines.');
  }
  if (draft.customer.system !== system || !/^\d{1,15}$/.test(draft.customer.id)) {
    const seen = `its customer "${draft.customer.id}" is none of "${system}"`;
    throw refusal(about, 'customer.missing', seen, 'Link the buyer to a customer there; "0" is a guest.');
  }
}

function* amountsOf({ draft }: Creating): Iterable<readonly [string, unknown]> {
  for (const [name, { amount }] of Object.entries(draft.totals)) yield [`totals.${name}`, amount];
  for (const [index, line] of draft.lines.entries()) yield* ofCharge(`lines[${index}]`, line, line.unitPrice);
  for (const [index, line] of draft.shippingLines.entries())
    yield* ofCharge(`shippingLines[${index}]`, line, line.price);
  for (const [index, line] of draft.feeLines.entries()) yield* ofCharge(`feeLines[${index}]`, line, line.price);
}

interface Charge {
  readonly total: { readonly amount: unknown };
  readonly taxes: readonly { readonly amount: { readonly amount: unknown } }[];
  readonly discounts?: readonly { readonly amount: { readonly amount: unknown } }[];
}

function* ofCharge(
  path: string,
  { total, taxes, discounts = [] }: Charge,
  price: { readonly amount: unknown },
): Iterable<readonly [string, unknown]> {
  yield [`${path}.total`, total.amount];
  yield [`${path}.price`, price.amount];
  for (const { amount } of taxes) yield [`${path}.taxes`, amount.amount];
  for (const { amount } of discounts) yield [`${path}.discounts`, amount.amount];
}
