import type { Query, Sql } from './connection.ts';

const insert: Query = { text: 'insert into belonging (one, integration) values (1, ?) on conflict (one) do nothing' };
const select: Query<{ integration: string }> = { text: 'select integration from belonging' };

/** The name of the integration that the file belongs to: of the first that asked. */
export function belongTo(sql: Sql, integration: string): string {
  sql(insert).run(integration);
  return sql(select).get()?.integration ?? integration;
}
