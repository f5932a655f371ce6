import type { InboxEntry } from '@crossdock/core';
import { answers, lawsOf } from './store-law.ts';

const entry: InboxEntry = {
  system: 'shop',
  deliveryId: 'd1',
  topic: 'orders/create',
  body: '{"id":12345678901234567890,\r\n "name":"Müller 🚚"}\n',
  receivedAt: '2026-11-01T00:00:00.000Z',
};

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
  'systems-are-apart': async ({ stores: { inbox } }) => {
    await inbox.put(entry);
    answers('The same id from another system', await inbox.put({ ...entry, system: 'erp' }), 'stored');
  },
});
