// A worker in a process of its own. Says on its standard output what it does, one line of JSON a thing. At one point it
// stands still when it was told to, as a machine does that is moved or out of memory, or is killed.
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import {
  createHttpClient,
  defineConnector,
  isCommerceError,
  systemClock,
  type OrderDraft,
  type WriteOptions,
} from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import * as z from 'zod';
import { draftOf, ownership, shop } from '../flows/shop.ts';
import { openStores, type Place } from './place.ts';

/** What a worker is told when it is started. */
export interface Orders {
  readonly place: Place;
  readonly erp: string;
  readonly leaseMs: number;
  readonly pauseAt?: string | undefined;
  /** How far the clock of the machine is set back while it stands still. */
  readonly setBackMs?: number | undefined;
  readonly dieAt?: string | undefined;
}

// Only the test writes it.
const { place, erp, leaseMs, pauseAt, setBackMs = 0, dieAt } = JSON.parse(process.argv[2] ?? '{}') as Orders;

const say = (what: Readonly<Record<string, unknown>>) => writeSync(1, `${JSON.stringify(what)}\n`);

/** Dies here, or stands still the first time until somebody lets it go on. */
let isPaused = false;
const clock = { ...systemClock, now: () => systemClock.now() - (isPaused ? setBackMs : 0) };
function reach(point: string): void {
  if (point === dieAt) process.kill(process.pid, 'SIGKILL');
  if (point !== pauseAt || isPaused) return;
  isPaused = true;
  // Whoever stands still cannot set its own clock, so it is set just before.
  say({ at: point });
  process.kill(process.pid, 'SIGSTOP');
}

const client = createHttpClient({
  system: 'erp',
  baseUrl: erp,
  explain: () => undefined,
  sign(request, { operation }) {
    if (operation === 'orders.create') reach('signing');
    return request;
  },
});

const ledger = defineConnector({
  platform: 'ledger',
  apiVersion: '1',
  system: 'erp',
  ports: {
    orders: {
      async create({ number }: OrderDraft, { idempotencyKey, signal }: WriteOptions) {
        const { data } = await client.send({
          operation: 'orders.create',
          method: 'POST',
          path: 'orders',
          json: { number },
          headers: { 'idempotency-key': idempotencyKey },
          safety: 'repeatable',
          signal,
          answer: z.object({ id: z.string() }),
        });
        return { system: 'erp', kind: 'order' as const, id: data.id };
      },
    },
  },
  traits: { 'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
  check: async () => {},
  usage: () => [],
});

const good = await openStores(place);
let isWritten = false;
const stores: typeof good = {
  ...good,
  jobs: {
    ...good.jobs,
    async claim(...given) {
      const claimed = await good.jobs.claim(...given);
      if (claimed.length > 0) reach('claim answered');
      return claimed;
    },
  },
  idempotency: {
    ...good.idempotency,
    async begin(...given) {
      const begun = await good.idempotency.begin(...given);
      reach('begin answered');
      return begun;
    },
  },
  runs: {
    ...good.runs,
    async writeStep(...given) {
      if (given[1] === 'create') {
        // The end of its write is on its way beside it, and is let arrive.
        await isEnded(`${given[0]}/create`);
        reach('before the result of the step is stored');
      }
      const answer = await good.runs.writeStep(...given);
      isWritten ||= given[1] === 'create';
      say({ step: given[1], answer });
      if (given[1] === 'prepare') reach('step answered');
      return answer;
    },
  },
  async atomically(work) {
    if (isWritten) reach('before the end of the run is stored');
    return good.atomically(work);
  },
};

async function isEnded(key: string): Promise<void> {
  while ((await good.idempotency.peek(key))?.state !== 'done') await setImmediate();
}

const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: (event) => event.data.number,
  async run({ event, systems, step }) {
    await step('prepare', () => Promise.resolve('prepared'));
    await step('create', async ({ key }) => {
      say({ key });
      reach('in the step before its write');
      try {
        return await systems.erp.orders.create(draftOf(event), { idempotencyKey: key });
      } catch (error) {
        say({ write: isCommerceError(error) ? error.code : 'unknown' });
        throw error;
      }
    });
  },
});

const hub = compose({
  systems: { shop: shop(), erp: ledger },
  flows: [placeOrder],
  ownership,
  stores,
  clock,
  leaseMs,
  settleMs: 10,
  retryDelayMs: 10,
});
hub.signals.on('run.lost', ({ error }) => say({ lost: error.code }));
hub.signals.on('run.finished', ({ attempts }) => say({ finished: attempts }));

// A connection that stands: the next request on it leaves at once, faster than any timer.
await client.send({ operation: 'ping', method: 'GET', path: 'ping', safety: 'read', answer: z.unknown() });
say({ ready: true });
for (;;) {
  const { nextInMs } = await hub.work({ concurrency: 1 });
  if (nextInMs === undefined) break;
  await new Promise((resolve) => setTimeout(resolve, Math.min(nextInMs, 50)));
}
await good.close();
