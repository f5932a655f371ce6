import { isCommerceError } from '@crossdock/core';
import { compose, defineFlow, type AnyFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { erp, ownership, shop } from './shop.ts';

const flow = (change: Partial<AnyFlow> = {}): AnyFlow => ({
  ...defineFlow({ name: 'f', version: 1, on: 'order.placed', needs: {}, key: () => 'k', run: async () => {} }),
  ...change,
});

/** What the composing of these says, as a program without a compiler would see it. */
function said(systems: object, ...flows: readonly AnyFlow[]): string {
  try {
    compose({
      systems: systems as never,
      flows: flows as never,
      ownership,
      stores: memoryStores(),
    });
  } catch (error) {
    return isCommerceError(error, 'wiring.invalid') ? error.message : `something else: ${String(error)}`;
  }
  return 'nothing';
}

const both = { shop: shop(), erp: erp().connector };

it('says nothing when everything fits', () => {
  expect(said(both, flow(), flow({ version: 2 }), flow({ name: 'g', needs: { erp: ['orders.create'] } }))).toBe(
    'nothing',
  );
});

it('refuses a connector of another contract', () => {
  expect(said({ ...both, erp: { ...both.erp, contract: 2 } })).toContain('System "erp" speaks contract "2"');
});

it('refuses a system that calls itself otherwise', () => {
  expect(said({ ...both, store: shop() })).toContain('System "store" gives out references to "shop"');
});

it('refuses a system whose name would meet the ids of another', () => {
  const nested = { ...shop(), system: 'shop/de' };
  expect(said({ ...both, 'shop/de': nested })).toContain('System "shop/de" needs a name without "/"');
  expect(said({ ...both, '': { ...shop(), system: '' } })).toContain('System "" needs a name without "/"');
});

it('refuses a flow that is there twice', () => {
  expect(said(both, flow(), flow())).toContain('Flow "f" version 1 is there twice');
});

it('refuses what is needed and not offered', () => {
  expect(said(both, flow({ needs: { erp: ['orders.cancel'] } }))).toContain(
    'needs "orders.cancel" of "erp", which does not',
  );
  expect(said(both, flow({ needs: { wms: ['orders.create'] } }))).toContain('needs a system named "wms", and none is');
});

it('refuses to listen to nobody', () => {
  expect(said(both, flow({ from: 'pos' }))).toContain('listens to "pos", and no system is named so');
});

it.each([{ version: 0 }, { version: 1.5 }, { name: '' }, { name: 'a/b' }])('refuses a flow with %o', (change) => {
  expect(said(both, flow(change))).toContain('needs a');
});

it('refuses an owner that nobody connected', () => {
  expect(said({ shop: shop() })).toContain('Ownership names "erp", and no system is named so');
});

it('says everything at once', () => {
  const message = said({ shop: shop() }, flow({ version: 0 }), flow({ needs: { erp: ['orders.create'] } }));
  expect(message).toContain('Ownership names');
  expect(message).toContain('whole number');
  expect(message).toContain('named "erp"');
});

it('refuses to drop what no newer event replaces', () => {
  expect(said(both, flow({ on: 'stock.counted', stale: 'drop' }))).toContain('drops what is stale of "stock.counted"');
  expect(said(both, flow({ on: 'order.updated', stale: 'drop' }))).toBe('nothing');
});
