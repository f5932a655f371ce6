import { checkpoint, checkTotals, onAccount, paymentGate, type Finding, type Order } from '@crossdock/core';
import { manualCodes } from '../till/special-codes.ts';
import { accountOf } from './order-drafts.ts';

/** What has to be true of an order before it may reach Odoo. Everything that is wrong is found in one go. */
export const orderChecks = checkpoint<Order>('order-may-be-sold', {
  'the-buyer-has-an-account': namesAccount,
  'the-address-can-be-shipped-to': hasAddress,
  'every-line-names-an-article': namesArticles,
  'every-line-has-a-price': hasPrices,
  'the-totals-add-up': (order) => checkTotals(order),
  'it-may-ship-on-account': mayShip,
});

function mayShip(order: Order): readonly Finding[] {
  const gate = paymentGate(order, onAccount);
  return gate.pass ? [] : [gate.finding];
}

function namesAccount(order: Order): readonly Finding[] {
  if (accountOf(order)) return [];
  return [
    {
      code: 'customer.missing',
      path: 'buyer.accountNumber',
      message: `Order "${order.number}" names no account: nobody could be invoiced for it. Ask the channel who bought, add the account, then replay.`,
    },
  ];
}

function hasAddress(order: Order): readonly Finding[] {
  const address = order.shippingAddress;
  if (address && address.lines.length > 0 && address.city) return [];
  return [
    {
      code: 'address.invalid',
      path: 'shippingAddress',
      message: `Order "${order.number}" has no complete address. Complete it in the shop, then replay.`,
    },
  ];
}

function namesArticles(order: Order): readonly Finding[] {
  return order.lines.flatMap((line, index): readonly Finding[] => {
    const manual = line.sku === undefined ? undefined : manualCodes[line.sku];
    if (line.sku !== undefined && manual === undefined) return [];
    const seen = manual ?? 'no stock code at all';
    return [
      {
        code: line.sku === 'BANK CHARGES' ? 'payment.failed' : 'sku.missing',
        path: `lines[${index}].sku`,
        message: `Order "${order.number}", line ${index + 1}, has "${line.sku ?? ''}" for a stock code: ${seen}. Say which article was meant, or take the line out, then replay.`,
      },
    ];
  });
}

function hasPrices(order: Order): readonly Finding[] {
  return order.lines.flatMap((line, index): readonly Finding[] => {
    if (Number(line.unitPrice.amount) > 0) return [];
    return [
      {
        code: 'price.missing',
        path: `lines[${index}].unitPrice`,
        message: `Order "${order.number}", line ${index + 1}, gives "${line.sku ?? ''}" away for nothing. Set its price or mark it as a sample, then replay.`,
      },
    ];
  });
}
