import type { Shipment } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { shipmentContents, shipmentsById } from './documents/shipments.ts';
import { recordReader, type ReadCall, type RecordReader } from './records-by-id.ts';
import { shipmentRef, toShipment } from './shipment-record.ts';
import { wireShipmentSchema, type WireContent, type WireShipment } from './wire/shipment.ts';

/** Fulfillments in one call: the points would allow more, the size of the answer would not. */
const perCall = 50;

export function shipmentReader(client: ShopifyClient, system: string): RecordReader<Shipment> {
  /** What a fulfillment ships never changes. */
  async function contentsOf(wire: WireShipment, call: ReadCall): Promise<readonly WireContent[]> {
    const contents = [...wire.fulfillmentLineItems.nodes];
    let { pageInfo } = wire.fulfillmentLineItems;
    while (pageInfo.hasNextPage) {
      const variables = { id: wire.id, after: pageInfo.endCursor };
      const { fulfillment } = await client.run(shipmentContents, { ...call, safety: 'read', variables });
      if (!fulfillment) return contents;
      contents.push(...fulfillment.page.nodes);
      ({ pageInfo } = fulfillment.page);
    }
    return contents;
  }

  return recordReader({
    refOf: (id) => shipmentRef(system, id),
    perCall,
    wire: wireShipmentSchema,
    async nodesOf(ids, call) {
      const { nodes } = await client.run(shipmentsById, { ...call, safety: 'read', variables: { ids } });
      return nodes;
    },
    understand: async (wire, call) => toShipment(wire, await contentsOf(wire, call), system),
  });
}
