import * as z from 'zod';
import { withId, type ShopHand } from './shop-hand.ts';

/** Everything that a run made, whoever made it, has the run's name in it: buyers' companies, SKUs, names. */
const batches = [
  // By the run's name in the buyer's company; lists show nothing of the trash unless they are asked for it.
  {
    path: '/orders',
    found: (run: string) => [`/orders?status=any&search=${run}`, `/orders?status=trash&search=${run}`],
  },
  {
    path: '/products',
    found: (run: string) => ['any', 'trash'].map((status) => `/products?status=${status}&search_sku=${run}`),
  },
  { path: '/customers', found: (run: string) => [`/customers?role=all&search=${run}`] },
  { path: '/products/categories', found: (run: string) => [`/products/categories?search=${run}`] },
] as const;
const perBatch = 50;
/** What stays where it is after so many rounds nobody can delete. */
const rounds = 3;

/** Deletes for good what a run made, and says what is left. Deleted at once, nothing of it tells a webhook. */
export async function cleanUp(hand: ShopHand, run: string): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { path, found } of batches) {
    const lists = found(run);
    for (let round = 1; ; round++) {
      const ids = (await Promise.all(lists.map((list) => hand.all(list)))).flat();
      if (ids.length === 0) break;
      if (round > rounds) {
        left.push(`${ids.length} of ${path}`);
        break;
      }
      await remove(hand, path, [...new Set(ids)]);
    }
  }
  await remove(hand, '/webhooks', await webhooksOf(hand, run));
  return left;
}

/** By their address: the connector names them itself. */
async function webhooksOf(hand: ShopHand, run: string): Promise<readonly number[]> {
  const rows = await hand.read('/webhooks?per_page=100', z.array(webhook));
  return rows.flatMap(({ id, delivery_url: address }) => (address.includes(run) ? [id] : []));
}

const webhook = z.object({ id: z.int(), delivery_url: z.string() });

async function remove(hand: ShopHand, path: string, ids: readonly number[]): Promise<void> {
  for (let at = 0; at < ids.length; at += perBatch) {
    const part = ids.slice(at, at + perBatch);
    // Users go to nobody, which a customer that is deleted alone has to say and one of a batch has not.
    await hand.write('POST', `${path}/batch`, answered, { delete: part });
  }
}

const answered = z.object({ delete: z.array(z.union([withId, z.object({ error: z.unknown() })])).optional() });
