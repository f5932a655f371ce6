// Stores an order, loses the log that holds it, and ends before anybody looks.
import { rmSync } from 'node:fs';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', where = '', how = ''] = process.argv.slice(2);
if (where === 'thread') {
  const thread = new Worker(new URL(import.meta.url), { argv: [file, 'inside', how] });
  const ended = Promise.withResolvers<void>();
  thread.on('error', () => {});
  thread.on('exit', () => ended.resolve());
  await ended.promise;
  process.exit(0);
}
const stores = sqliteStores({ file });
await stores.cursors.advance('ours', undefined, 'stored');
const lose = () => {
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`);
};
if (how === 'exits in a unit') {
  await stores.atomically(async (inside) => {
    await inside.cursors.advance('unit', undefined, 'lost');
    lose();
    process.exit(0);
  });
}
lose();
if (how === 'throws') throw new Error('This ends it.');
process.exit(0);
