/** One amount of an item, in pounds. */
export function entry(type: string, amount: string) {
  return { type, subtotal: { amount, currencyCode: 'GBP' } };
}

/** An item as the API sends it: two for ten pounds each. */
export function anItem(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    orderItemId: '1',
    quantityOrdered: 2,
    product: { asin: 'B000000001', title: 'Tee', sellerSku: 'TEE' },
    proceeds: { breakdowns: [entry('ITEM', '20.00')] },
    fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 2 },
    ...changes,
  };
}

/** An order as the API sends it, with one item. */
export function anOrder(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    orderId: '202-1234567-1234567',
    createdTime: '2026-11-01T10:00:00Z',
    lastUpdatedTime: '2026-11-01T11:00:00Z',
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'A1F83G8C2ARO7P', marketplaceName: 'Amazon.co.uk' },
    proceeds: { grandTotal: { amount: '20.00', currencyCode: 'GBP' } },
    fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
    orderItems: [anItem()],
    ...changes,
  };
}
