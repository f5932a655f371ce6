import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { lateMs, seenLater } from './late.ts';

type Shop = FakePlatform<ShopifyState>;

/** Variants with prices that are there and change. */
export const priceScenery: Pick<Scenery<ShopifyState>, 'prices.pull' | 'prices.get'> = {
  'prices.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push({
          system: 'shopify',
          kind: 'price',
          id: sold(platform, `P-${platform.clock.now()}`, '10.00'),
        } as const);
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => void state.touchVariant(skuOf(state, id)),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.touchVariant(skuOf(platform.state, id));
        return seenLater(platform, platform.state.unlist(id));
      },
    },
  },
  'prices.get': {
    priced(platform, number) {
      const price = `${20 + number}.50`;
      sold(platform, `PRICED-${number}`, price);
      return { sku: `PRICED-${number}`, amount: { amount: price, currency: 'USD' } };
    },
    unknownSku: () => 'NEVER-PRICED',
    another(platform, { sku }) {
      sold(platform, sku, '7.25');
      return { sku, amount: { amount: '7.25', currency: 'USD' } };
    },
  },
};

function sold({ state }: Shop, sku: string, price: string): string {
  const [variant] = state.addProduct({ title: sku, variants: [{ sku, price }] }).variants;
  return variant?.id ?? '';
}

function skuOf(state: ShopifyState, id: string): string {
  const variant = state.products.flatMap(({ variants }) => variants).find((each) => each.id === id);
  return variant?.sku ?? '';
}
