import type { BulkOffice } from '../bulk/office.ts';
import type { StorageAddress } from '../bulk/storage.ts';
import type { KeyStore } from '../idempotency.ts';
import type { Jobs } from '../jobs.ts';
import type { Shop } from '../life/shop.ts';
import type { Privacy } from '../privacy.ts';
import type { SearchWarning } from '../search.ts';
import type { Views } from '../views/views.ts';

/** A filter of the query that was left out, as `extensions.search` reports it. */
type SearchReport = {
  readonly path: readonly (string | number)[];
  readonly query: string;
  readonly parsed: Readonly<Record<string, string>>;
  readonly warnings: readonly SearchWarning[];
};

/** What every resolver gets. */
export type Context = {
  readonly shop: Shop;
  readonly views: Views;
  readonly version: string;
  readonly plan: string;
  readonly keys: KeyStore;
  /** Whether a bulk operation asks, where some things are done at once that are else done later. */
  readonly inBulk: boolean;
  readonly startJob: Jobs['startCancel'];
  /** What the token may do; undefined for everything. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** Fields that are refused, by type and name, with the code of the refusal. */
  readonly refusedFields: ReadonlyMap<string, string>;
  readonly privacy: Privacy;
  readonly bulk: BulkOffice;
  readonly storage: StorageAddress;
  /** Whether the token belongs to somebody who is logged in, and not to the app alone. */
  readonly isOnline: boolean;
  /** The variables as they were sent, in their order. */
  readonly rawVariables: Readonly<Record<string, unknown>>;
  readonly searches: SearchReport[];
};
