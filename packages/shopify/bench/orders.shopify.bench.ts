// How many orders a second a Standard shop gives: our pull, which asks for ids and then for orders by id, against full
// pages of the same selection, as one would write them first. Both wait for the same allowance, which is empty when they
// begin, by the same client; each answer is 200 ms on its way, and time is the shop's. Goal: at least 5 times as many.
import { fakeShopify, testClock } from '@crossdock/testing';
import * as z from 'zod';
import { ordersById } from '../src/documents/orders.ts';
import { shopify, shopifyClient } from '../src/index.ts';

const goal = 5;
const orders = 2500;
const latencyMs = 200;
/** As in the first examples of the platform; and the longest page of this selection that the platform lets through. */
const pageSizes = { naive: 50, longest: 150 };

export async function bench() {
  const ours = await perSecond(async ({ options }) => {
    let count = 0;
    for await (const page of shopify(options).orders.pull({})) count += page.items.length;
    return count;
  });
  const naive = await perSecond(({ options }) => fullPages(options, pageSizes.naive));
  const longest = await perSecond(({ options }) => fullPages(options, pageSizes.longest));
  console.log(
    `  orders.shopify, orders a second: crossdock ${ours.toFixed(1)}, full pages of ${pageSizes.naive} ${naive.toFixed(1)}, of ${pageSizes.longest} ${longest.toFixed(1)} (${(ours / longest).toFixed(2)} of those)`,
  );
  const ratio = ours / naive;
  return [{ id: 'orders.shopify', ratio, against: 'full pages', goal: `>=${goal}`, met: ratio >= goal }];
}

type World = ReturnType<typeof shopWithOrders>;

async function perSecond(read: (world: World) => Promise<number>): Promise<number> {
  const world = shopWithOrders();
  const { state, clock } = world;
  state.drainBucket(0);
  const before = clock.now();
  const count = await read(world);
  if (count !== orders) throw new Error(`${count} of ${orders} orders were read.`);
  return count / ((clock.now() - before) / 1000);
}

function shopWithOrders() {
  const { state, clock, faults, fetch } = fakeShopify({ clock: testClock({ turns: 1 }) });
  const skus = ['TEE', 'MUG', 'CAP'];
  state.addProduct({ title: 'Goods', variants: skus.map((sku) => ({ sku, price: '10.00', stock: orders })) });
  const address = {
    firstName: 'Ada',
    lastName: 'Example',
    address1: '1 Main Street',
    city: 'Dayton',
    countryCode: 'US',
  };
  for (let order = 0; order < orders; order += 1) {
    state.placeOrder({ lines: skus.map((sku) => ({ sku, quantity: 1 })), shippingAddress: address });
  }
  faults.always('*', { kind: 'slow', ms: latencyMs });
  const options = { shop: 'acme', accessToken: state.accessToken, clock, random: () => 0.5, fetch };
  return { state, clock, options };
}

const page = z.object({
  orders: z.object({
    nodes: z.array(z.unknown()),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

/** Reads all orders as whole pages, one after another. */
async function fullPages(options: World['options'], pageSize: number): Promise<number> {
  const client = shopifyClient(options);
  // The very selection that our pull makes of each order.
  const [, selection = ''] = /\.\.\. on Order \{([\s\S]*)\} \} \}$/.exec(ordersById.text) ?? [];
  const text = `query Naive($after: String) {
    orders(first: ${pageSize}, after: $after, sortKey: UPDATED_AT) {
      nodes { ${selection} }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  let count = 0;
  let after: string | null = null;
  for (let isMore = true; isMore;) {
    const { data }: { readonly data: z.infer<typeof page> } = await client.run(text, {
      variables: { after },
      answer: page,
    });
    count += data.orders.nodes.length;
    ({ hasNextPage: isMore, endCursor: after } = data.orders.pageInfo);
  }
  return count;
}
