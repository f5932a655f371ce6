import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = new URL('opening-process.ts', import.meta.url).pathname;
let directory = '';
let folder = '';
let file = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  folder = join(directory, 'data');
  file = join(folder, 'hub.db');
  mkdirSync(folder);
  chmodSync(directory, 0o755);
  const stores = sqliteStores({ file });
  await stores.cursors.advance('before', undefined, 'kept');
  await stores.close();
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(directory, { recursive: true });
});

type Said = {
  readonly code?: string;
  readonly message?: string;
  readonly before?: string;
  readonly wrote?: boolean;
};
/** What somebody gets who is bound by permissions: root is not, so it sends nobody. */
async function opened(name = 'after'): Promise<Said> {
  const as = process.getuid?.() === 0 ? 'nobody' : 'oneself';
  const args = ['--conditions=@crossdock/source', '--no-warnings', script, file, name, '100', as];
  const child = spawn(process.execPath, args, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  // What the process printed is this, and nothing else.
  return JSON.parse(out) as Said;
}

it.each([
  ['a file that may not be read', 0o777, 0o000],
  ['a file that may not be written', 0o777, 0o444],
  ['a folder in which nothing may be made', 0o555, 0o666],
  ['a folder that may not be entered', 0o000, 0o666],
])('refuses %s, says what to look at, and works when that is put right', async (_, folderMode, fileMode) => {
  chmodSync(file, fileMode);
  chmodSync(folder, folderMode);
  const { code, message } = await opened();
  expect(code).toBe('options.invalid');
  expect(message).toContain('Look at the permissions of the file and of its directory');
  expect(message).not.toContain(directory);

  chmodSync(folder, 0o777);
  chmodSync(file, 0o666);
  expect(await opened()).toEqual({ before: 'kept', wrote: true });
});

it('says which of the files beside it may not be written', async () => {
  const stores = sqliteStores({ file });
  chmodSync(folder, 0o777);
  chmodSync(file, 0o666);
  chmodSync(`${file}-wal`, 0o444);
  chmodSync(`${file}-shm`, 0o666);
  const { code, message } = await opened();
  expect(code).toBe('options.invalid');
  expect(message).toContain('"hub.db-wal" cannot be opened for writing');
  chmodSync(`${file}-wal`, 0o666);
  expect(await opened()).toEqual({ before: 'kept', wrote: true });
  expect(await stores.cursors.read('after')).toBe('stored');
  await stores.close();
});

it.runIf(process.platform !== 'win32')(
  'takes a process that may open no more files for no lack of permissions',
  async () => {
    const crowded = new URL('crowded-process.ts', import.meta.url).pathname;
    const node = [process.execPath, '--conditions=@crossdock/source', '--no-warnings', crowded, file];
    const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n 80 && exec "$@"', 'sh', ...node]);
    // What the process printed is this, and nothing else.
    const said = JSON.parse(stdout) as readonly string[];
    expect(said.length).toBeGreaterThan(2);
    expect(said.at(-1)).toBe('opened');
    for (const what of said.slice(0, -1)) expect(what).toMatch(/^store\.unavailable .* too many files open/);
  },
);

it('keeps what it acknowledges when the permissions are taken away under an open store', async () => {
  const stores = sqliteStores({ file });
  chmodSync(file, 0o000);
  expect(await stores.cursors.advance('meanwhile', undefined, 'stored')).toBe(true);
  await stores.close();
  chmodSync(file, 0o600);
  const again = sqliteStores({ file });
  expect(await again.cursors.read('meanwhile')).toBe('stored');
  await again.close();
});
