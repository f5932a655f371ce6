import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { postgresStores } from '@crossdock/postgres';
import { seededRandom } from '@crossdock/testing';
import { describe, expect, inject, it } from 'vitest';
import { startPostgres } from '../../../scripts/postgres-server.mjs';
import { itSurvivesStorms } from './storm-tests.ts';
import { hashInOrder, hashOf, makeStorm, startProcesses } from './storm.ts';

const fresh = () => `storm_${randomBytes(6).toString('hex')}`;

describe('storms on PostgreSQL', () => {
  // By the server's own time, as in production; nothing here has to wait for it.
  itSurvivesStorms(() => postgresStores({ connectionString: inject('postgres'), schema: fresh() }), 10_000);

  it('loses nothing when the server is killed and started again in the middle', async () => {
    const server = await startPostgres();
    try {
      const storm = makeStorm(400, seededRandom(5));
      const open = () => postgresStores({ connectionString: server.url, schema: fresh() });
      const processes = await startProcesses(open, storm, 2_000);
      await processes.deliver(storm.posts.slice(0, 200));
      const working = processes.work().catch(() => undefined);
      // In the middle: much is written and much is not, and something is just on its way.
      while (processes.ledger.writes < 60) await setTimeout(1);
      await server.kill();
      expect(processes.ledger.orders.size).toBeLessThan(200);
      // A delivery that cannot be stored is not acknowledged, and the platform sends it again.
      await processes.deliver(storm.posts.slice(200, 210));
      expect(processes.answers.get(503)).toBe(10);
      await server.restart();
      await working;
      await processes.deliver([...storm.posts.slice(200), ...storm.late]);
      await worked(processes);
      expect(hashOf(processes.ledger)).toBe(hashInOrder(storm));
      expect(await processes.exceptions()).toEqual({});
      await processes.close();
    } finally {
      await server.stop();
    }
  }, 120_000);
});

/** Works until nothing is left: jobs that were at work when the server died are due when their leases have run out. */
async function worked(processes: Awaited<ReturnType<typeof startProcesses>>): Promise<void> {
  for (;;) {
    await processes.work();
    const { ready, waiting, running } = await processes.counts();
    if (ready + waiting + running === 0) return;
    await setTimeout(100);
  }
}
