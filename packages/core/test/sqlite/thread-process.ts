// Stores an order in a thread, loses a part of the file while another process stores one too, and ends the thread unasked.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', how = ''] = process.argv.slice(2);
if (isMainThread) {
  const isStored = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL(import.meta.url), { argv: [file], workerData: isStored });
  await Atomics.waitAsync(isStored, 0, 0).value;
  rmSync(`${file}-shm`);
  const other = new URL('opening-process.ts', import.meta.url).pathname;
  execFileSync(process.execPath, ['--conditions=@crossdock/source', '--no-warnings', other, file, 'theirs']);
  if (how === 'is terminated') await thread.terminate();
  process.exit(0);
}
const stores = sqliteStores({ file });
await stores.cursors.advance('ours', undefined, 'stored');
// Held by the thread, which goes on.
setInterval(() => void stores.cursors.read('ours'), 60_000);
const isStored: unknown = workerData;
if (!(isStored instanceof Int32Array)) throw new Error('Nobody waits for this thread.');
Atomics.store(isStored, 0, 1);
Atomics.notify(isStored, 0);
