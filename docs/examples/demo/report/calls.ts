import type { World } from '../world/world.ts';
import type { Calls } from './outcome.ts';

/** Points a second of Shopify's standard plan, and ShipBob's requests a minute. Shopify 2026-07, ShipBob 2026-01. */
const shopifyPointsPerSecond = 100;
const shipbobRequestsPerMinute = 150;

/** What reached each platform, counted there, and what the connectors reckoned that it cost. */
export function countCalls(world: World, hours: number): readonly Calls[] {
  const { shopify, woocommerce, amazon, odoo, shipbob, worker } = world;
  const used = (system: string) =>
    worker.usage.filter((usage) => usage.system === system).reduce((sum, { spent }) => sum + spent, 0);
  const calls = (system: string) =>
    Math.max(0, ...worker.usage.filter((usage) => usage.system === system).map((usage) => usage.calls));
  const points = used('shopify');
  const requests = used('shipbob');
  return [
    {
      system: 'shopify',
      calls: shopify.journal.all.length,
      refused: shopify.journal.all.filter(({ status }) => status === 429).length,
      quota: `${whole(points)} points of cost, ${share(points, shopifyPointsPerSecond * 3600 * hours)} of the standard plan's ${shopifyPointsPerSecond} a second`,
    },
    {
      system: 'woocommerce',
      calls: woocommerce.journal.all.length,
      refused: woocommerce.journal.all.filter(({ status }) => status === 429).length,
      quota: 'no published quota',
    },
    {
      system: 'amazon',
      calls: amazon.journal.all.length,
      refused: amazon.journal.all.filter(({ status }) => status === 429).length,
      quota: `${whole(calls('amazon'))} calls at most drew from one of its buckets`,
    },
    {
      system: 'odoo',
      calls: odoo.journal.all.length,
      refused: odoo.journal.all.filter(({ status }) => status === 429).length,
      quota: 'no published quota',
    },
    {
      system: 'shipbob',
      calls: shipbob.journal.all.length,
      refused: shipbob.state.counts.throttled,
      quota: `${share(requests, shipbobRequestsPerMinute * 60 * hours)} of ${shipbobRequestsPerMinute} requests a minute`,
    },
  ];
}

function share(used: number, allowed: number): string {
  return `${((used / allowed) * 100).toFixed(2)} %`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}
