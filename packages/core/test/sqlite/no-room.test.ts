import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = new URL('filling-process.ts', import.meta.url).pathname;
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

type Said = {
  readonly what: 'acknowledged' | 'refused' | 'read' | 'unopened' | 'opened' | 'found' | 'opened later';
  readonly number?: number;
  readonly code?: string;
  readonly message?: string;
  readonly whole?: boolean;
  readonly first?: boolean;
};
/** Writes in a process of its own, in front of which the shell does `first`, and gives what it said. */
async function filled(
  program: readonly string[],
  first: string,
  ...values: readonly string[]
): Promise<readonly Said[]> {
  const node = [process.execPath, '--conditions=@crossdock/source', '--no-warnings', script, ...values];
  const [name = '', ...words] = [...program, 'sh', '-c', `${first} && exec "$@"`, 'sh', ...node];
  const child = spawn(name, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`The process ended with ${code}: ${out}`);
  // What the process printed, line by line.
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
}
const numbers = (said: readonly Said[], what: Said['what']) =>
  said.flatMap((one) => (one.what === what && one.number !== undefined ? [one.number] : []));
const only = (said: readonly Said[], what: Said['what']) => said.filter((one) => one.what === what);

it('says that the disk answered with an error when a file may not grow, and keeps what it acknowledged', async () => {
  const file = join(directory, 'hub.db');
  const said = await filled([], 'ulimit -S -f 1200', file);
  const acknowledged = numbers(said, 'acknowledged');
  expect(acknowledged.length).toBeGreaterThan(3);
  expect(only(said, 'refused')).toHaveLength(3);
  for (const { code, message } of only(said, 'refused')) {
    expect(code).toBe('store.unavailable');
    expect(message).toContain('Look at the disk and its free space. Nothing of this unit of work was stored.');
  }
  expect(only(said, 'read')).toEqual([{ what: 'read', first: true }]);

  const stores = sqliteStores({ file });
  for (const number of acknowledged) {
    expect(await stores.cursors.read(`order/${number}`)).toBeDefined();
    expect(await stores.inbox.get('shop', `${number}`)).toBeDefined();
  }
  const refused = acknowledged.length + 1;
  expect(await stores.inbox.get('shop', `${refused}`)).toBeUndefined();
  expect(await stores.cursors.advance(`order/${refused}`, undefined, 'a')).toBe(true);
  await stores.close();
}, 30_000);

// A real file system that is full, where one may be mounted for a process of its own: not on every machine.
const disk = ['unshare', '--user', '--map-root-user', '--mount'];
const mayMount = () => {
  mkdirSync(join(directory, 'disk'));
  const mount = `mount -t tmpfs -o size=2m tmpfs "${join(directory, 'disk')}"`;
  return spawnSync(disk[0] ?? '', [...disk.slice(1), 'sh', '-c', mount]).status === 0 ? mount : undefined;
};

it('says that the disk is full, and goes on without a loss when there is room again', async () => {
  const mount = mayMount();
  const file = join(directory, 'disk', 'hub.db');
  // Without a disk of its own the limit on a file stands in for it, which the test above has looked at.
  const said = mount ? await filled(disk, mount, file, 'filler') : await filled([], 'ulimit -S -f 1200', file);
  const refused = only(said, 'refused');
  expect(refused).toHaveLength(3);
  if (!mount) return;
  for (const { code, message } of refused) {
    expect(code).toBe('store.unavailable');
    expect(message).toContain('the disk is full. Make room. Nothing of this unit of work was stored.');
  }
  expect(only(said, 'read')).toEqual([{ what: 'read', first: true }]);
  expect(only(said, 'unopened')).toEqual([
    expect.objectContaining({ code: 'store.unavailable', message: expect.stringContaining('the disk is full') }),
  ]);
  expect(only(said, 'opened later')).toHaveLength(1);
  const acknowledged = numbers(said, 'acknowledged');
  // What was refused the first time was stored when there was room.
  expect(acknowledged).toEqual(Array.from({ length: acknowledged.length }, (_, index) => index + 1));
  expect(numbers(said, 'found')).toEqual(acknowledged);
  expect(only(said, 'found').every(({ whole }) => whole)).toBe(true);
}, 30_000);
