import { systemClock } from '@crossdock/core';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { stockWrite } from '../../core/test/idempotency/stock-write.ts';
import { freshSchema, freshStores } from './fresh-stores.ts';

const hour = 3_600_000;

it('a write in doubt is as old as the server says, whatever the clock of the machine', async () => {
  const schema = freshSchema();
  const stores = await freshStores({ schema });
  const server = new pg.Client({ connectionString: inject('postgres') });
  await server.connect();
  const { write, sent } = stockWrite(stores.idempotency);
  const pass = (ms: number) => server.query(`update ${schema}.idempotency set since_ms = since_ms - ${ms}`);
  try {
    const behind = { ...systemClock, now: () => systemClock.now() - 2 * hour };
    const ahead = { ...systemClock, now: () => systemClock.now() + 2 * hour };
    await expect(write(behind, 'no answer')).rejects.toMatchObject({ code: 'write.uncertain' });
    await pass(23 * hour);
    await expect(write(ahead, 'no answer')).rejects.toMatchObject({ message: 'No answer.' });
    await pass(2 * hour);
    await expect(write(behind, 'set')).rejects.toMatchObject({ details: { validForMs: 24 * hour } });
    expect(sent).toHaveLength(2);
  } finally {
    await server.end();
    await stores.close();
  }
});
