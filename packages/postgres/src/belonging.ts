import type { Stores } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

/** Gives the name of the integration that the schema belongs to: of the first that asked. */
export function belongingIn(access: Access, sql: Sql): Stores['belongTo'] {
  const claim = sql<{ integration: string }>(`insert into @belonging as held (one, integration) values (1, $1)
    on conflict (one) do update set integration = held.integration returning integration`);
  return async (integration) => {
    const [row] = await access.query(claim, [integration]);
    return row?.integration ?? integration;
  };
}
