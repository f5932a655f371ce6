import type { Query } from './client.ts';
import type { Connection } from './connection.ts';
import type { Row } from './wire/value.ts';

/**
 * The connection for whom nothing has changed but one record: a pull that asks what changed of its model finds that record
 * alone, if it is one that the pull brings, and nothing of other models. Everything else is asked as ever.
 */
export function onlyRecord(connection: Connection, model: string, id: number): Connection {
  const { client } = connection;
  // Ports read changes by rows of schemas only.
  async function searchRead<T>(asked: string, row: Row<T>, query: Query, options?: object): Promise<T[]> {
    if (!asksForChanges(query)) return client.searchRead(asked, row, query, options);
    if (asked !== model) return [];
    return client.searchRead(asked, row, { ...query, domain: [...query.domain, ['id', '=', id]] }, options);
  }
  // The form with names of fields is left out, which no port uses.
  return { ...connection, client: { ...client, searchRead: searchRead as typeof client.searchRead } };
}

/** A pull asks for what was written since, or for the newest of all where it begins. */
function asksForChanges({ domain, order = '' }: Query): boolean {
  return domain.some((term) => term[0] === 'write_date') || order.startsWith('write_date desc');
}
