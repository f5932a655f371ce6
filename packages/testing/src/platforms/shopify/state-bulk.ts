/** Work on many records as the shop has it. */
export interface ShopBulkOperation {
  /** The global id. */
  readonly id: string;
  readonly type: 'QUERY' | 'MUTATION';
  readonly status: string;
  readonly query: string;
  readonly clientIdentifier: string | undefined;
  readonly objects: number;
}

/** What the platform does to bulk operations, and what can be seen of them. */
export interface BulkState {
  /** Oldest first. */
  readonly bulkOperations: readonly ShopBulkOperation[];
  /**
   * How long bulk operations take, by the shop's clock: until they run (default 1000 ms), and for a thousand objects at
   * their root (default 200 ms).
   */
  setBulkPace(pace: { readonly startMs?: number; readonly perThousandMs?: number }): void;
  /**
   * Lets the next bulk operation that is started fail once it has written so many root objects (default none), which can be
   * fetched as partial data. Several queue up.
   */
  failNextBulk(failure?: {
    readonly errorCode?: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT';
    readonly afterObjects?: number;
  }): void;
  /** Ends the days for which a result can be fetched, of all that there are: what was completed is EXPIRED then. */
  expireBulkFiles(): void;
  /**
   * Breaks the next fetching of a result after so many bytes: `cut` ends it as if that were all, without saying a length,
   * `reset` lets the connection die. The faults `bulk.download` and `bulk.upload` do the rest: 5xx, slow, dropped.
   */
  breakNextDownload(broken: { readonly afterBytes: number; readonly how: 'cut' | 'reset' }): void;
}
