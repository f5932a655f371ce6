import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { address, refOf } from '../shop.ts';
import { seenLater } from './late.ts';

type Shop = FakePlatform<ShopifyState>;
const lateMs = 110_000;

/** Goods that come back. */
export const returnScenery: Pick<
  Scenery<ShopifyState>,
  'returns.pull' | 'returns.get' | 'returns.create' | 'returns.confirm'
> = {
  'returns.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push(returnRef(platform.state.openReturn(shipped(platform).id).id));
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => void state.processReturn(id, { lines: [{ sku: 'TEE', quantity: 1 }] }),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.processReturn(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
        return seenLater(platform, platform.state.unlistOrder(platform.state.return(id).orderId));
      },
    },
    unknownStatus(platform) {
      const { id } = platform.state.openReturn(shipped(platform).id);
      platform.state.useReturnWord(id, 'TELEPORTED');
      return returnRef(id);
    },
  },
  'returns.get': { unknown: () => returnRef('gid://shopify/Return/404') },
  'returns.create': {
    draft(platform, number) {
      const { id, lines } = shipped(platform);
      return {
        number: `RMA-${number}`,
        order: refOf(id),
        lines: lines.map((line) => ({
          id: line.id,
          sku: line.sku ?? '',
          quantity: line.quantity,
          reason: 'too small',
        })),
      };
    },
    created: ({ state }) => state.orders.flatMap(({ id }) => state.returnsOf(id).map((each) => each.id)),
  },
  'returns.confirm': {
    ready(platform) {
      const { id, lines } = platform.state.openReturn(shipped(platform).id);
      return { ref: returnRef(id), lines: lines.map(({ sku = '', quantity }) => ({ sku, quantity })) };
    },
    received: ({ state }, { id }) => state.return(id).lines.reduce((sum, { processed }) => sum + processed, 0),
    forSale: ({ state }, sku) => state.available(sku),
  },
};

function shipped({ state }: Shop) {
  const order = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 3 }], shippingAddress: address });
  state.shipOrder(order.id);
  return order;
}

function returnRef(id: string) {
  return { system: 'shopify', kind: 'return', id } as const;
}
