// Opens files until the system allows no more, and then stores with room for none, one, two … more. Prints what came of each, as JSON.
import { closeSync, openSync, writeSync } from 'node:fs';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = ''] = process.argv.slice(2);
// Whatever is loaded at its first use is loaded now.
await sqliteStores({ file }).close();
const held: number[] = [];
try {
  for (;;) held.push(openSync(process.execPath, 'r'));
} catch {
  // There is no room left.
}
const said: string[] = [];
while (said.at(-1) !== 'opened' && said.length < 20) {
  try {
    const stores = sqliteStores({ file });
    await stores.close();
    said.push('opened');
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    said.push(`${code} ${message}`);
  }
  const one = held.pop();
  if (one !== undefined) closeSync(one);
}
writeSync(1, JSON.stringify(said));
