import type { WooOrder } from '../records.ts';
import type { Site } from '../site.ts';
import { lookedAtForFulfillment } from './fulfillment.ts';
import { addNote } from './notes.ts';
import { refundRest } from './refund.ts';
import { countSales, reduceAgain, reduceStock, restoreStock } from './stock.ts';

/** Statuses that core has, with the names that notes call them by. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export const statusNames: Readonly<Record<string, string>> = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  'checkout-draft': 'Draft',
};

const paidStatuses = new Set(['processing', 'completed']);
const takesStock = new Set(['processing', 'completed', 'on-hold']);
const givesStockBack = new Set(['cancelled', 'pending']);

/**
 * Moves an order to a status. Any status follows any other. Stock is taken once, and given back by a cancellation;
 * `refunded` makes a refund of all that is left. Recorded on WooCommerce 10.0.2, 2026-11-23.
 *
 * `stockSeen` is the flag as the writer read it: two that overlap both find the stock untouched.
 */
export function changeStatus(site: Site, order: WooOrder, to: string, stockSeen = order.stockReduced): void {
  const from = order.status;
  if (from === to && stockSeen === order.stockReduced) return;
  order.status = to;
  if (paidStatuses.has(to)) order.paidAt ??= site.now();
  if (to === 'processing') lookedAtForFulfillment(site, order);
  if (to === 'completed' && from !== to) order.completedAt = site.now();
  if (takesStock.has(to)) countSales(site, order, true);
  if (to === 'cancelled') countSales(site, order, false);
  if (takesStock.has(to) && !stockSeen) {
    if (order.stockReduced) reduceAgain(site, order);
    else reduceStock(site, order);
  }
  if (givesStockBack.has(to) && order.stockReduced) restoreStock(site, order);
  if (from !== to) {
    addNote(site, order, `Order status changed from ${nameOf(from)} to ${nameOf(to)}.`);
    site.fire(`woocommerce_order_status_${to}`, order.id);
  }
  if (to === 'refunded') refundRest(site, order);
}

function nameOf(status: string): string {
  return statusNames[status] ?? status;
}
