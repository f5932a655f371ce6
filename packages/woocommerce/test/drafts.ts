import { addMoney, money, multiplyMoney, roundMoney, sumMoney, type OrderDraft, type OrderLine } from '@crossdock/core';
import { anOrderDraft } from '@crossdock/testing';
import { email } from './shop.ts';

export const euros = (amount: string) => money(amount, 'EUR');

const vat = (net: string) => [
  { title: 'MwSt', rate: '0.19', amount: roundMoney(multiplyMoney(euros(net), '0.19')), owedBy: 'seller' as const },
];

const home = { name: 'Jane Roe', lines: ['Elmstr. 12'], city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

/** A line of the draft: so many of a SKU at a price without tax, which is 19 % of what they come to. */
export function aDraftLine(sku: string, quantity: number, price: string, change: Partial<OrderLine> = {}): OrderLine {
  const total = multiplyMoney(euros(price), quantity);
  return {
    id: `line-${sku}`,
    sku,
    title: sku,
    quantity,
    unitPrice: euros(price),
    discounts: [],
    taxes: vat(total.amount),
    total,
    requiresShipping: true,
    ...change,
  };
}

/** A paid order of another channel for a guest of the shop, with sums that are right, and `change` on top. */
export function aDraft(number: number, change: Partial<OrderDraft> = {}): OrderDraft {
  const lines = change.lines ?? [aDraftLine('TEE', number, '10.00')];
  const shippingLines = change.shippingLines ?? [
    { id: 's-1', title: 'Standard', price: euros('4.90'), discounts: [], taxes: vat('4.90'), total: euros('4.90') },
  ];
  const feeLines = change.feeLines ?? [];
  const sum = (list: readonly { readonly total: ReturnType<typeof euros> }[]) =>
    sumMoney(
      list.map(({ total }) => total),
      'EUR',
    );
  const taxes = [...lines, ...shippingLines, ...feeLines].flatMap((charge) => charge.taxes);
  const tax = sumMoney(
    taxes.map(({ amount }) => amount),
    'EUR',
  );
  const discounts = [...lines, ...shippingLines].flatMap((charge) => charge.discounts);
  const [goods, shipping, fees] = [sum(lines), sum(shippingLines), sum(feeLines)];
  const net = [goods, shipping, fees].reduce((one, other) => addMoney(one, other));
  const total = change.taxesIncluded === true ? net : addMoney(net, tax);
  const discount = sumMoney(
    discounts.map(({ amount }) => amount),
    'EUR',
  );
  return anOrderDraft({
    source: { system: 'channel', kind: 'order', id: `order/${number}` },
    number: `#${number}`,
    customer: { system: 'woocommerce', kind: 'customer', id: '0' },
    buyer: { name: 'Jane Roe', email },
    billingAddress: home,
    shippingAddress: home,
    currency: 'EUR',
    taxesIncluded: false,
    transactions: [
      {
        id: 't-1',
        kind: 'sale',
        status: 'succeeded',
        gateway: 'card',
        amount: total,
        processedAt: '2026-11-01T09:00:00Z',
      },
    ],
    ...change,
    lines,
    shippingLines,
    feeLines,
    discounts,
    totals: { goods, discount, shipping, fees, tax, total, ...change.totals },
  });
}
