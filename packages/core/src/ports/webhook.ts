import type { Ref } from '../model/ref.ts';

/** A delivery that was verified, with its bytes as they came. `deliveryId` is the same when the platform repeats it. */
export type Delivery = {
  readonly deliveryId: string;
  readonly topic: string;
  /** The body as text, exactly as it was signed; decoding parses it, so that large numbers in it survive. */
  readonly body: string;
};

/**
 * Expected answers are values. `oversized` is said before the body is parsed. `ping` is no delivery and no attack: the
 * platform asks, unsigned, whether somebody is there. It is answered with 200, nothing of it is kept, and it means nothing.
 */
export type Verification =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly reason: 'signature' | 'headers' | 'stale' | 'oversized' }
  | { readonly ok: false; readonly reason: 'ping' };

/** A message as the user's queue handed it out: its body as text, unchanged. */
export type QueueMessage = { readonly body: string };

/** What a platform is to tell, and where. `topics` are the platform's own words ("orders/updated"). */
export type SubscriptionPlan = { readonly topics: readonly string[]; readonly address: string };

/** One subscription as the platform has it. `disabled` is one that it ended or paused: nothing comes any more. */
export type Subscription = {
  readonly ref: Ref<'subscription'>;
  readonly topic: string;
  readonly address: string;
  readonly state: 'active' | 'disabled';
};
