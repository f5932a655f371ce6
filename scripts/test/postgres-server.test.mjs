import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPostgres } from '../postgres-server.mjs';

const pg = createRequire(join(import.meta.dirname, '../../packages/postgres/package.json'))('pg');

async function ask(url, text) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

// It is the own server that is tested, whichever the others are told to use.
beforeEach(() => vi.stubEnv('DATABASE_URL', ''));
afterEach(() => vi.unstubAllEnvs());

it('keeps what was committed when the power is cut', async () => {
  const server = await startPostgres();
  try {
    expect(await ask(server.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await ask(server.url, 'create table kept as select 1 as it');
    await server.kill();
    await expect(ask(server.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.restart();
    expect(await ask(server.url, 'select it from kept')).toEqual([{ it: 1 }]);
  } finally {
    await server.stop();
  }
}, 30_000);

it('leaves no server and no folder behind when its process is killed', async () => {
  const program = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, '../postgres-server.mjs'))};
    const { url, folder } = await startPostgres();
    console.log(JSON.stringify({ url, folder }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { url, folder } = JSON.parse(String(line));
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (let left = 200; left > 0 && existsSync(folder); left -= 1) await sleep(50);
  expect(existsSync(folder)).toBe(false);
  await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
}, 30_000);
