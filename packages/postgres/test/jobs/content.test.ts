import type { Json, Stores } from '@crossdock/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshStores } from '../fresh-stores.ts';

let stores: Stores;
beforeAll(async () => {
  stores = await freshStores();
});
afterAll(() => stores.close());

const dueAt = '2026-01-01T00:00:00.000Z';
const texts = [
  '',
  ' ',
  '#',
  '#1',
  "o'rder",
  '"quoted" \\ back',
  'zero\u{0}inside',
  '\u{1}\u{1}',
  'ß/日本/🚚',
  '$1 $$ %s ${x}',
  '../up',
  'k'.repeat(99),
  'k'.repeat(100),
  'k'.repeat(101),
  `${'ü'.repeat(900)}a`,
  `${'ü'.repeat(900)}b`,
];
const payloads: readonly Json[] = [
  undefined,
  null,
  0,
  false,
  '',
  'zero\u{0}and \ud800 half',
  [],
  {},
  [null, [1e21, -0.5]],
  { z: 1, a: { '\u{0}': 'x', __proto__x: 1 }, list: [{}] },
  'x'.repeat(300_000),
];

it('keeps every payload as it is', async () => {
  for (const [index, payload] of payloads.entries()) {
    const queue = `payload ${index}`;
    await stores.jobs.add({ id: queue, queue, key: 'k', lane: 'bulk', dueAt, payload });
    expect((await stores.jobs.peek(queue))?.payload).toEqual(payload);
    const [job] = await stores.jobs.claim(queue, { leaseMs: 60_000, limit: 1 });
    expect(JSON.stringify(job?.payload)).toBe(JSON.stringify(payload));
    expect(await stores.jobs.finish(queue, job?.lease ?? '')).toBe('finished');
  }
});

it('takes any text for an id, a key and a queue, and takes no two for the same', async () => {
  for (const text of texts) {
    const added = await stores.jobs.add({
      id: text,
      queue: `q${text}`,
      key: text,
      lane: 'normal',
      dueAt,
      payload: text,
    });
    expect(added).toBe('added');
    const behind = {
      id: `${text}, second`,
      queue: `q${text}`,
      key: text,
      lane: 'urgent',
      dueAt,
      payload: null,
    } as const;
    await stores.jobs.add(behind);
  }
  // All in one queue too: each key is one of its own there.
  for (const text of texts) {
    await stores.jobs.add({ id: `all/${text}`, queue: 'all', key: text, lane: 'normal', dueAt, payload: null });
  }
  for (const text of texts) {
    const [job, ...others] = await stores.jobs.claim(`q${text}`, { leaseMs: 60_000, limit: 10 });
    expect(others).toEqual([]);
    expect(job).toMatchObject({ id: text, queue: `q${text}`, key: text, payload: text });
    expect(await stores.jobs.renew(text, job?.lease ?? '', 60_000)).toBe('renewed');
    expect(await stores.jobs.park(text, job?.lease ?? '')).toBe('parked');
    const parked = await stores.jobs.parked(`q${text}`, { limit: 5 });
    expect(parked.map(({ id, queue, key }) => ({ id, queue, key }))).toEqual([
      { id: text, queue: `q${text}`, key: text },
    ]);
    expect(await stores.jobs.drop(text)).toBe(true);
  }
  expect(await stores.jobs.claim('all', { leaseMs: 60_000, limit: 100 })).toHaveLength(texts.length);
});

it('finds a job under no lease that was not given out', async () => {
  await stores.jobs.add({ id: 'held', queue: 'leases', key: 'k', lane: 'normal', dueAt, payload: null });
  const [job] = await stores.jobs.claim('leases', { leaseMs: 60_000, limit: 1 });
  const lease = job?.lease ?? '';
  for (const other of ['', 'x', `${lease}x`, lease.replace(/^0/, '1'), lease.replace('leases', 'other'), '\u{0}']) {
    expect(await stores.jobs.finish('held', other)).toBe('lost');
    expect(await stores.jobs.renew('held', other, 60_000)).toBe('lost');
    expect(await stores.jobs.retry('held', other, dueAt)).toBe('lost');
    expect(await stores.jobs.park('held', other)).toBe('lost');
  }
  expect(await stores.jobs.finish('another', lease)).toBe('lost');
  expect(await stores.jobs.peek('held')).toMatchObject({ state: 'running' });
  expect(await stores.jobs.finish('held', lease)).toBe('finished');
  expect(await stores.jobs.finish('held', lease)).toBe('lost');
});

it('takes any moment for the time when a job is due', async () => {
  const moments = [
    '0001-01-01T00:00:00Z',
    '1969-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59.999Z',
    '+012345-01-01T00:00:00Z',
  ];
  for (const moment of moments) {
    await stores.jobs.add({ id: moment, queue: 'moments', key: moment, lane: 'normal', dueAt: moment, payload: null });
    expect((await stores.jobs.peek(moment))?.dueAt).toBe(moment);
  }
  const claimed = await stores.jobs.claim('moments', { leaseMs: 60_000, limit: 10 });
  expect(claimed.map(({ dueAt: due }) => due).toSorted()).toEqual(moments.slice(0, 2));
  expect(await stores.jobs.retry(claimed[0]?.id ?? '', claimed[0]?.lease ?? '', '+012345-01-01T00:00:00Z')).toBe(
    'waiting',
  );
});
