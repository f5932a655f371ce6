// Opens stores as somebody else would and writes to them. Prints what came of it, as JSON.
import { writeSync } from 'node:fs';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', name = '', busyTimeoutMs = '100', as = ''] = process.argv.slice(2);
// Only now: whoever has no rights may not be allowed to read the checkout either.
if (as === 'nobody') {
  process.setgroups?.([]);
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}
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
