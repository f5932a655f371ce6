// One of several processes that draw from one allowance, which they keep in the same stores. Says when it is ready, begins when
// it is told to, and says at the end how many of its calls were answered and refused.
import { createHttpClient, isCommerceError } from '@crossdock/core';
import * as z from 'zod';
import { openStores } from '../fencing/place.ts';

const [module = '', where = '', baseUrl = '', callers = '', capacity = '', refillPerSecond = ''] =
  process.argv.slice(2);
const stores = await openStores({ module, where });
const http = createHttpClient({
  system: 'shop',
  baseUrl,
  explain: () => undefined,
  retry: false,
  shared: stores.shared,
  buckets: { calls: { capacity: Number(capacity), refillPerSecond: Number(refillPerSecond) } },
});

process.once('message', (forMs) => void work(Number(forMs)));
process.send?.('ready');

async function work(forMs: number): Promise<void> {
  const endsAt = Date.now() + forMs;
  let refused = 0;
  const caller = async (lane: 'urgent' | 'bulk') => {
    while (Date.now() < endsAt) {
      try {
        const bucket = { name: 'calls', cost: 1 };
        await http.send({
          operation: 'get',
          method: 'GET',
          path: '',
          safety: 'read',
          bucket,
          lane,
          answer: z.unknown(),
        });
      } catch (error) {
        if (!isCommerceError(error, 'platform.throttled')) throw error;
        refused += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Number(callers) }, (_, place) => caller(place % 2 ? 'urgent' : 'bulk')));
  await stores.close();
  process.send?.({ calls: http.usage()[0]?.calls, refused });
  process.disconnect();
}
