import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { PlatformUsage, ToWorker, WorkerSettings } from '../world/messages.ts';
import { connect } from './hub.ts';
import { tell, worldClock } from './world-clock.ts';

// The team's own process: it opens a port for webhooks, and works when its scheduler says so. It may die at any moment.
const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
const clock = worldClock(settings.now);
const { integration, systems } = connect(settings, clock);

const server = serve(
  {
    port: settings.port,
    hostname: '127.0.0.1',
    fetch: (request) => {
      const system = new URL(request.url).pathname.slice('/webhooks/'.length);
      return isKnown(system) ? integration.receive(system, request) : new Response('No such system.', { status: 404 });
    },
  },
  ({ port }: AddressInfo) => tell({ kind: 'ready', port }),
);

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

/** What webhooks lost is found by asking. */
async function sweep(): Promise<void> {
  await integration.poll('shopify', 'orders.pull');
  await integration.poll('shipbob', 'shipments.pull');
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
