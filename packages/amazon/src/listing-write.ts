import type { AmazonClient } from './client.ts';
import { feedWatch } from './feed-watch.ts';
import type { ChangeAnswer, ListingChange, ListingWrite } from './listing-change.ts';
import { listingFeed } from './listing-feed.ts';
import { listingPatch } from './listing-patch.ts';
import type { AmazonSettings } from './options.ts';

/**
 * Writes few changes as a call each, which Amazon answers at once, and many as a feed. Both say the same of a listing, so
 * that nobody has to care which way it went. While a feed that was made before may set a value anew, the value is written
 * and not called certain: its answer asks for a repeat.
 */
export function listingWrite(client: AmazonClient, settings: AmazonSettings): ListingWrite {
  const watch = feedWatch(client, settings);
  const one = listingPatch(client, settings);
  const many = listingFeed(client, watch, settings);

  return async (changes, context) => {
    const before = await watch.olderThan(changes, context);
    const wanted = changes.filter((change) => !change.isThere || before.has(change));
    const isFeed = wanted.length >= settings.feedFrom;
    const written = await (isFeed ? many : one)(wanted, context);
    const answers = new Map<ListingChange, ChangeAnswer>(
      wanted.flatMap((change, index) => {
        const answer = written[index];
        return answer === undefined ? [] : [[change, answer] as const];
      }),
    );
    // Amazon works on one feed at a time: what was made before a feed that is done is mostly done as well.
    const after = isFeed ? await watch.olderThan([...before.keys()], context) : before;
    return changes.map((change) => {
      const answer = answers.get(change);
      if (answer === undefined)
        return change.isThere ? 'ok' : context.refusal.uncertain(change.sku, 'it was not answered');
      const older = after.get(change);
      return answer === 'ok' && older ? context.refusal.overtaken(change.sku, older) : answer;
    });
  };
}
