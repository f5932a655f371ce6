// Stores an order, loses a part of the file while another process stores one too, and leaves without closing anything.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', how = '', company = ''] = process.argv.slice(2);
let stores: ReturnType<typeof sqliteStores> | undefined = sqliteStores({ file });
await stores.cursors.advance('ours', undefined, 'stored');
if (company !== 'alone') {
  rmSync(`${file}-shm`);
  const other = new URL('opening-process.ts', import.meta.url).pathname;
  execFileSync(process.execPath, ['--conditions=@crossdock/source', '--no-warnings', other, file, 'theirs']);
}
if (how === 'exits') process.exit(0);
if (how === 'is killed') process.kill(process.pid, 'SIGKILL');
if (how === 'forgets them') {
  stores = undefined;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('Nothing can be collected on demand here.');
  for (let turn = 0; turn < 5; turn++) {
    collect();
    await setImmediate();
  }
}
