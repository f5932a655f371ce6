import { read, type Prepare, type Probe } from './probe.ts';
import { pullsOf } from './pulls.ts';
import { readAll } from './read-all.ts';

/** Every read comes first: a law that needs one takes the first. */
export const reads: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.get'];
    if (!connector.can('orders.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('orders.get', (options) => connector.orders.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.get'];
    if (!connector.can('fulfillments.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('fulfillments.get', (options) => connector.fulfillments.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['inventory.get'];
    if (!connector.can('inventory.get') || !scene) return [];
    const sku = await scene.stocked(platform);
    return read('inventory.get', (options) => connector.inventory.get([sku], options));
  },
  async (trial) => {
    const probes: Probe[] = [];
    for (const { operation, pull, seed } of pullsOf(trial)) {
      if (!seed) continue;
      await seed(trial.platform, 2);
      probes.push(...read(operation, (options) => readAll(pull({}, options))));
    }
    return probes;
  },
  async ({ connector }) => {
    if (!connector.can('customers.get')) return [];
    return read('customers.get', (options) => connector.customers.get({ email: 'nobody@example.test' }, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['returns.get'];
    if (!connector.can('returns.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('returns.get', (options) => connector.returns.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['invoices.get'];
    if (!connector.can('invoices.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('invoices.get', (options) => connector.invoices.get(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['invoices.readiness'];
    if (!connector.can('invoices.readiness') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('invoices.readiness', (options) => connector.invoices.readiness(ref, options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['purchases.get'];
    if (!connector.can('purchases.get') || !scene) return [];
    const ref = await scene.unknown(platform);
    return read('purchases.get', (options) => connector.purchases.get(ref, options));
  },
  async ({ connector }) => {
    if (!connector.can('products.get')) return [];
    return read('products.get', (options) => connector.products.get([{ sku: 'NOBODY-KNOWS-THIS' }], options));
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['prices.get'];
    if (!connector.can('prices.get') || !scene) return [];
    const { sku } = await scene.priced(platform, 907);
    return read('prices.get', (options) => connector.prices.get([sku], options));
  },
];
