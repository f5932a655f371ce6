import type { Money, OrderDraft } from '@crossdock/core';
import { refused } from './connection.ts';
import type { OdooSettings } from './options.ts';

/** One line as it is to stand in Odoo. Amounts are decimal strings; `sku` names the product. */
export interface LineDraft {
  /** Unique within the order and always the same for the same line. */
  readonly key: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly percentOff: string;
  readonly taxes: readonly number[];
  readonly delivery: boolean;
  /** What the channel says of its taxes, where Odoo is to take that instead of reckoning them; `net` is the price without. */
  readonly stated?: {
    readonly taxes: readonly { readonly tax: number; readonly amount: string }[];
    readonly net?: string;
  };
}

/** A line with one unit of a service. */
export function service(
  key: string,
  sku: string,
  title: string,
  amount: Money,
  taxes: readonly number[],
  delivery: boolean,
): LineDraft {
  return { key, sku, title, quantity: '1', unitPrice: amount.amount, percentOff: '0', taxes, delivery };
}

/** The SKU in an option that this order needs. */
export function productFor(
  settings: OdooSettings,
  option: 'shippingProduct' | 'feeProduct' | 'discountProduct',
  draft: OrderDraft,
  what: string,
): string {
  const sku = settings[option];
  if (sku !== undefined) return sku;
  throw refused(settings, 'options.invalid', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": it has ${what}, and odoo({ ${option} }) names no product for it. Pass the SKU of a service product, then replay.`,
    refs: [draft.source],
  });
}
