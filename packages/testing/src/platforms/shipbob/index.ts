export { fakeShipBob } from './fake-shipbob.ts';
export type { ShipBobOptions, ShipBobScope } from './options.ts';
export type {
  ShipBobAddress,
  ShipBobItem,
  ShipBobLine,
  ShipBobOrder,
  ShipBobRecipient,
  ShipBobShipment,
  ShipBobStage,
} from './records.ts';
export type { ShipBobState } from './state.ts';
export { shipBobFacts } from './facts.ts';
