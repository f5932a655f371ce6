import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, defineFlow } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { erp, ownership, placed, shop, webhook } from '../flows/shop.ts';

const workerFile = new URL('worker-process.ts', import.meta.url).pathname;
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a worker to its end, which may be a violent one. Gives what it said. */
function worker(dieAt = ''): Promise<{ readonly signal: string | null; readonly said: readonly string[] }> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@crossdock/source',
      '--no-warnings',
      workerFile,
      join(directory, 'hub.db'),
      join(directory, 'ledger'),
      dieAt,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ signal, said: out.trim().split('\n') })));
}

/** Stores deliveries as a web server would, in this process. */
async function receive(numbers: readonly string[]): Promise<void> {
  const stores = sqliteStores({ file: join(directory, 'hub.db') });
  const flow = defineFlow({
    name: 'place-order',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: (event) => event.id,
    run: async () => {},
  });
  const hub = compose({ systems: { shop: shop(), erp: erp().connector }, flows: [flow], ownership, stores });
  for (const number of numbers) expect((await hub.receive('shop', webhook(number, [number]))).status).toBe(200);
  await stores.close();
}

/** What the other system was told, by order number: the keys under which it was told. */
function ledger(): Readonly<Record<string, readonly string[]>> {
  const file = join(directory, 'ledger');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const told: Record<string, string[]> = {};
  for (const line of lines) {
    const { number, key } = JSON.parse(line) as { number: string; key: string };
    (told[number] ??= []).push(key);
  }
  return told;
}

/** Works with fresh processes until everything is done. */
async function workUntilDone(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    const { said } = await worker();
    if (said.at(-1)?.startsWith('worked') === true && !said.at(-1)?.includes('nextInMs')) return;
  }
  throw new Error('The work never came to its end.');
}

describe('a worker that is killed', () => {
  it.each(['before write', 'after write', 'before commit', 'after commit'])(
    '%s loses no order and sends none under a second key',
    async (point) => {
      await receive(['1', '2', '3']);
      const { signal } = await worker(point);
      expect(signal).toBe('SIGKILL');
      await workUntilDone();
      const told = ledger();
      expect(Object.keys(told).toSorted()).toEqual(['1', '2', '3']);
      for (const keys of Object.values(told)) expect(new Set(keys).size).toBe(1);

      const stores = sqliteStores({ file: join(directory, 'hub.db') });
      for (const number of ['1', '2', '3']) {
        const id = `place-order/${placed(number).id}`;
        expect(await stores.runs.get(id)).toMatchObject({ state: 'done' });
        const sale = await stores.links.find(placed(number).data.ref, 'erp', 'order');
        expect(sale).toEqual({ system: 'erp', kind: 'order', id: `S-${number}` });
      }
      await stores.close();
    },
    30_000,
  );
});

it('shares one file between two processes that never run the same job twice', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => `${index}`);
  await receive(numbers);
  await Promise.all([worker(), worker()]);
  await workUntilDone();
  const told = ledger();
  expect(Object.keys(told)).toHaveLength(60);
  expect(Object.values(told).every((keys) => keys.length === 1)).toBe(true);
}, 30_000);
