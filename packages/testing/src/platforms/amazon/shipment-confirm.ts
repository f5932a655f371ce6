import * as z from 'zod';
import { badInput } from './api-error.ts';
import { jsonOf, type Call } from './call.ts';
import type { Notices } from './notices.ts';
import { isCancelled, itemShipped } from './order-status.ts';
import type { AmazonOrderRecord, AmazonPackageRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

// Amazon's model of Orders v0 of 2026-08-05, read 2026-11-23.
const bodySchema = z.object({
  marketplaceId: z.string(),
  codCollectionMethod: z.literal('DirectPayment').optional(),
  packageDetail: z.object({
    packageReferenceId: z.string().regex(/^0*[1-9]\d*$/),
    carrierCode: z.string().min(1),
    carrierName: z.string().optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: z.string().min(1),
    shipDate: z.iso.datetime({ offset: true }),
    shipFromSupplySourceId: z.string().optional(),
    orderItems: z
      .array(
        z.object({
          orderItemId: z.string(),
          quantity: z.int().min(1),
          transparencyCodes: z.array(z.string()).optional(),
        }),
      )
      .min(1),
  }),
});

/**
 * Confirms a package. The same reference edits it, a new one is one more package: so a repeated call is harmless when
 * it carries the reference it had before, and ships twice when it carries another.
 */
export function confirmed(store: AmazonStore, notices: Notices, order: AmazonOrderRecord, call: Call): Response {
  const body = bodySchema.safeParse(jsonOf(call));
  if (!body.success) return badInput('ordersV0');
  const { marketplaceId, packageDetail: detail } = body.data;
  const wrong = whatIsWrong(order, marketplaceId, detail);
  if (wrong !== undefined) return badInput('ordersV0', wrong);
  const now = store.clock.now();
  const before = order.packages.get(detail.packageReferenceId);
  const parcel: AmazonPackageRecord = {
    reference: detail.packageReferenceId,
    createdAt: before?.createdAt ?? now,
    carrier: detail.carrierCode,
    carrierName: detail.carrierName,
    service: detail.shippingMethod,
    trackingNumber: detail.trackingNumber,
    shippedAt: Date.parse(detail.shipDate),
    status: before?.status ?? 'SHIPPED',
    items: detail.orderItems.map(({ orderItemId, quantity, transparencyCodes }) => ({
      itemId: orderItemId,
      quantity,
      transparencyCodes,
    })),
  };
  // What says nothing new changes nothing. Our assumption.
  if (!before || JSON.stringify(before) !== JSON.stringify(parcel)) {
    order.packages.set(parcel.reference, parcel);
    order.updatedAt = now;
    notices.orderChanged(order, 'OrderStatusChange', 'Shipment confirmed');
  }
  return new Response(null, { status: 204 });
}

type Detail = z.infer<typeof bodySchema>['packageDetail'];

/** Refusals for orders of Amazon's own warehouse and of Ship+ are documented; the others are our assumption. */
function whatIsWrong(order: AmazonOrderRecord, marketplaceId: string, detail: Detail): string | undefined {
  if (order.marketplaceId !== marketplaceId) return 'The order was not placed in this marketplace.';
  if (order.fulfilledBy === 'AMAZON') return 'The order is fulfilled by Amazon.';
  if (order.programs.includes('FBM_SHIP_PLUS')) return 'The order is shipped with Ship+.';
  if (isCancelled(order)) return 'The order is cancelled.';
  if (order.isPending) return 'The order is pending.';
  if (detail.carrierCode === 'Other' && detail.carrierName === undefined) return 'carrierName is required.';
  const inPackage = new Map<string, number>();
  for (const { orderItemId, quantity } of detail.orderItems) {
    inPackage.set(orderItemId, (inPackage.get(orderItemId) ?? 0) + quantity);
  }
  const edited = order.packages.get(detail.packageReferenceId);
  for (const [itemId, quantity] of inPackage) {
    const item = order.items.find(({ id }) => id === itemId);
    if (!item) return `The order has no item ${itemId}.`;
    const already = (edited?.items ?? [])
      .filter((line) => line.itemId === itemId)
      .reduce((sum, line) => sum + line.quantity, 0);
    const elsewhere = itemShipped(order, item) - already;
    if (elsewhere + quantity > item.quantity - item.cancelled)
      return `The quantity of item ${itemId} is more than is open.`;
  }
  return undefined;
}
