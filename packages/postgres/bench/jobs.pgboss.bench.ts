// What the port of jobs costs on top of pg-boss: a job is added, handed out and finished, against `send`, `fetch` and
// `complete` of pg-boss itself, with the same policy and as durable, each on its own connections to one server.
import { postgresStores } from '@crossdock/postgres';
import { PgBoss } from 'pg-boss';
import { startPostgres } from '../../../scripts/postgres-server.mjs';
import { ratioInTurns } from './turns.ts';

// The size of what starts a run.
const payload = {
  run: 'place-order/shop/order/S1042/order.placed',
  event: { at: '2026-11-23', note: 'x'.repeat(200) },
};

export async function bench() {
  const server = await startPostgres();
  const stores = await postgresStores({ connectionString: server.url });
  const boss = new PgBoss({ connectionString: server.url, supervise: false, schedule: false });
  try {
    await boss.start();
    await boss.createQueue('work', { policy: 'key_strict_fifo', retryLimit: 0 });
    let count = 0;
    const ours = async () => {
      const id = `place-order/shop/order/${count++}`;
      const dueAt = '2026-11-23T10:00:00.000Z';
      await stores.jobs.add({ id, queue: 'work', key: id, lane: 'normal', dueAt, payload });
      const job = await untilThere(() => stores.jobs.claim('work', { leaseMs: 60_000, limit: 1 }));
      const finished = await stores.jobs.finish(job.id, job.lease);
      if (finished !== 'finished') throw new Error('Somebody else has the job.');
    };
    const theirs = async () => {
      const singletonKey = `place-order/shop/order/${count++}`;
      await boss.send('work', payload, { singletonKey, priority: 1 });
      const job = await untilThere(() => boss.fetch('work'));
      await boss.complete('work', job.id);
    };
    const against = 'send, fetch and complete of pg-boss';
    const alone = await ratioInTurns({ concurrency: 1, ours, theirs });
    const crowd = await ratioInTurns({ concurrency: 8, ours, theirs });
    return [
      { id: 'jobs.pgboss', ratio: alone, against, goal: '>=0.85', met: alone >= 0.85 },
      { id: 'jobs.pgboss-8', ratio: crowd, against: `${against}, 8 at once`, goal: '>=0.85', met: crowd >= 0.85 },
    ];
  } finally {
    await stores.close();
    await boss.stop({ graceful: false });
    await server.stop();
  }
}

/** Who comes at the same moment as others may go empty-handed, and asks again. */
async function untilThere<T>(ask: () => Promise<readonly T[]>): Promise<T> {
  for (;;) {
    const [job] = await ask();
    if (job !== undefined) return job;
  }
}
