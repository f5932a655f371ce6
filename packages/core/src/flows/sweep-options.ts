/** How far a sweep looks back, and what it takes for missed. */
export interface SweepOptions {
  /**
   * Looks back to this moment at least, for an outage that was longer than the overlap, and begins anew what broke off. It
   * never looks back less than it would anyway; a moment that has not come is refused.
   */
  readonly updatedAfter?: string | undefined;
  /** How far a sweep looks back behind the beginning of the one before, and a first one behind now. Default a day. */
  readonly overlapMs?: number | undefined;
  /** How long a webhook may be on its way before its fact counts as missed, in milliseconds. Default 600 000. */
  readonly graceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
/** What a sweep read and restored. */
export interface SweepReport {
  readonly pages: number;
  readonly records: number;
  /** Runs of facts that neither a delivery nor a poll had told of. */
  readonly started: number;
  /** Facts older than the grace time that no delivery had told of, though a poll may have found them. */
  readonly missed: number;
}
