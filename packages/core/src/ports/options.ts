/** Urgent work goes first when a platform's allowance is scarce: an order before a stock level before a catalogue. */
export const lanes = ['urgent', 'normal', 'bulk'] as const;
/** One of `lanes`. */
export type Lane = (typeof lanes)[number];

/** What every read takes: how to stop it, and how urgent it is. Aborted, it rejects with `call.aborted`. */
export interface ReadOptions {
  /**
   * That of a write makes a check besides, which stops a worker that lost its job while it stood still. `AbortSignal.any`
   * drops it: make one signal of several by `anySignal`. A connector that does not send by `createHttpClient` calls
   * `await assureRight(signal)` and `throwIfGone(signal)` just before each request goes out.
   */
  readonly signal?: AbortSignal | undefined;
  /** Default `normal`. */
  readonly lane?: Lane | undefined;
}

/**
 * Every write names its key: the same key twice changes the other system once, at any time and from any process. The
 * key is any text of 1 to 200 characters that is not blank, else the write rejects with `options.invalid`, unsent;
 * connectors derive from it what their platform accepts.
 */
export interface WriteOptions extends ReadOptions {
  readonly idempotencyKey: string;
}
