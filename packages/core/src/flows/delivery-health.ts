/**
 * How a system that tells by itself does so. `missing`: sweeps found facts that it had not told, and none since that
 * happened later and was told. `never`: it has told nothing yet. `silent`: nothing for longer than expected. `delivering`: none of these.
 */
export type DeliveryState = 'delivering' | 'silent' | 'missing' | 'never';

/** Whether a system that sends webhooks, or messages into a queue, still does. */
export interface DeliveryHealth {
  readonly system: string;
  readonly state: DeliveryState;
  /** When it delivered last. `undefined`: never. */
  readonly deliveredAt: string | undefined;
  /** When a sweep of it came to its end last. `undefined`: never, so that nobody knows what is missing. */
  readonly sweptAt: string | undefined;
  /** Facts that sweeps found and no delivery had told of, since they last showed that it tells. */
  readonly missed: number;
}
