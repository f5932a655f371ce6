import type { AmazonClient } from './client.ts';
import type { ListingWrite } from './listing-change.ts';
import { listingFeed } from './listing-feed.ts';
import { listingPatch } from './listing-patch.ts';
import type { AmazonSettings } from './options.ts';

/**
 * Writes few changes as a call each, which Amazon answers at once, and many as a feed. Both say the same of a listing, so
 * that nobody has to care which way it went.
 */
export function listingWrite(client: AmazonClient, settings: AmazonSettings): ListingWrite {
  const one = listingPatch(client, settings);
  const many = listingFeed(client, settings);
  return (changes, context) => (changes.length < settings.feedFrom ? one : many)(changes, context);
}
