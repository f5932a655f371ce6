export { shipbob, type ShipBobConnector, type ShipBobPorts } from './shipbob/connector.ts';
export type { ShipBobOptions, ShipBobToken } from './shipbob/options.ts';
