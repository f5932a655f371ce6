import type { FulfillmentOrder } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrdersById, fulfillmentOrderUnits } from './documents/fulfillment-orders.ts';
import { fulfillmentRef, toFulfillmentOrder } from './fulfillment-record.ts';
import { recordReader, type ReadCall, type RecordReader } from './records-by-id.ts';
import {
  wireFulfillmentOrderSchema,
  type WireFulfillmentOrder,
  type WireFulfillmentOrderUnits,
} from './wire/fulfillment-order.ts';

/** Fulfillment orders in one call: the points would allow more, the size of the answer would not. */
const perCall = 50;

export function fulfillmentReader(client: ShopifyClient, system: string): RecordReader<FulfillmentOrder> {
  /** One that changes between its pages comes again, because its moment moves with it. */
  async function unitsOf(wire: WireFulfillmentOrder, call: ReadCall): Promise<readonly WireFulfillmentOrderUnits[]> {
    const units = [...wire.lineItems.nodes];
    let { pageInfo } = wire.lineItems;
    while (pageInfo.hasNextPage) {
      const variables = { id: wire.id, after: pageInfo.endCursor };
      const { fulfillmentOrder } = await client.run(fulfillmentOrderUnits, { ...call, safety: 'read', variables });
      if (!fulfillmentOrder) return units;
      units.push(...fulfillmentOrder.page.nodes);
      ({ pageInfo } = fulfillmentOrder.page);
    }
    return units;
  }

  return recordReader({
    refOf: (id) => fulfillmentRef(system, id),
    perCall,
    wire: wireFulfillmentOrderSchema,
    async nodesOf(ids, call) {
      const { nodes } = await client.run(fulfillmentOrdersById, { ...call, safety: 'read', variables: { ids } });
      return nodes;
    },
    understand: async (wire, call) => toFulfillmentOrder(wire, await unitsOf(wire, call), system),
  });
}
