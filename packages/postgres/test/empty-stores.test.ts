import { emptyPostgresStores, postgresStores } from '@crossdock/postgres';
import { expect, inject, it } from 'vitest';
import { freshSchema } from './fresh-stores.ts';

const connectionString = inject('postgres');
const job = {
  id: 'pick',
  queue: 'work',
  key: 'order/1',
  lane: 'normal',
  dueAt: '2026-11-01T08:00:00Z',
  payload: null,
} as const;
const clockAt = (moment: string) => ({ now: () => Date.parse(moment) });

it('forgets everything of a schema, which then serves an earlier day as a new one does', async () => {
  const schema = freshSchema();
  const before = await postgresStores({ connectionString, schema, clock: clockAt('2026-11-20T08:00:00Z') });
  await before.belongTo('shop');
  await before.jobs.add(job);
  await before.jobs.claim('work', { leaseMs: 60_000, limit: 1 });
  await before.idempotency.begin('key', 'fingerprint', 60_000);
  await before.shared.update('bucket', () => ({ next: 1, result: undefined }));
  await before.close();

  await emptyPostgresStores({ connectionString, schema });

  const after = await postgresStores({ connectionString, schema, clock: clockAt('2026-11-01T08:00:00Z') });
  expect(await after.belongTo('another')).toBe('another');
  expect(await after.idempotency.peek('key')).toBeUndefined();
  expect(await after.shared.update('bucket', (state) => ({ result: state }))).toBeUndefined();
  expect(await after.jobs.add(job)).toBe('added');
  expect(await after.jobs.claim('work', { leaseMs: 60_000, limit: 1 })).toMatchObject([{ id: 'pick', attempt: 1 }]);
  await after.close();
});

it('does nothing where there is no such schema', async () => {
  await expect(emptyPostgresStores({ connectionString, schema: freshSchema() })).resolves.toBeUndefined();
});
