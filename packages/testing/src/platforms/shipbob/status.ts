import type { ShipBobOrder, ShipBobShipment, ShipBobStage } from './records.ts';

/** The words of `status_details`, by number. ShipBob OpenAPI 2026-01, read 2026-11-23. */
export const detailNames: Readonly<Record<number, string>> = {
  100: 'Picked',
  101: 'Packed',
  102: 'Labeled',
  200: 'AwaitingCarrierScan',
  201: 'InTransit',
  202: 'OutForDelivery',
  203: 'Delivered',
  204: 'DeliveryException',
  302: 'InactiveSku',
  303: 'OutOfStock',
  304: 'UnknownSku',
  401: 'InvalidAddress',
};

const shipmentWords: Readonly<Record<ShipBobStage, string>> = {
  received: 'Processing',
  picked: 'Processing',
  packed: 'Processing',
  labelled: 'LabeledCreated',
  shipped: 'Completed',
  delivered: 'Completed',
  exception: 'Exception',
  'on-hold': 'OnHold',
  canceled: 'Cancelled',
};

export function shipmentStatus({ stage }: ShipBobShipment): string {
  return shipmentWords[stage];
}

const left: ReadonlySet<ShipBobStage> = new Set(['shipped', 'delivered']);

/** An order's status follows from its shipments. */
export function orderStatus({ shipments }: Pick<ShipBobOrder, 'shipments'>): string {
  const live = shipments.filter(({ stage }) => stage !== 'canceled');
  if (live.length === 0) return 'Cancelled';
  if (live.every(({ stage }) => left.has(stage))) return 'Fulfilled';
  if (live.some(({ stage }) => stage === 'exception')) return 'Exception';
  return live.some(({ stage }) => left.has(stage)) ? 'PartiallyFulfilled' : 'Processing';
}

/** Whether its label is printed. */
export function isLabelled({ stage }: ShipBobShipment): boolean {
  return stage === 'labelled' || left.has(stage);
}

/** From here on the goods are in somebody's hands, and nothing is canceled. */
export function isPicked(shipment: ShipBobShipment): boolean {
  const { stage } = shipment;
  return stage === 'picked' || stage === 'packed' || isLabelled(shipment);
}
