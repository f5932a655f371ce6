import type { WooOrder } from '../records.ts';
import { bodies, integerOf } from '../rest/body.ts';
import type { Site } from '../site.ts';
import { writeMeta } from '../store.ts';

/** Keeps on the order how far it is fulfilled, as the feature does. Compared with WooCommerce 10.5.0, 2026-11-26. */
export function markFulfilled(site: Site, order: WooOrder): void {
  const sent = new Map<number, number>();
  for (const { isFulfilled, meta } of order.fulfillments) {
    for (const item of bodies(isFulfilled ? meta.find(({ key }) => key === '_items')?.value : [])) {
      const id = integerOf(item['item_id']) ?? 0;
      sent.set(id, (sent.get(id) ?? 0) + (integerOf(item['qty']) ?? 0));
    }
  }
  const isAll = order.lines.every(({ id, quantity }) => (sent.get(id) ?? 0) >= quantity);
  const some = sent.size > 0 ? 'partially_fulfilled' : 'unfulfilled';
  const value = order.fulfillments.length === 0 ? 'no_fulfillments' : isAll ? 'fulfilled' : some;
  writeMeta(order.meta, [{ key: '_fulfillment_status', value }], () => site.store.nextId('orderMeta'));
}

/** The feature looks once whether an order that is paid needs nobody to ship it. Compared with WooCommerce 10.5.0, 2026-11-26. */
export function lookedAtForFulfillment(site: Site, order: WooOrder): void {
  if (!site.settings.fulfillments || order.meta.some(({ key }) => key === '_auto_fulfill_processed')) return;
  order.meta.push({ id: site.store.nextId('orderMeta'), key: '_auto_fulfill_processed', value: '1' });
}
