// One worker process: hands itself jobs until its standard input ends, and notes each in the unit of work that ends it.
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStores } from '@crossdock/postgres';

const [connectionString = '', schema = '', name = '', hangsAfter = 'never'] = process.argv.slice(2);
const stores = await postgresStores({ connectionString, schema });
console.log('open');
const told = new AbortController();
process.stdin.on('end', () => told.abort()).resume();

let handedOut = 0;
while (!told.signal.aborted) {
  const jobs = await stores.jobs.claim('work', { leaseMs: 1_500, limit: 3 });
  handedOut += jobs.length;
  if (jobs.length > 0 && handedOut > Number(hangsAfter)) {
    console.log('hangs');
    await sleep(60_000);
  }
  for (const job of jobs) {
    await stores.atomically(async (inside) => {
      if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') return;
      const ref = { system: 'shop', kind: 'order', id: job.key } as const;
      await inside.audit.append({ at: job.dueAt, actor: name, action: job.id, refs: [ref], details: job.attempt });
    });
  }
  if (jobs.length === 0) await sleep(10);
}
await stores.close();
