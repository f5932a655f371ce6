import {
  addMoney,
  money,
  multiplyMoney,
  sumMoney,
  type Discount,
  type OrderDraft,
  type OrderLine,
  type Shipment,
  type TaxLine,
} from '@crossdock/core';

export const eur = (amount: string) => money(amount, 'EUR');

/** A line of goods; `total` is quantity times price unless it is given. */
export function aLine(
  change: Partial<Omit<OrderLine, 'unitPrice' | 'total' | 'sku'>> & {
    readonly sku?: string | null;
    readonly price?: string;
    readonly total?: string;
  } = {},
): OrderLine {
  const { price = '10.00', total, sku = 'SKU-0001', ...rest } = change;
  const quantity = rest.quantity ?? 1;
  return {
    id: 'line-1',
    ...(sku === null ? {} : { sku }),
    title: 'Widget 1',
    quantity,
    discounts: [],
    taxes: [],
    requiresShipping: true,
    ...rest,
    unitPrice: eur(price),
    total: eur(total ?? multiplyMoney(eur(price), String(quantity)).amount),
  };
}

export function aTax(rate: string, amount: string, change: Partial<TaxLine> = {}): TaxLine {
  return { title: 'VAT', rate, amount: eur(amount), owedBy: 'seller', ...change };
}

export function aDiscount(amount: string): Discount {
  return { kind: 'code', title: 'Welcome', code: 'WELCOME', amount: eur(amount) };
}

/** A draft whose totals are the sums of its parts unless they are given. */
export function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  const { lines = [aLine()], shippingLines = [], feeLines = [], taxesIncluded = false } = change;
  const sum = (parts: readonly { readonly total: ReturnType<typeof eur> }[]) =>
    sumMoney(
      parts.map(({ total }) => total),
      'EUR',
    );
  const taxes = [...lines, ...shippingLines, ...feeLines].flatMap((part) => part.taxes.map(({ amount }) => amount));
  const tax = sumMoney(taxes, 'EUR');
  const goods = sum(lines);
  const shipping = sum(shippingLines);
  const fees = sum(feeLines);
  const net = [goods, shipping, fees].reduce((one, other) => addMoney(one, other));
  return {
    number: '#1042',
    paymentStatus: 'paid',
    currency: 'EUR',
    taxesIncluded,
    lines,
    shippingLines,
    feeLines,
    discounts: [],
    totals: { goods, discount: eur('0'), shipping, fees, tax, total: taxesIncluded ? net : addMoney(net, tax) },
    transactions: [],
    tags: [],
    placedAt: '2026-11-20T09:15:00Z',
    source: { system: 'shop', kind: 'order', id: 'gid://shopify/Order/5001' },
    customer: { system: 'odoo', kind: 'customer', id: '7' },
    ...change,
  };
}

type Line = Shipment['parcels'][number]['lines'][number];

export function aShipment(lines: readonly Line[], change: Partial<Shipment> = {}): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id: 'S-1' },
    number: 'S-1',
    status: 'handed-over',
    wireStatus: 'shipped',
    parcels: [{ id: 'p1', carrier: 'UPS', trackingNumber: '1Z999', lines }],
    updatedAt: '2026-11-20T12:00:00Z',
    ...change,
  };
}
