import type { InboxEntry } from '@crossdock/core';
import { outcomeOf } from '../holds.ts';
import { answers, lawsOf } from './store-law.ts';

const entry: InboxEntry = {
  system: 'shop',
  deliveryId: 'd1',
  topic: 'orders/create',
  body: '{"id":12345678901234567890,\r\n "name":"Müller 🚚"}\n',
  receivedAt: '2026-11-01T00:00:00.000Z',
};

const at = (second: number) => `2026-11-01T00:00:0${second}.000Z`;

/** What the store of deliveries promises. */
export const inboxLaws = lawsOf('inbox', {
  'stored-once': async ({ stores: { inbox } }) => {
    answers('A new delivery', await inbox.put(entry), 'stored');
    answers('The same delivery', await inbox.put({ ...entry, body: 'changed' }), 'already');
  },
  'comes-back-as-it-came': async ({ stores: { inbox } }) => {
    await inbox.put(entry);
    answers('The delivery', await inbox.get('shop', 'd1'), entry);
  },
  'unknown-is-undefined': async ({ stores: { inbox } }) => {
    await inbox.put(entry);
    answers('A delivery that never came', await inbox.get('shop', 'd2'), undefined);
  },
  'refuses-what-is-no-text': async ({ stores: { inbox } }) => {
    // Half of a surrogate pair: written as UTF-8, two such ids become one.
    for (const part of ['deliveryId', 'body'] as const) {
      const put = await outcomeOf(() => inbox.put({ ...entry, [part]: 'half \u{d800}' }));
      answers(`Whether a ${part} that is no text is refused`, put.ok, false);
    }
    answers('An id of whole characters', await inbox.put({ ...entry, deliveryId: '🚚\u{0}' }), 'stored');
    answers('The same but for what follows a zero', await inbox.put({ ...entry, deliveryId: '🚚\u{0}1' }), 'stored');
  },
  'systems-are-apart': async ({ stores: { inbox } }) => {
    await inbox.put(entry);
    answers('The same id from another system', await inbox.put({ ...entry, system: 'erp' }), 'stored');
  },
  'latest-is-the-last-received': async ({ stores: { inbox } }) => {
    answers('Before the first', await inbox.latest('shop'), undefined);
    await inbox.put({ ...entry, deliveryId: 'd2', receivedAt: at(2) });
    await inbox.put({ ...entry, deliveryId: 'd1', receivedAt: at(1) });
    answers('The last received, not the last stored', await inbox.latest('shop'), at(2));
    await inbox.put({ ...entry, deliveryId: 'd1', receivedAt: at(3) });
    answers('After a repeat', await inbox.latest('shop'), at(2));
    await inbox.put({ ...entry, system: 'erp', deliveryId: 'd3', receivedAt: at(4) });
    answers('After a delivery of another system', await inbox.latest('shop'), at(2));
    answers('The other system', await inbox.latest('erp'), at(4));
  },
});
