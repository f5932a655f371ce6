// One described call through the whole policy list against one bare ky call that gives the same parsed value, and bare
// fetch beside them. The server is another process on loopback; rounds of the three take turns, so that whatever else
// the machine does hits all of them.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ky from 'ky';
import * as z from 'zod';
import { createHttpClient } from '../src/http/client.ts';
import type { HttpCall } from '../src/http/call.ts';

const goal = 1.25;
const rounds = 15;
const warmupRounds = 3;
const callsPerRound = { 1: 400, 50: 2000 } as const;
type Concurrency = keyof typeof callsPerRound;

// As short as a schema can be: checking an answer is the caller's wish, and bare ky does not do it.
const answer = z.object({ id: z.number() });

export async function bench() {
  const server = fork(fileURLToPath(new URL('./loopback-server.mjs', import.meta.url)), { execArgv: [] });
  try {
    const contenders = contendersFor(`http://127.0.0.1:${await portOf(server)}`);
    const results = [];
    for (const concurrency of [1, 50] as const) results.push(await compare(contenders, concurrency));
    // One id, so one ratio: the worse of the two.
    const worst = results.toSorted((one, other) => other - one)[0] ?? Number.NaN;
    return [{ id: 'http.call', ratio: worst, against: 'bare ky', goal: `<=${goal}`, met: worst <= goal }];
  } finally {
    server.kill();
  }
}

type Contenders = Readonly<Record<'crossdock' | 'ky' | 'fetch', () => Promise<unknown>>>;

function contendersFor(origin: string): Contenders {
  const http = createHttpClient({
    system: 'bench',
    baseUrl: origin,
    explain: () => undefined,
    learn: ({ headers }) => [{ name: 'calls', available: Number(headers.get('x-left')) }],
    sign(request) {
      request.headers.set('authorization', 'Bearer token');
      return request;
    },
    buckets: { calls: { capacity: 1e9, refillPerSecond: 1e9 } },
  });
  const call: HttpCall<{ id: number }> = {
    operation: 'orders.get',
    method: 'GET',
    path: 'orders/1',
    safety: 'read',
    bucket: { name: 'calls', cost: 1 },
    answer,
  };
  const bare = ky.create({ retry: 0 });
  const headers = { authorization: 'Bearer token' };
  return {
    crossdock: () => http.send(call),
    ky: () => bare(`${origin}/orders/1`, { headers }).json(),
    fetch: async () => (await fetch(`${origin}/orders/1`, { headers })).json(),
  };
}

/** The median of the rounds' ratios: each round is compared with its neighbour in time. */
async function compare(contenders: Contenders, concurrency: Concurrency): Promise<number> {
  const calls = callsPerRound[concurrency];
  const perCall: Record<keyof Contenders, number[]> = { crossdock: [], ky: [], fetch: [] };
  for (let round = -warmupRounds; round < rounds; round++) {
    // The order turns, so that no contender always runs after the same other one.
    const names = (['crossdock', 'ky', 'fetch'] as const).map((_, index, all) => all[(index + round + 30) % 3] ?? 'ky');
    for (const name of names) {
      const micros = await timed(contenders[name], calls, concurrency);
      if (round >= 0) perCall[name].push(micros);
    }
  }
  const ratio = median(perCall.crossdock.map((micros, round) => micros / (perCall.ky[round] ?? Number.NaN)));
  const shown = Object.entries(perCall).map(([name, all]) => `${name} ${median(all).toFixed(0)} µs`);
  console.log(`  http.call, ${concurrency} at a time: ${shown.join(', ')}; ratio to ky ${ratio.toFixed(2)}`);
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
