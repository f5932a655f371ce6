import type { OdooOptions } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { aWorld, versions } from './world.ts';

/** A connector whose calls take their time, and how many of them were away at one moment. */
function aSlowWorld(version: (typeof versions)[number], options: Partial<OdooOptions> = {}) {
  const world = aWorld(version);
  let away = 0;
  let most = 0;
  const fetch: typeof globalThis.fetch = async (...request) => {
    most = Math.max(most, ++away);
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return await world.platform.fetch(...request);
    } finally {
      away--;
    }
  };
  return { ...world, erp: world.connect({ fetch, ...options }), most: () => most };
}

describe.each(versions)('calls to Odoo %s', (version) => {
  it('are at most eight at one moment, over all ports, and all are answered', async () => {
    const world = aSlowWorld(version);
    const asked = Array.from({ length: 40 }, () => [
      world.erp.customers.get({ accountNumber: 'C-1001' }),
      world.erp.products.get([{ sku: 'TEE' }]),
      world.erp.check(),
    ]).flat();
    await Promise.all<unknown>(asked);
    expect(world.most()).toBe(8);
  });

  it('are as many as the option says', async () => {
    const world = aSlowWorld(version, { simultaneousCalls: 3 });
    await Promise.all(Array.from({ length: 20 }, () => world.erp.check()));
    expect(world.most()).toBe(3);
  });
});
