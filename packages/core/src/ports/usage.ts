/** How much of a platform's published allowance was used, by bucket, since the connector was made. */
export type Usage = {
  readonly bucket: string;
  readonly calls: number;
  /** In the bucket's own unit: requests, points, credits. */
  readonly spent: number;
  /** Answers that said "too many". */
  readonly throttled: number;
  /** Milliseconds that calls waited for their turn. */
  readonly waitedMs: number;
};
