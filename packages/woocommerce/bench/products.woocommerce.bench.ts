// 50,000 products pulled out of a shop that makes each page when it is asked: what is on the heap at most, behind a
// collection, against a pull of 2000. Nothing of a page is kept behind it, so the two are the same. Goal at most 1.2.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { woocommerce } from '../src/index.ts';

const [few, many] = [2000, 50_000];

export async function bench() {
  await peakOf(few);
  const small = await peakOf(few);
  const large = await peakOf(many);
  console.log(
    `  products.woocommerce, on the heap at most: ${mib(small)} with ${few} products, ${mib(large)} with ${many}`,
  );
  const ratio = large / small;
  return [{ id: 'products.woocommerce', ratio, against: `a pull of ${few}`, goal: '<=1.2', met: ratio <= 1.2 }];
}

function mib(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

async function peakOf(count: number): Promise<number> {
  const shop = woocommerce({
    url: 'https://shop.example',
    consumerKey: `ck_${'1'.repeat(40)}`,
    consumerSecret: `cs_${'2'.repeat(40)}`,
    currency: 'EUR',
    fetch: shopOf(count),
  });
  let read = 0;
  let pages = 0;
  let peak = 0;
  for await (const { items } of shop.products.pull({})) {
    read += items.length;
    pages += 1;
    if (pages % 10 !== 0) continue;
    collect();
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  // A page begins at the second in which the one before ended, so that one product comes twice.
  if (read < count) throw new Error(`${read} of ${count} products were read.`);
  return peak;
}

const firstAt = Date.parse('2026-01-01T00:00:00Z');

/** One product a second, each with a description of a few sentences. */
function shopOf(count: number): typeof globalThis.fetch {
  return async (input) => {
    const { pathname, searchParams } = new URL(new Request(input).url);
    if (pathname.endsWith('/woocommerce_weight_unit')) return Response.json({ value: 'kg' });
    const after = searchParams.get('modified_after');
    const from = after === null ? 0 : (Date.parse(after) - firstAt) / 1000 + 1;
    const length = Math.min(100, count - from);
    const rows = Array.from({ length }, (_none, index) => productAt(from + index));
    const headers = { 'x-wp-total': String(count - from), 'x-wp-totalpages': String(Math.ceil((count - from) / 100)) };
    return Response.json(rows, { headers });
  };
}

function productAt(number: number) {
  return {
    id: number + 1,
    parent_id: 0,
    sku: `P-${number}`,
    type: 'simple',
    manage_stock: true,
    stock_quantity: 10,
    regular_price: '5.00',
    sale_price: '',
    price: '5.00',
    date_modified_gmt: new Date(firstAt + number * 1000).toISOString().slice(0, 19),
    name: `Product ${number}`,
    status: 'publish',
    description: `<p>${'Of combed cotton, made to last. '.repeat(20)}</p>`,
    categories: [{ id: 15, name: 'Uncategorized', slug: 'uncategorized' }],
    attributes: [],
    variations: [],
    weight: '0.25',
    global_unique_id: '',
  };
}
