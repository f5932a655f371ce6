import type { InboxStore } from '../ports/stores.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

type Row = { topic: string; body: string; received_at: string };

const select: Query<Row> = { text: 'select topic, body, received_at from inbox where system = ? and delivery_id = ?' };
const insert: Query = {
  text: `insert into inbox (system, delivery_id, topic, body, received_at) values (?, ?, ?, ?, ?)
  on conflict (system, delivery_id) do nothing`,
};

const selectLatest: Query<{ latest: string | null }> = {
  text: 'select max(received_at) as latest from inbox where system = ?',
};

export function sqliteInbox({ read, write }: Access): InboxStore {
  return {
    put: ({ system, deliveryId, topic, body, receivedAt }) =>
      write((sql) => (sql(insert).run(system, deliveryId, topic, body, receivedAt) === 1 ? 'stored' : 'already')),
    latest: (system) => read((sql) => sql(selectLatest).get(system)?.latest ?? undefined),
    get: (system, deliveryId) =>
      read((sql) => {
        const row = sql(select).get(system, deliveryId);
        return row && { system, deliveryId, topic: row.topic, body: row.body, receivedAt: row.received_at };
      }),
  };
}
