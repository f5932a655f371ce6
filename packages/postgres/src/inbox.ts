import type { InboxStore } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

type Row = { readonly topic: string; readonly body: string; readonly received_at: string };

export function postgresInbox(access: Access, sql: Sql): InboxStore {
  const insert = sql(`insert into @inbox (system, delivery_id, topic, body, received_at) values ($1, $2, $3, $4, $5)
    on conflict (system, delivery_id) do nothing returning true as stored`);
  const select = sql<Row>('select topic, body, received_at from @inbox where system = $1 and delivery_id = $2');
  const selectLatest = sql<{ latest: string | null }>(
    'select max(received_at) as latest from @inbox where system = $1',
  );
  return {
    async put({ system, deliveryId, topic, body, receivedAt }) {
      const stored = await access.query(insert, [system, deliveryId, topic, body, receivedAt]);
      return stored.length === 1 ? 'stored' : 'already';
    },
    async latest(system) {
      const [row] = await access.query(selectLatest, [system]);
      return row?.latest ?? undefined;
    },
    async get(system, deliveryId) {
      const [row] = await access.query(select, [system, deliveryId]);
      return row && { system, deliveryId, topic: row.topic, body: row.body, receivedAt: row.received_at };
    },
  };
}
