import type { FakePlatform, ShopifyState } from '@crossdock/testing';

/** How late the search may find a change: within the overlap of a pull. */
export const lateMs = 110_000;

/** Lets an index show a change only once it lagged behind for as long as a pull looks back. */
export function seenLater(platform: FakePlatform<ShopifyState>, show: () => void): () => Promise<void> {
  const seenAt = platform.clock.now() + lateMs;
  return async () => {
    await platform.clock.advance(seenAt - platform.clock.now());
    show();
  };
}
