// Opens stores as somebody else would and writes to them. Prints what came of it, as JSON.
import { writeSync } from 'node:fs';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', name = '', busyTimeoutMs = '100'] = process.argv.slice(2);
try {
  const stores = sqliteStores({ file, busyTimeoutMs: Number(busyTimeoutMs) });
  try {
    const before = await stores.cursors.read('before');
    const wrote = await stores.cursors.advance(name, undefined, 'stored');
    writeSync(1, JSON.stringify({ before, wrote }));
  } finally {
    await stores.close();
  }
} catch (error) {
  const { code, message } = error as { readonly code: string; readonly message: string };
  writeSync(1, JSON.stringify({ code, message }));
}
