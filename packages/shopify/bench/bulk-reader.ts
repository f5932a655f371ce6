// Reads a catalogue out of a bulk operation's file in a process of its own, and says how much memory that took at most.
// `crossdock` reads it by `products.pull`; `hand` as somebody would write it for this one file: fetch, cut, parse, group.
import { shopify } from '@crossdock/shopify';

const [contender, origin = ''] = process.argv.slice(2);

async function byHand(): Promise<number> {
  const response = await fetch(`${origin}/file`);
  const decoder = new TextDecoder();
  let rest = '';
  let variants = 0;
  let product: { readonly id: string; readonly variants: unknown[] } | undefined;
  const close = () => {
    variants += product?.variants.length ?? 0;
  };
  const take = (line: string) => {
    const row = JSON.parse(line);
    if (row['__parentId'] === undefined) {
      close();
      product = { ...row, variants: [] };
    } else if (row['__parentId'] === product?.id) {
      product?.variants.push(row);
    }
  };
  for await (const piece of response.body ?? []) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  if (rest !== '') take(rest);
  close();
  return variants;
}

async function byCrossdock(): Promise<number> {
  const shop = shopify({ shop: 'acme', accessToken: 'token', origin });
  let variants = 0;
  for await (const { items } of shop.products.pull({})) {
    for (const item of items) variants += item.variants.length;
  }
  return variants;
}

const variants = await (contender === 'hand' ? byHand() : byCrossdock());
console.log(JSON.stringify({ variants, peakBytes: process.resourceUsage().maxRSS * 1024 }));
