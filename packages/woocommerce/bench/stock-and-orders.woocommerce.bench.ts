// How many stock numbers and orders a second a small shop takes, on a machine with the costs that were measured on a real
// one: two processors, four PHP workers. Ours beside the vendor's own client (@woocommerce/woocommerce-rest-api 1.0.2) as
// its examples use it, and a naive loop over fetch; all three one call at a time as they are written, ours as it decides.
// Ours looks up every SKU and compares before it writes, and looks for an order's reference before and behind it; the
// others know their numbers already and repeat nothing. Time is the shop's. Goals: 5 times as much stock, 1.3 times as
// many orders.
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { fakeWooCommerce, testClock, wooKey } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import type vendorModule from '@woocommerce/woocommerce-rest-api';
import { woocommerce } from '../src/index.ts';
import { aDraft, aDraftLine } from '../test/drafts.ts';

// It is CommonJS, whose exports `require` gives as they are.
const { default: Vendor } = createRequire(import.meta.url)('@woocommerce/woocommerce-rest-api') as typeof vendorModule;

const products = 1000;
const orders = 100;

export async function bench() {
  return [...(await stock()), ...(await sales())];
}

async function stock() {
  const ours = await perSecond(products, async ({ shop, skus }) => {
    const outcomes = await shop.inventory.push(
      skus.map((sku) => ({ sku, available: 7 })),
      { idempotencyKey: 'bench' },
    );
    if (outcomes.some(({ ok }) => !ok)) throw new Error('Not all of it was written.');
  });
  const vendor = await perSecond(products, async ({ vendor: api, ids }) => {
    for (const id of ids) await api.put(`products/${id}`, { stock_quantity: 7 });
  });
  const naive = await perSecond(products, async ({ put, ids }) => {
    for (const id of ids) await put(`products/${id}`, { stock_quantity: 7 });
  });
  return figures('stock.woocommerce', 'stock numbers', { ours, vendor, naive }, 5);
}

async function sales() {
  const numbers = Array.from({ length: orders }, (_none, number) => number + 1);
  const ours = await perSecond(orders, async ({ shop }) => {
    await Promise.all(
      numbers.map((number) => shop.orders.create(draft(number), { idempotencyKey: `bench-${number}` })),
    );
  });
  const vendor = await perSecond(orders, async ({ vendor: api, ids }) => {
    for (const number of numbers) await api.post('orders', plain(number, ids));
  });
  const naive = await perSecond(orders, async ({ post, ids }) => {
    for (const number of numbers) await post('orders', plain(number, ids));
  });
  // What has to be asked besides for as much as ours promises: once, whatever becomes of an answer, and to the cent.
  const safe = await perSecond(orders, async ({ vendor: api, ids, skus }) => {
    for (const number of numbers) {
      const search = { search: `bench-${number}`, per_page: 100 };
      await api.get('orders', { ...search, status: 'any' });
      await api.get('orders', { ...search, status: 'trash' });
      await api.get('products', { sku: skus.slice(1, 3).join(), _fields: 'id,sku' });
      const { data } = await api.post('orders', { ...plain(number, ids), status: 'pending' });
      await api.get('orders', { ...search, status: 'any' });
      await api.put(`orders/${data.id}`, { status: 'processing' });
    }
  });
  console.log(`  orders.woocommerce, the vendor's client with the same looks before and behind it: ${safe.toFixed(1)}`);
  const [ratio, goal] = [ours / safe, 1.3];
  const against = "the vendor's client with the same looks";
  return [
    ...figures('orders.woocommerce', 'orders', { ours, vendor, naive }, goal),
    { id: 'orders.woocommerce.safe', ratio, against, goal: `>=${goal}`, met: ratio >= goal },
  ];
}

const draft = (number: number) =>
  aDraft(number, { lines: [aDraftLine('P-1', 2, '10.00'), aDraftLine('P-2', 1, '5.00')] });

const plain = (number: number, [one = 0, other = 0]: readonly number[]) => ({
  status: 'processing',
  transaction_id: `bench-${number}`,
  line_items: [
    { product_id: one, quantity: 2 },
    { product_id: other, quantity: 1 },
  ],
});

type World = Awaited<ReturnType<typeof shopOnAMachine>>;

async function perSecond(count: number, work: (world: World) => Promise<void>): Promise<number> {
  const world = await shopOnAMachine();
  try {
    const before = world.clock.now();
    await work(world);
    return count / ((world.clock.now() - before) / 1000);
  } finally {
    await world.close();
  }
}

async function shopOnAMachine() {
  const clock = testClock({ turns: 1 });
  const fake = fakeWooCommerce({ speed: {}, clock });
  const { state } = fake;
  state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt' });
  state.seedProducts(products);
  const goods = state.products.slice(0, products);
  const door = await listen(fake);
  const createConnection = () => connect(door.port, '127.0.0.1');
  const httpsAgent = Object.assign(new Agent(), { protocol: 'https:', createConnection });
  const access = { consumerKey: wooKey.key, consumerSecret: wooKey.secret } as const;
  const call = async (method: string, path: string, body: object): Promise<void> => {
    const response = await fake.fetch(`https://shop.example/wp-json/wc/v3/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`"${path}" was answered with ${response.status}.`);
  };
  return {
    clock,
    shop: woocommerce({ url: 'https://shop.example', ...access, fetch: fake.fetch, clock, random: () => 0.5 }),
    vendor: new Vendor({ url: 'https://shop.example', ...access, axiosConfig: { httpsAgent, maxRedirects: 0 } }),
    put: (path: string, body: object) => call('PUT', path, body),
    post: (path: string, body: object) => call('POST', path, body),
    ids: goods.map(({ id }) => id),
    skus: goods.map(({ sku }) => sku),
    close: () => door.close(),
  };
}

function figures(
  id: string,
  what: string,
  { ours, vendor, naive }: { readonly ours: number; readonly vendor: number; readonly naive: number },
  goal: number,
) {
  console.log(
    `  ${id}, ${what} a second: crossdock ${ours.toFixed(1)}, the vendor's client ${vendor.toFixed(1)}, a naive loop ${naive.toFixed(1)}`,
  );
  const ratios = [
    [`${id}.vendor`, ours / vendor, "the vendor's client"],
    [`${id}.naive`, ours / naive, 'a naive loop'],
  ] as const;
  return ratios.map(([name, ratio, against]) => ({ id: name, ratio, against, goal: `>=${goal}`, met: ratio >= goal }));
}
