import { text } from './order-parties.ts';
import type { WireItem, WireOrder } from './wire/order.ts';

/** What else Amazon says of an order, by the name it gives it. */
export function attributesOf(wire: WireOrder): Record<string, string> | undefined {
  const { fulfillment, salesChannel, programs, buyer, associatedOrders, orderAliases, orderItems } = wire;
  const entries: [string, string | undefined][] = [
    ['buyerPurchaseOrderNumber', text(buyer?.buyerPurchaseOrderNumber)],
    ['sellerOrderId', text(orderAliases?.find(({ aliasType }) => aliasType === 'SELLER_ORDER_ID')?.aliasId)],
    ['fulfilledBy', text(fulfillment?.fulfilledBy)],
    ['salesChannel', text(salesChannel.marketplaceName) ?? salesChannel.channelName],
    ['marketplaceId', text(salesChannel.marketplaceId)],
    ['programs', text(programs?.join(', '))],
    ['shipBy', text(fulfillment?.shipByWindow?.latestDateTime)],
    ['replaces', text(associatedOrders?.flatMap(({ orderId }) => orderId ?? []).join(', '))],
    // The buyer's wish, which changes nothing before the seller has done it.
    ['cancellationRequested', text(orderItems.flatMap(requestOf).join('; '))],
    ['cancellationExecuted', text(orderItems.flatMap(executionOf).join('; '))],
  ];
  const known = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function requestOf({ orderItemId, cancellation }: WireItem): readonly string[] {
  const request = cancellation?.cancellationRequest;
  return request ? [inWords(orderItemId, request.requester, request.cancelReason)] : [];
}

function executionOf({ orderItemId, cancellation }: WireItem): readonly string[] {
  const execution = cancellation?.cancellationExecution;
  return execution ? [inWords(orderItemId, execution.cancelledBy, execution.cancelReason)] : [];
}

function inWords(item: string, who: string | null | undefined, reason: string | null | undefined): string {
  return [item, text(who) ?? 'somebody', text(reason)].filter((part) => part !== undefined).join(' ');
}
