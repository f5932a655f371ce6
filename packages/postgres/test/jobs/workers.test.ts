import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStores } from '@crossdock/postgres';
import { afterEach, expect, inject, it } from 'vitest';
import { freshSchema } from '../fresh-stores.ts';

const keys = Array.from({ length: 25 }, (_, index) => `order ${index}`);
const jobsOfKey = 8;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Lines that a worker wrote are read one after another, so none is missed between two waits. */
async function said(child: ReturnType<typeof startWorker>, word: string): Promise<void> {
  for (;;) {
    const { value } = await child.lines.next();
    if (value === word) return;
    if (value === undefined) throw new Error(`A worker ended without saying "${word}".`);
  }
}

function startWorker(schema: string, name: string, hangsAfter = 'never') {
  const script = new URL('worker-process.ts', import.meta.url).pathname;
  const node = [
    '--conditions=@crossdock/source',
    '--no-warnings',
    script,
    inject('postgres'),
    schema,
    name,
    hangsAfter,
  ];
  const child = spawn(process.execPath, node, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return Object.assign(child, { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() });
}

it(
  'does each job of four processes once and in order, although one is killed with jobs in hand',
  { timeout: 60_000 },
  async () => {
    const schema = freshSchema();
    // All four make the schemas at once.
    const doomed = startWorker(schema, 'doomed', '20');
    const others = ['one', 'two', 'three'].map((name) => startWorker(schema, name));
    const stores = await postgresStores({ connectionString: inject('postgres'), schema });
    try {
      // Otherwise the others may have done everything before the doomed one came to its jobs.
      await Promise.all([doomed, ...others].map((child) => said(child, 'open')));
      for (let turn = 0; turn < jobsOfKey; turn++) {
        for (const key of keys) {
          const dueAt = new Date(2026, 0, 1).toISOString();
          const job = { id: `${key}, job ${turn}`, queue: 'work', key, lane: 'normal', dueAt, payload: turn } as const;
          expect(await stores.jobs.add(job)).toBe('added');
        }
      }
      await said(doomed, 'hangs');
      doomed.kill('SIGKILL');
      await once(doomed, 'exit');

      const nothing = { ready: 0, waiting: 0, running: 0, parked: 0 };
      for (;;) {
        const counts = await stores.jobs.counts('work');
        if (JSON.stringify(counts) === JSON.stringify(nothing)) break;
        await sleep(50);
      }
      const ends = others.map((child) => once(child, 'exit'));
      for (const child of others) child.stdin.end();
      expect(await Promise.all(ends)).toEqual(others.map(() => [0, null]));

      let again = 0;
      for (const key of keys) {
        const noted = await stores.audit.list({ system: 'shop', kind: 'order', id: key }, 1_000);
        const inOrder = noted.toReversed();
        expect(inOrder.map(({ action }) => action)).toEqual(
          keys.slice(0, jobsOfKey).map((_, turn) => `${key}, job ${turn}`),
        );
        again += inOrder.filter(({ details }) => Number(details) > 1).length;
      }
      // What the killed one had in hand was done by another.
      expect(again).toBeGreaterThanOrEqual(1);
    } finally {
      await stores.close();
    }
  },
);
