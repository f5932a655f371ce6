import { isZeroMoney, type OrderDraft, type OrderLine } from '@crossdock/core';
import { netOfCharge } from './order-draft-net.ts';
import { fromParties } from './order-draft-parties.ts';
import { refusal, type Creating } from './order-draft-refusal.ts';
import { createdVia, markMeta, type OrderMark } from './order-mark.ts';
import { purchaseNumberKey } from './order-tags.ts';
import type { WireProduct } from './wire/product.ts';

/** A line that is to be sold, with the product that it is in the shop. */
export interface SoldLine {
  readonly line: OrderLine;
  readonly product: WireProduct;
}

/**
 * The lines with their products. A SKU that the shop does not know would become an empty line of 0.00, and the parent of
 * variations would be taken as if it were goods. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function soldLines(about: Creating, products: ReadonlyMap<string, readonly WireProduct[]>): readonly SoldLine[] {
  return about.draft.lines.flatMap((line): SoldLine[] => {
    const { sku = '', quantity } = line;
    if (quantity === 0) return [];
    const [product, other] = products.get(sku) ?? [];
    if (!product) {
      const next = 'Create the product or correct its SKU, then replay.';
      throw refusal(about, 'sku.unknown', `no product or variation there has the SKU "${sku}"`, next);
    }
    if (other) {
      const seen = `products "${product.id}" and "${other.id}" there both have the SKU "${sku}"`;
      throw refusal(about, 'record.duplicate', seen, 'Give one of them another SKU, then replay.');
    }
    if (parents.has(product.type)) {
      const seen = `"${sku}" is there the SKU of a product that is sold as its variations only`;
      throw refusal(about, 'record.rejected', seen, 'Give the SKU to the variation that is meant, then replay.');
    }
    return [{ line, product }];
  });
}

const parents: ReadonlySet<string> = new Set(['variable', 'variable-subscription', 'grouped']);

/** Every SKU that a draft sells. */
export function skusOf({ lines }: OrderDraft): readonly string[] {
  return lines.flatMap(({ sku, quantity }) => (sku === undefined || quantity === 0 ? [] : [sku]));
}

export interface DraftSettings {
  readonly accountNumberMeta: string | undefined;
}

/**
 * A draft as WooCommerce takes an order. `pending`, so that no goods are taken off the stock, nothing is mailed and nobody
 * ships before its amounts were compared. Without tax: WooCommerce throws sent taxes away and reckons its own.
 */
export function fromDraft(
  draft: OrderDraft,
  sold: readonly SoldLine[],
  mark: OrderMark,
  { accountNumberMeta }: DraftSettings,
): object {
  const { taxesIncluded, customer, note } = draft;
  const gateway = draft.transactions.find(({ kind, status }) => status === 'succeeded' && tookMoney.has(kind))?.gateway;
  return {
    status: 'pending',
    currency: draft.currency,
    customer_id: Number(customer.id),
    created_via: createdVia,
    transaction_id: mark.reference,
    ...(gateway !== undefined && {
      payment_method: gateway.slice(0, 100),
      payment_method_title: gateway.slice(0, 100),
    }),
    ...(note !== undefined && { customer_note: note }),
    ...fromParties(draft),
    line_items: sold.map(({ line, product }) => {
      const { total, subtotal } = netOfCharge(line, taxesIncluded);
      return {
        ...(product.parent_id > 0
          ? { product_id: product.parent_id, variation_id: product.id }
          : { product_id: product.id }),
        quantity: line.quantity,
        subtotal: subtotal.amount,
        total: total.amount,
        meta_data: shownMeta(line.attributes),
      };
    }),
    shipping_lines: draft.shippingLines.map((line) => ({
      method_id: line.service ?? 'flat_rate',
      method_title: line.title,
      total: netOfCharge(line, taxesIncluded).total.amount,
    })),
    fee_lines: draft.feeLines.map((line) => ({
      name: line.title,
      total: netOfCharge(line, taxesIncluded).total.amount,
      tax_status: line.taxes.every(({ amount }) => isZeroMoney(amount)) ? 'none' : 'taxable',
    })),
    meta_data: [
      markMeta(mark, false),
      { key: 'crossdock_source', value: `${draft.source.system} ${draft.number}` },
      ...optionalMeta('crossdock_placed_at', draft.placedAt),
      ...optionalMeta(purchaseNumberKey, draft.purchaseNumber),
      ...(accountNumberMeta === undefined ? [] : optionalMeta(accountNumberMeta, draft.buyer?.accountNumber)),
      ...shownMeta(draft.attributes),
    ],
  };
}

const tookMoney: ReadonlySet<string> = new Set(['sale', 'capture', 'authorization']);

function optionalMeta(key: string, value: string | undefined): readonly object[] {
  return value === undefined || value === '' ? [] : [{ key, value }];
}

/** Names that begin with "_" are WooCommerce's own: `_billing_email` would change the address. recorded on 10.5.0, 2026-11-26 */
function shownMeta(attributes: Readonly<Record<string, string>> = {}): readonly object[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    key === '' || key.startsWith('_') ? [] : [{ key, value }],
  );
}
