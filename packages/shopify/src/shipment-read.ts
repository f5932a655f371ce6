import type { Shipment } from '@crossdock/core';
import { restOfPages } from './all-pages.ts';
import type { ShopifyClient } from './client.ts';
import { shipmentContents, shipmentsById, shipmentVersions } from './documents/shipments.ts';
import { recordReader, type ReadCall, type RecordReader } from './records-by-id.ts';
import { toShipment } from './shipment-record.ts';
import { wireShipmentSchema, type WireContent, type WireShipment } from './wire/shipment.ts';

/** Fulfillments in one call: the points would allow more, the size of the answer would not. */
const perCall = 50;

export function shipmentReader(client: ShopifyClient, system: string): RecordReader<Shipment> {
  /** What a fulfillment ships never changes. */
  function contentsOf(wire: WireShipment, call: ReadCall): Promise<readonly WireContent[]> {
    return restOfPages(wire.fulfillmentLineItems, async (after) => {
      const variables = { id: wire.id, after };
      return (await client.run(shipmentContents, { ...call, safety: 'read', variables })).fulfillment?.page;
    });
  }

  return recordReader({
    system,
    kind: 'shipment',
    perCall,
    schema: wireShipmentSchema,
    async nodesOf(ids, call) {
      const { nodes } = await client.run(shipmentsById, { ...call, safety: 'read', variables: { ids } });
      return nodes;
    },
    versionsOf: (ids, call) => client.run(shipmentVersions, { ...call, safety: 'read', variables: { ids } }),
    to: async (wire, call) => toShipment(wire, await contentsOf(wire, call), system),
  });
}
