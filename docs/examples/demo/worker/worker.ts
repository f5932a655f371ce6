import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { channels } from '../channels.ts';
import { worldTime, type PlatformUsage, type ToWorker, type WorkerSettings } from '../world/messages.ts';
import { connect } from './hub.ts';
import { countOpenCalls } from './open-calls.ts';
import { tell, worldClock } from './world-clock.ts';

// The team's own process: it opens a port for webhooks, and works when its scheduler says so. It may die at any moment.
const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
const clock = worldClock(settings.now, countOpenCalls());
const { integration, systems } = connect(settings, clock);

const server = serve(
  {
    port: settings.port,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      clock.goOnTo(Number(request.headers.get(worldTime) ?? 0));
      if (pathname === '/queue/amazon') return take(await request.text());
      const system = pathname.slice('/webhooks/'.length);
      return isKnown(system) ? integration.receive(system, request) : new Response('No such system.', { status: 404 });
    },
  },
  ({ port }: AddressInfo) => tell({ kind: 'ready', port }),
);

/** A message of the queue, as the queue's own trigger hands it over: what is not taken stays in the queue. */
async function take(body: string): Promise<Response> {
  try {
    await integration.take('amazon', { body });
    return new Response(null, { status: 200 });
  } catch (error) {
    return new Response(error instanceof Error ? error.message : 'not taken', { status: 503 });
  }
}

function isKnown(system: string): system is keyof typeof systems {
  return Object.hasOwn(systems, system);
}

process.on('message', (message: ToWorker) => {
  clock.receive(message);
  if (message.kind === 'wake') return;
  const task = message.kind === 'sweep' ? sweep() : Promise.resolve();
  task
    .then(() => settle(message.id))
    .catch((error: unknown) => {
      tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
});
process.on('disconnect', () => {
  server.close();
  process.exit(0);
});

/**
 * What webhooks lost is found by asking. Stock is counted in every sixth hour, when every channel has been asked for its
 * orders: only then may figures go up.
 */
async function sweep(): Promise<void> {
  for (const channel of channels) await integration.poll(channel, 'orders.pull');
  await integration.poll('shipbob', 'shipments.pull');
  if (new Date(clock.now()).getUTCHours() % 6 === 0) await integration.poll('odoo', 'inventory.pull');
}

/** Works until nothing is due. What became due meanwhile, such as a webhook that just came in, is done as well. */
async function settle(id: number): Promise<void> {
  for (;;) {
    const { done, retried, parked, nextInMs } = await integration.work({ limit: 40, concurrency: 4 });
    if (done + retried + parked > 0) continue;
    tell({ kind: 'settled', id, nextInMs, usage: used() });
    return;
  }
}

function used(): readonly PlatformUsage[] {
  return Object.entries(systems).flatMap(([system, connector]) => connector.usage().map((one) => ({ system, ...one })));
}
