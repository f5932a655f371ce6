// One document through our client, which paces, validates and counts, against the same through the vendor's own, which
// does none of it, and bare fetch beside them. The shop is another process on loopback; rounds of the three take turns, so
// that whatever else the machine does hits all of them. Goal: at most 1.5 times the vendor's time.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createAdminApiClient } from '@shopify/admin-api-client';
import * as z from 'zod';
import { shopifyClient } from '../src/index.ts';

const goal = 1.5;
const rounds = 21;
const warmupRounds = 4;
const callsPerRound = { 1: 400, 20: 1200 } as const;
type Concurrency = keyof typeof callsPerRound;
const names = ['crossdock', 'vendor', 'fetch'] as const;
type Contenders = Readonly<Record<(typeof names)[number], () => Promise<unknown>>>;

const text = `query Orders($query: String) {
  orders(first: 10, query: $query) {
    nodes { id name updatedAt displayFinancialStatus totalPriceSet { shopMoney { amount currencyCode } } tags }
  }
}`;
const variables = { query: "updated_at:>='2026-11-01T00:00:00Z'" };
const money = z.object({ amount: z.string(), currencyCode: z.string() });
const order = z.object({
  id: z.string(),
  name: z.string(),
  updatedAt: z.iso.datetime(),
  displayFinancialStatus: z.string().nullable(),
  totalPriceSet: z.object({ shopMoney: money }),
  tags: z.array(z.string()),
});
const answer = z.object({ orders: z.object({ nodes: z.array(order) }) });

export async function bench() {
  const server = fork(fileURLToPath(new URL('./loopback-shop.mjs', import.meta.url)), { execArgv: [] });
  try {
    const contenders = contendersFor(`http://127.0.0.1:${await portOf(server)}`);
    const results = [];
    for (const concurrency of [1, 20] as const) results.push(await compare(contenders, concurrency));
    const worst = Math.max(...results);
    return [
      {
        id: 'call.shopify',
        ratio: worst,
        against: '@shopify/admin-api-client',
        goal: `<=${goal}`,
        met: worst <= goal,
      },
    ];
  } finally {
    server.kill();
  }
}

function contendersFor(origin: string): Contenders {
  const client = shopifyClient({ shop: 'acme', accessToken: 'shpat_bench', origin });
  const vendor = createAdminApiClient({
    storeDomain: 'acme.myshopify.com',
    apiVersion: '2026-07',
    accessToken: 'shpat_bench',
    // It speaks to the shop's own address only.
    customFetchApi: (url, init) => fetch(`${origin}${url.slice(url.indexOf('/admin/'))}`, init),
  });
  const url = `${origin}/admin/api/2026-07/graphql.json`;
  const headers = { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_bench' };
  return {
    crossdock: () => client.run(text, { variables, answer }),
    vendor: () => vendor.request(text, { variables }),
    async fetch() {
      const body = JSON.stringify({ query: text, variables });
      return (await fetch(url, { method: 'POST', headers, body })).json();
    },
  };
}

/** The median of the rounds' ratios: each round is compared with its neighbour in time. */
async function compare(contenders: Contenders, concurrency: Concurrency): Promise<number> {
  const calls = callsPerRound[concurrency];
  const perCall: Record<keyof Contenders, number[]> = { crossdock: [], vendor: [], fetch: [] };
  for (let round = -warmupRounds; round < rounds; round++) {
    // The order turns, so that no contender always runs after the same other one.
    const turn = names.map((_, index) => names[(index + round + 30) % 3] ?? 'fetch');
    for (const name of turn) {
      const micros = await timed(contenders[name], calls, concurrency);
      if (round >= 0) perCall[name].push(micros);
    }
  }
  const ratio = median(perCall.crossdock.map((micros, round) => micros / (perCall.vendor[round] ?? Number.NaN)));
  const shown = names.map((name) => `${name} ${median(perCall[name]).toFixed(0)} µs`);
  console.log(`  call.shopify, ${concurrency} at a time: ${shown.join(', ')}; ratio ${ratio.toFixed(2)}`);
  return ratio;
}

async function timed(work: () => Promise<unknown>, calls: number, concurrency: number): Promise<number> {
  const started = performance.now();
  let left = calls;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return ((performance.now() - started) * 1000) / calls;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function portOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('message', (port) => resolve(Number(port)));
    server.once('error', reject);
  });
}
