import { seededRandom } from '@crossdock/testing';
import { expect, it } from 'vitest';
import { hashInOrder, hashOf, makeStorm, shuffled, startProcesses, type OpenStores } from './storm.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const idle = { ready: 0, waiting: 0, running: 0, parked: 0 };

/** The storms that every store has to survive. `deliveries` is how many webhooks the largest of them has. */
export function itSurvivesStorms(open: OpenStores, deliveries: number): void {
  it(`ends like a calm day after ${deliveries} deliveries, shuffled, a fifth of them twice, some a day late, some forged`, async () => {
    const storm = makeStorm(deliveries, seededRandom(1));
    const processes = await startProcesses(open, storm);
    await processes.deliver(shuffled([...storm.posts, ...storm.forged], seededRandom(2)));
    await processes.work();
    await processes.clock.advance(dayMs);
    await processes.deliver(storm.late);
    await processes.work();
    expect(processes.answers).toEqual(
      new Map([
        [200, deliveries],
        [401, storm.forged.length],
      ]),
    );
    expect(hashOf(processes.ledger)).toBe(hashInOrder(storm));
    expect(await processes.counts()).toEqual(idle);
    expect(await processes.exceptions()).toEqual({});
    await processes.close();
  }, 300_000);

  it('restores by a sweep all that was dropped, and all of an outage of six hours', async () => {
    const random = seededRandom(3);
    const storm = makeStorm(deliveries / 10, random);
    const processes = await startProcesses(open, storm);
    // One in twenty is dropped, and nobody was there when the last quarter of the orders were placed and changed.
    const lastBefore = storm.shop.present.size * 0.75;
    const came = storm.posts.filter(({ number }) => random() > 0.05 && Number(number) <= lastBefore);
    await processes.deliver(came);
    await processes.work();
    expect(hashOf(processes.ledger)).not.toBe(hashInOrder(storm));
    await processes.clock.advance(6 * hourMs);
    const swept = await processes.sweep({ updatedAfter: '2026-11-01T00:00:00.000Z' });
    await processes.work();
    expect(hashOf(processes.ledger)).toBe(hashInOrder(storm));
    expect(swept?.missed).toBeGreaterThan(0);
    expect(await processes.health()).toMatchObject([{ system: 'shop', state: 'missing', missed: swept?.missed }]);
    // What is known begins nothing again.
    const { writes } = processes.ledger;
    expect(await processes.sweep({ updatedAfter: '2026-11-01T00:00:00.000Z' })).toMatchObject({ started: 0 });
    await processes.work();
    expect(processes.ledger.writes).toBe(writes);
    await processes.close();
  }, 120_000);

  it('writes nothing more when everything that was worked on comes twice again', async () => {
    const storm = makeStorm(deliveries / 10, seededRandom(4));
    const processes = await startProcesses(open, storm);
    await processes.deliver(storm.posts);
    await processes.work();
    const { writes } = processes.ledger;
    expect(writes).toBeGreaterThan(0);
    for (let time = 0; time < 2; time++) {
      await processes.deliver(storm.posts);
      // The same facts under other names of their deliveries, as after a subscription was made anew.
      await processes.deliver(storm.posts.map((post) => ({ ...post, delivery: `${post.delivery}-again-${time}` })));
      await processes.work();
    }
    expect(processes.ledger.writes).toBe(writes);
    await processes.close();
  }, 120_000);
}
