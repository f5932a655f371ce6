import type { ShipBobStore } from './store.ts';
import type { Views } from './views.ts';
import type { Warehouse } from './warehouse.ts';

/** Everything that a route may need. */
export interface ShipBobParts {
  readonly store: ShipBobStore;
  readonly house: Warehouse;
  readonly view: Views;
  readonly channelId: number;
  readonly secret: () => string;
  readonly now: () => number;
  /** Orders that came later are in no list yet. */
  readonly listedUntil: () => number;
}
