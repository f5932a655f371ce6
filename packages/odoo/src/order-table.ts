import type { OrderDraft } from '@crossdock/core';
import type { OrderPartners } from './addresses.ts';
import type { LoadTable } from './external-id.ts';
import type { OrderRoute } from './order-route.ts';
import type { LineDraft } from './line-draft.ts';
import { extraTaxData } from './tax-amounts.ts';
import { fromMoment } from './wire/value.ts';
import { asParagraph } from './note-html.ts';

/** What an order's table needs beside the draft. */
export interface OrderParts {
  readonly externalId: string;
  readonly origin: string;
  readonly partners: OrderPartners;
  readonly route: OrderRoute;
  readonly lines: readonly LineDraft[];
  readonly productIds: ReadonlyMap<string, number>;
  readonly shape: LineShape;
  /** The order's currency, where its lines state their taxes. */
  readonly currencyId?: number | undefined;
}

/** What lines look like in this Odoo. */
export interface LineShape {
  /** `tax_ids` from 19, `tax_id` before. Recorded, 2026-11-23. */
  readonly taxField: 'tax_ids' | 'tax_id';
  /** `is_delivery` comes with the module `delivery`. */
  readonly marksDelivery: boolean;
}

/**
 * An order as `load` takes it: the first row holds the order and its first line, every other row one more line. Discount
 * and taxes are given on every line, because Odoo fills what is left out from price list, product and fiscal position.
 */
export function orderTable(draft: OrderDraft, parts: OrderParts): LoadTable {
  const { externalId, partners, shape } = parts;
  const head: readonly (readonly [string, string])[] = [
    ['id', externalId],
    ['partner_id/.id', String(partners.customerId)],
    ['partner_invoice_id/.id', String(partners.invoiceId)],
    ['partner_shipping_id/.id', String(partners.shippingId)],
    ['origin', parts.origin],
    ...Object.entries(orderHead(draft, parts.route)).map(([field, value]) =>
      typeof value === 'number' ? ([`${field}/.id`, String(value)] as const) : ([field, value] as const),
    ),
  ];
  const isStated = parts.currencyId !== undefined && parts.lines.some(({ stated }) => stated);
  const columns = [
    'id',
    'product_id/.id',
    'name',
    'product_uom_qty',
    'price_unit',
    'discount',
    `${shape.taxField}/.id`,
    ...(shape.marksDelivery ? ['is_delivery'] : []),
    ...(isStated ? ['extra_tax_data'] : []),
  ].map((column) => `order_line/${column}`);
  const rows = parts.lines.map((line, index) => [
    ...head.map(([, cell]) => (index === 0 ? cell : '')),
    `${externalId}_${line.key}`,
    String(parts.productIds.get(line.sku) ?? ''),
    line.title,
    line.quantity,
    line.unitPrice,
    line.percentOff,
    line.taxes.join(','),
    ...(shape.marksDelivery ? [line.delivery ? '1' : '0'] : []),
    ...(isStated ? [line.stated ? JSON.stringify({ currency_id: parts.currencyId, ...extraTaxData(line) }) : ''] : []),
  ]);
  return { fields: [...head.map(([field]) => field), ...columns], rows };
}

/** What an order says beside its partners, its lines and its mark: texts, and the ids of records. */
export function orderHead(
  draft: Omit<OrderDraft, 'customer'>,
  route: OrderRoute,
): Readonly<Record<string, string | number>> {
  return {
    client_order_ref: draft.number,
    date_order: fromMoment(draft.placedAt),
    ...(draft.note ? { note: asParagraph(draft.note) } : {}),
    ...(route.warehouseId === undefined ? {} : { warehouse_id: route.warehouseId }),
    ...(route.pricelist === undefined ? {} : { pricelist_id: route.pricelist }),
    ...(route.team === undefined ? {} : { team_id: route.team }),
  };
}
