import { currentQuantity } from '../order-sums.ts';
import type { LineRecord, OrderRecord, RefundRecord, ReturnLineRecord, ReturnRecord } from '../records.ts';
import { refund, refundTold, type RefundDraft } from './refund.ts';
import { changed, dispose, type DispositionDraft } from './returns.ts';
import type { Happening, Shop } from './shop.ts';

/** What of a return is confirmed. */
export type Processing = {
  readonly lines: readonly { readonly line: ReturnLineRecord; readonly quantity: number }[];
  readonly dispositions: readonly DispositionDraft[];
  readonly note?: string | undefined;
} & Pick<RefundDraft, 'shipping' | 'shippingTheirs' | 'duties' | 'payments'>;

/**
 * Confirms what came back. The units leave the order by a refund, which moves money only where that was asked for: a
 * refund is told of "independent from the movement of money". shopify.dev, webhooks, read 2026-11-26.
 */
export function processReturn(
  shop: Shop,
  order: OrderRecord,
  record: ReturnRecord,
  { lines, dispositions, note, ...money }: Processing,
): RefundRecord | undefined {
  const disposed = dispose(shop, order, dispositions);
  const isPaid = money.payments.length > 0;
  // Units that a refund took off the order before are only confirmed: they cannot leave it twice.
  const taken = new Map<LineRecord, number>();
  const made = refund(shop, order, {
    ...money,
    note,
    lines: lines.flatMap(({ line, quantity }) => {
      const ordered = order.lines.find(({ id }) => id === line.lineId);
      if (!ordered) throw new Error(`The fake shop has lost a line of order "${order.name}".`);
      const own = dispositions.filter((each) => each.line.returnLineId === line.id && each.type === 'RESTOCKED');
      const before = taken.get(ordered) ?? 0;
      const units = Math.min(quantity, currentQuantity(ordered) - before);
      taken.set(ordered, before + units);
      if (units <= 0) return [];
      const restockType = own.length > 0 ? ('RETURN' as const) : ('NO_RESTOCK' as const);
      return [{ line: ordered, quantity: units, restockType, locationId: own[0]?.locationId }];
    }),
    returnId: record.id,
    moves: false,
  });
  for (const { line, quantity } of lines) {
    line.processed += quantity;
    if (isPaid) line.refunded += quantity;
  }
  const told: readonly Happening[] = [...refundTold(order, made).slice(0, -1), { topic: 'returns/process', record }];
  changed(shop, record, [...disposed, ...told]);
  return made;
}
