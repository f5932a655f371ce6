import type { FulfillmentOrder } from '@crossdock/core';
import { restOfPages } from './all-pages.ts';
import type { ShopifyClient } from './client.ts';
import { fulfillmentOrdersById, fulfillmentOrderUnits, fulfillmentVersions } from './documents/fulfillment-orders.ts';
import { toFulfillmentOrder } from './fulfillment-record.ts';
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
  function unitsOf(wire: WireFulfillmentOrder, call: ReadCall): Promise<readonly WireFulfillmentOrderUnits[]> {
    return restOfPages(wire.lineItems, async (after) => {
      const variables = { id: wire.id, after };
      return (await client.run(fulfillmentOrderUnits, { ...call, safety: 'read', variables })).fulfillmentOrder?.page;
    });
  }

  return recordReader({
    system,
    kind: 'fulfillment',
    perCall,
    schema: wireFulfillmentOrderSchema,
    async nodesOf(ids, call) {
      const { nodes } = await client.run(fulfillmentOrdersById, { ...call, safety: 'read', variables: { ids } });
      return nodes;
    },
    versionsOf: (ids, call) => client.run(fulfillmentVersions, { ...call, safety: 'read', variables: { ids } }),
    to: async (wire, call) => toFulfillmentOrder(wire, await unitsOf(wire, call), system),
  });
}
