import {
  compareMoney,
  isZeroMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type FeeLine,
  type Order,
  type OrderLine,
  type PaymentStatus,
  type Ref,
  type ShippingLine,
  type TaxLine,
  type Money,
} from '@crossdock/core';
import { toAddress } from './address-record.ts';
import { moneyOf, priceOf, quantityText } from './amounts.ts';
import type { OdooSettings } from './options.ts';
import { orderStatusOf } from './statuses.ts';
import type { OrderLineWire, OrderWire, TaxWire } from './wire/order.ts';
import type { PartnerWire } from './wire/partner.ts';
import { lineGross, pricesHoldTax } from './line-prices.ts';
import { toMoment } from './wire/value.ts';

/** Everything that an order refers to. */
export interface OrderSurroundings {
  readonly ref: Ref<'order'>;
  readonly lines: readonly OrderLineWire[];
  /** Ids of the lines that are carriage. */
  readonly deliveryLines: ReadonlySet<number>;
  readonly products: ReadonlyMap<number, { readonly sku: string | null; readonly service: boolean }>;
  readonly taxes: ReadonlyMap<number, TaxWire>;
  readonly partners: ReadonlyMap<number, PartnerWire>;
  readonly countries: ReadonlyMap<number, string>;
  readonly paymentStatus: PaymentStatus;
}

/** An order of Odoo in canonical words. Raises `status.unmapped`, `money.invalid` and `tax.mismatch`. */
export function toOrder(order: OrderWire, around: OrderSurroundings, settings: OdooSettings): Order {
  const { ref, partners, countries } = around;
  const currency = order.currency_id.name;
  const wires = around.lines.filter(({ display_type }) => display_type === null);
  const taxesIncluded = pricesHoldTax(order, wires, currency);
  const taxesOf = (line: OrderLineWire) => toTaxes(line, around.taxes, currency);
  const lines: OrderLine[] = [];
  const shippingLines: ShippingLine[] = [];
  const feeLines: FeeLine[] = [];
  for (const line of wires) {
    const product = line.product_id === null ? undefined : around.products.get(line.product_id.id);
    const sku = product?.sku ?? undefined;
    const total = moneyOf(taxesIncluded ? line.price_total : line.price_subtotal, currency);
    const charge = { id: String(line.id), title: line.name ?? sku ?? '', price: total, taxes: taxesOf(line), total };
    const carriage = around.deliveryLines.has(line.id) || (sku !== undefined && sku === settings.shippingProduct);
    if (carriage) shippingLines.push({ ...charge, discounts: [] });
    else if (sku !== undefined && (sku === settings.feeProduct || sku === settings.channelTaxProduct))
      feeLines.push(charge);
    else lines.push(toLine(line, sku, product?.service ?? false, total, taxesOf(line), currency));
  }
  const customer = partners.get(order.partner_id.id);
  const billing = order.partner_invoice_id && partners.get(order.partner_invoice_id.id);
  const shipping = order.partner_shipping_id && partners.get(order.partner_shipping_id.id);
  const billingAddress = billing ? toAddress(billing, countries) : undefined;
  const shippingAddress = shipping ? toAddress(shipping, countries) : undefined;
  const updatedAt = toMoment(order.write_date);
  return {
    ref,
    number: order.name,
    status: orderStatusOf(order),
    paymentStatus: around.paymentStatus,
    wireStatus: wireStatusOf(order),
    ...(customer ? { buyer: toBuyer(ref.system, customer) } : {}),
    ...(billingAddress ? { billingAddress } : {}),
    ...(shippingAddress ? { shippingAddress } : {}),
    currency,
    taxesIncluded,
    lines,
    shippingLines,
    feeLines,
    discounts: [],
    totals: {
      goods: sumMoney(
        lines.map(({ total }) => total),
        currency,
      ),
      discount: sumMoney(
        lines.flatMap(({ discounts }) => discounts.map(({ amount }) => amount)),
        currency,
      ),
      shipping: sumMoney(
        shippingLines.map(({ total }) => total),
        currency,
      ),
      fees: sumMoney(
        feeLines.map(({ total }) => total),
        currency,
      ),
      tax: moneyOf(order.amount_tax, currency),
      total: moneyOf(order.amount_total, currency),
    },
    transactions: [],
    tags: [],
    ...attributesOf(order),
    placedAt: toMoment(order.date_order),
    updatedAt,
    ...(order.state === 'cancel' ? { canceledAt: updatedAt } : {}),
  };
}

/** The channel's number and the source as Odoo keeps them, under Odoo's own names: what `isOwnOrder` looks at. */
function attributesOf({ client_order_ref, origin }: OrderWire) {
  const attributes = { ...(client_order_ref ? { client_order_ref } : {}), ...(origin ? { origin } : {}) };
  return Object.keys(attributes).length === 0 ? {} : { attributes };
}

function toLine(
  line: OrderLineWire,
  sku: string | undefined,
  isService: boolean,
  total: Money,
  taxes: readonly TaxLine[],
  currency: string,
): OrderLine {
  const unitPrice = priceOf(line.price_unit, currency);
  const reduction = subtractMoney(lineGross(unitPrice, quantityText(line.product_uom_qty)), total);
  const reduced = line.discount !== 0 && compareMoney(reduction, zeroMoney(currency)) > 0;
  return {
    id: String(line.id),
    ...(sku === undefined ? {} : { sku }),
    title: line.name ?? sku ?? '',
    quantity: line.product_uom_qty,
    unitPrice,
    discounts: reduced ? [{ kind: 'manual', title: `${line.discount} %`, amount: reduction }] : [],
    taxes,
    total,
    requiresShipping: !isService,
  };
}

/** Odoo states one sum of tax a line. With several taxes on it, their names stand together. */
function toTaxes(line: OrderLineWire, taxes: ReadonlyMap<number, TaxWire>, currency: string): readonly TaxLine[] {
  const own = line.tax_ids.flatMap((id) => taxes.get(id) ?? []);
  const amount = moneyOf(line.price_tax, currency);
  if (own.length === 0) return isZeroMoney(amount) ? [] : [{ title: 'Tax', amount, owedBy: 'seller' }];
  const [first] = own;
  const title = own.map(({ name }) => name).join(' + ');
  const rate = own.length === 1 && first?.amount_type === 'percent' ? fractionOf(first.amount) : undefined;
  return [{ title, ...(rate === undefined ? {} : { rate }), amount, owedBy: 'seller' }];
}

/** 8.875 per cent as the fraction "0.08875". */
function fractionOf(percent: number): string {
  const text = (percent / 100).toFixed(8).replace(/0+$/, '');
  return text.endsWith('.') ? text.slice(0, -1) : text;
}

function toBuyer(system: string, partner: PartnerWire) {
  return {
    ref: { system, kind: 'customer' as const, id: String(partner.id) },
    ...(partner.name ? { name: partner.name } : {}),
    ...(partner.company_name ? { company: partner.company_name } : {}),
    ...(partner.email ? { email: partner.email } : {}),
    ...(partner.phone ? { phone: partner.phone } : {}),
    ...(partner.ref ? { accountNumber: partner.ref } : {}),
    ...(partner.vat ? { taxId: partner.vat } : {}),
  };
}

function wireStatusOf(order: OrderWire): Readonly<Record<string, string>> {
  return {
    state: order.state,
    locked: String(order.locked),
    ...(order.delivery_status === null ? {} : { delivery_status: order.delivery_status }),
    ...(order.invoice_status === null ? {} : { invoice_status: order.invoice_status }),
  };
}
