// What a claim of a key costs on top of the least that can make it durable: `begin` of a new key against a bare prepared
// `INSERT … ON CONFLICT DO NOTHING` of a row of the same texts into a table of one index, through `pg`, with as many
// connections to the same server. Each is one round trip and one commit.
import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { startPostgres } from '../../../scripts/postgres-server.mjs';
import { ratioInTurns } from './turns.ts';

const fingerprint = 'f'.repeat(64);
const insert = `insert into bare (key, fingerprint, state, lease, until_ms, since_ms) values ($1, $2, $3, $4, $5, $6)
  on conflict (key) do nothing returning true as ours`;

export async function bench() {
  const server = await startPostgres();
  const stores = await postgresStores({ connectionString: server.url });
  const pool = new pg.Pool({ connectionString: server.url, pipeline: true });
  try {
    await pool.query(`create table bare (key text collate "C" primary key, fingerprint text collate "C" not null,
      state text not null, lease text not null, until_ms double precision not null, since_ms double precision not null)`);
    let count = 0;
    const nextKey = () => `place-order/shop/order/${String(count++).padStart(9, '0')}/order.placed/create`;
    const ours = async () => {
      const begun = await stores.idempotency.begin(nextKey(), fingerprint, 60_000);
      if (begun.state !== 'started') throw new Error('The key was not new.');
    };
    const theirs = async () => {
      const now = Date.now();
      const values = [nextKey(), fingerprint, 'running', crypto.randomUUID(), now + 60_000, now];
      const { rowCount } = await pool.query({ name: 'bare', text: insert, values });
      if (rowCount !== 1) throw new Error('The key was not new.');
    };
    const against = 'a bare prepared INSERT … ON CONFLICT';
    const alone = await ratioInTurns({ concurrency: 1, ours, theirs });
    const crowd = await ratioInTurns({ concurrency: 16, ours, theirs });
    return [
      { id: 'postgres.claim', ratio: alone, against, goal: '>=0.9', met: alone >= 0.9 },
      { id: 'postgres.claim-16', ratio: crowd, against: `${against}, 16 at once`, goal: '>=0.9', met: crowd >= 0.9 },
    ];
  } finally {
    await stores.close();
    await pool.end();
    await server.stop();
  }
}
