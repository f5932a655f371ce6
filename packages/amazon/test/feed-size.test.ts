import { expect, it } from 'vitest';
import type { AmazonClient } from '../src/client.ts';
import { feedWatch } from '../src/feed-watch.ts';
import { itemRefusals } from '../src/item-refusal.ts';
import type { ListingChange } from '../src/listing-change.ts';
import { listingFeed } from '../src/listing-feed.ts';
import { settingsOf } from '../src/options.ts';
import { credentialsOf, storeWithGoods } from './store.ts';

const mebibyte = 1024 * 1024;

/** An Amazon that takes every file, and keeps it. */
function takingAll(sellerId: string) {
  const files: string[] = [];
  const client: AmazonClient = {
    send: async ({ api, answer }) =>
      answer.parse(
        api === 'createFeedDocument' || api === 'getFeedDocument'
          ? { feedDocumentId: 'document', url: 'https://files.example/document' }
          : { feedId: `${files.length}`, processingStatus: 'DONE', resultFeedDocumentId: 'report' },
      ),
    async transfer({ text, answer }) {
      if (text) {
        files.push(text.body);
        return answer.parse('');
      }
      const { messages } = JSON.parse(files.at(-1) ?? '') as { messages: unknown[] };
      const count = messages.length;
      const summary = { errors: 0, messagesProcessed: count, messagesAccepted: count, messagesInvalid: 0 };
      return answer.parse({ header: { sellerId, feedId: `${files.length}` }, issues: [], summary });
    },
    usage: () => [],
  };
  return { client, files };
}

it('cuts a push into files of at most ten mebibytes, whatever signs are in it', async () => {
  const settings = settingsOf(credentialsOf(storeWithGoods().fake));
  const { client, files } = takingAll(settings.sellerId);
  const changes = Array.from({ length: 230 }, (_, index): ListingChange => ({
    sku: `${index}${'ä'.repeat(50_000)}`,
    op: 'replace',
    attribute: 'fulfillment_availability',
    value: [{ fulfillment_channel_code: 'DEFAULT', quantity: 3 }],
  }));
  const refusal = itemRefusals({ system: 'amazon', operation: 'inventory.push', failed: 'was not set' });
  const write = listingFeed(client, feedWatch(client, settings), settings);
  const answers = await write(changes, { operation: 'inventory.push', refusal });
  expect(new Set(answers)).toEqual(new Set(['ok']));
  const sizes = files.map((file) => new TextEncoder().encode(file).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10 * mebibyte);
  expect(sizes).toHaveLength(3);
  const sent = files.map((file) => JSON.parse(file) as { messages: { messageId: number; sku: string }[] });
  expect(sent.flatMap(({ messages }) => messages.map(({ sku }) => sku))).toEqual(changes.map(({ sku }) => sku));
  for (const { messages } of sent)
    expect(messages.map(({ messageId }) => messageId)).toEqual(messages.map((_, index) => index + 1));
});
