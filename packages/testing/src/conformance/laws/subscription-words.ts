import type { Subscription } from '@crossdock/core';
import type { StandingSubscription } from '../handling-scenery.ts';

/** Subscriptions in words. They have no order. */
export function subscriptionWords(all: readonly (StandingSubscription | Subscription)[]): string {
  const each = all.map(({ topic, address, state }) => `${state} "${topic}" at ${address}`);
  return each.toSorted().join(' and ') || 'no subscription';
}
