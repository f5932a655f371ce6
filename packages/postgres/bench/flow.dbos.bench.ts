// What a durable order flow of five steps costs, from the page that brought the order to its end, against a DBOS workflow
// of the same five steps: on PostgreSQL beside it, and on the embedded default. DBOS has no other store than PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { defineConnector, defineOwnership, type Order, type Stores } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { postgresStores } from '@crossdock/postgres';
import { anOrder } from '@crossdock/testing';
import { startPostgres } from '../../../scripts/postgres-server.mjs';

const perRound = 150;
const rounds = 5;
const concurrency = 10;
const steps = ['customer', 'sales-order', 'link', 'release', 'belongs-to'] as const;

/** What a step gives: the reference of a record. */
const resultOf = (step: string, number: string) => ({ system: 'erp', kind: 'order', id: `${step}-${number}` });

const flow = defineFlow({
  name: 'order',
  version: 1,
  on: 'order.placed',
  needs: {},
  key: ({ data }) => data.number,
  async run({ event: { data }, step }) {
    for (const name of steps) await step(name, async () => resultOf(name, data.number));
  },
});

function ourFlow(stores: Stores) {
  let page: readonly Order[] = [];
  let cursor = 0;
  let count = 0;
  const shop = defineConnector({
    platform: 'bench',
    apiVersion: '1',
    system: 'shop',
    ports: {
      orders: {
        async *pull() {
          yield { items: page, cursor: String(++cursor) };
        },
      },
    },
    traits: { 'orders.pull': { cursor: 'opaque', maxPage: perRound } },
    check: async () => {},
    usage: () => [],
  });
  const hub = compose({
    systems: { shop },
    flows: [flow],
    ownership: defineOwnership({
      'order.status': 'shop',
      'order.lines': 'shop',
      'stock.available': 'shop',
      'product.price': 'shop',
      'product.content': 'shop',
      'shipment.tracking': 'shop',
    }),
    stores,
  });
  return async () => {
    page = Array.from({ length: perRound }, () => {
      const number = String(++count);
      return anOrder({ number, ref: { system: 'shop', kind: 'order', id: number } });
    });
    await hub.poll('shop', 'orders.pull');
    const { done } = await hub.work({ concurrency });
    if (done !== perRound) throw new Error(`${done} of ${perRound} orders came to their end.`);
  };
}

const theirWorkflow = DBOS.registerWorkflow(
  async (number: string) => {
    for (const name of steps) await DBOS.runStep(async () => resultOf(name, number), { name });
  },
  { name: 'order' },
);

function theirFlow() {
  let count = 0;
  return async () => {
    let left = perRound;
    const worker = async () => {
      while (left-- > 0) await theirWorkflow(String(++count));
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  };
}

export async function bench() {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-bench-'));
  const postgres = await postgresStores({ connectionString: server.url });
  const sqlite = sqliteStores({ file: join(folder, 'bench.db') });
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: server.url, logLevel: 'error' });
  await DBOS.launch();
  try {
    const contenders = { postgres: ourFlow(postgres), sqlite: ourFlow(sqlite), dbos: theirFlow() };
    const seconds = { postgres: [] as number[], sqlite: [] as number[], dbos: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      for (const name of ['postgres', 'sqlite', 'dbos'] as const) {
        const began = performance.now();
        await contenders[name]();
        // The first round only warms up.
        if (round > 0) seconds[name].push(performance.now() - began);
      }
    }
    const [ours, embedded, theirs] = [median(seconds.postgres), median(seconds.sqlite), median(seconds.dbos)];
    const against = 'a DBOS workflow of as many steps';
    return [
      {
        id: 'flow.dbos',
        ratio: theirs / embedded,
        against: `${against}, ours on the embedded default`,
        goal: '>=3',
        met: theirs >= 3 * embedded,
      },
      {
        id: 'flow.dbos-postgres',
        ratio: theirs / ours,
        against: `${against}, both on PostgreSQL`,
        goal: '>=3',
        met: theirs >= 3 * ours,
      },
    ];
  } finally {
    await DBOS.shutdown();
    await postgres.close();
    await sqlite.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
