// Stores an order, loses the file, and is killed while what it held is being copied: right after the copy was begun.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = ''] = process.argv.slice(2);
const { closeSync } = fs;
const stores = sqliteStores({ file });
await stores.cursors.advance('ours', undefined, 'stored');
for (const end of ['', '-wal', '-shm']) fs.rmSync(`${file}${end}`);
fs.closeSync = (opened) => {
  closeSync(opened);
  process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();
await stores.cursors.advance('refused', undefined, 'lost');
