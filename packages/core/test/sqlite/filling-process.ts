// Writes into a place with little room until it is refused, makes room and goes on. Prints one thing a line, as JSON.
import { existsSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';

const [file = '', room = ''] = process.argv.slice(2);
const say = (what: object) => writeSync(1, `${JSON.stringify(what)}\n`);
const sayFailure = (what: string, error: unknown) => {
  const { code, message } = error as { readonly code: string; readonly message: string };
  say({ what, code, message });
};
/** Everything in one unit, so that half of one would be seen. */
async function order(stores: Stores, number: number): Promise<void> {
  await stores.atomically(async (inside) => {
    await inside.cursors.advance(`order/${number}`, undefined, 'x'.repeat(3_000));
    await inside.inbox.put({
      system: 'shop',
      deliveryId: `${number}`,
      topic: 't',
      body: 'x'.repeat(3_000),
      receivedAt: 'now',
    });
  });
  say({ what: 'acknowledged', number });
}

const filler = join(dirname(file), 'filler');
if (room === 'filler') writeFileSync(filler, 'x'.repeat(1_000_000));
const stores = sqliteStores({ file });
let number = 0;
try {
  for (;;) await order(stores, ++number);
} catch (error) {
  sayFailure('refused', error);
}
// Everybody of a group is told, and what is read is still there.
const group = await Promise.allSettled([order(stores, number + 1), order(stores, number + 2)]);
for (const end of group) if (end.status === 'rejected') sayFailure('refused', end.reason);
say({ what: 'read', first: (await stores.cursors.read('order/1')) !== undefined });
if (existsSync(filler)) {
  try {
    await sqliteStores({ file: join(dirname(file), 'new.db') }).close();
    say({ what: 'opened' });
  } catch (error) {
    sayFailure('unopened', error);
  }
  rmSync(filler);
  for (let more = number; more < number + 5; more++) await order(stores, more);
}
await stores.close();
if (room === 'filler') {
  const again = sqliteStores({ file });
  for (let one = 1; one < number + 5; one++) {
    const [cursor, entry] = [await again.cursors.read(`order/${one}`), await again.inbox.get('shop', `${one}`)];
    say({ what: 'found', number: one, whole: cursor !== undefined && entry !== undefined });
  }
  await again.close();
  await sqliteStores({ file: join(dirname(file), 'new.db') }).close();
  say({ what: 'opened later' });
}
