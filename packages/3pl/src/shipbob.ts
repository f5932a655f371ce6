export { shipbob, type ShipBobConnector, type ShipBobPorts } from './shipbob/connector.ts';
export type { ShipBobOptions } from './shipbob/options.ts';
