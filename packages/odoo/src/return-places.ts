import type { ReturnReceipt } from '@crossdock/core';
import type { OdooSettings } from './options.ts';

/** What is done with goods that came back. */
export type Disposition = ReturnReceipt['lines'][number]['disposition'];

/** The place of the options for it; `undefined` for goods that are for sale again, and where the options name none. */
export function locationOf({ returnLocations }: OdooSettings, disposition: Disposition): number | undefined {
  return disposition === 'restock' ? undefined : returnLocations[disposition];
}
