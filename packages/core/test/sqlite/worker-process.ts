// A worker in a process of its own, to be killed. Says on its standard output what it did, one line a thing.
import { appendFileSync, writeSync } from 'node:fs';
import { compose, defineFlow } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { draftOf, erp, ownership, shop } from '../flows/shop.ts';

const [file = '', ledgerFile = '', dieAt = ''] = process.argv.slice(2);
/** Says where it is, and is killed there when it was told to. */
function reach(point: string): void {
  writeSync(1, `${point}\n`);
  if (point === dieAt) process.kill(process.pid, 'SIGKILL');
}

const good = sqliteStores({ file });
const stores = {
  ...good,
  async atomically<T>(work: Parameters<typeof good.atomically<T>>[0]): Promise<T> {
    const result = await good.atomically(async (inside) => {
      const given = await work(inside);
      reach('before commit');
      return given;
    });
    reach('after commit');
    return result;
  },
};
const ledger = erp((draft, { idempotencyKey }) => {
  reach('before write');
  // The other system's own memory: it has the order from here on, whatever becomes of this process.
  appendFileSync(ledgerFile, `${JSON.stringify({ number: draft.number, key: idempotencyKey })}\n`);
  reach('after write');
});
const flow = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: (event) => event.data.number,
  async run({ event, systems, links, step }) {
    const made = await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
    await step('link', () => links.link(event.data.ref, made));
  },
});
const hub = compose({
  systems: { shop: shop(), erp: ledger.connector },
  flows: [flow],
  ownership,
  stores,
  leaseMs: 300,
  settleMs: 10,
  retryDelayMs: 10,
});
const report = await hub.work({ concurrency: 4 });
reach(`worked ${JSON.stringify(report)}`);
await good.close();
