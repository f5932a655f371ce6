import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordedShop, recordings, replayer, type Difference } from './replay.ts';
import { playAll } from './script.ts';

/** Where the fake answers otherwise, and why. A line that is not true any more fails. A star is everything below. */
const known: readonly { readonly name: string; readonly what: string; readonly why: string }[] = [
  {
    name: 'order-qty0',
    what: '.data.error.message',
    why: 'The recording had its file paths cut; the fake shows some, because a client must not log them.',
  },
  { name: 'order-qty0', what: '.data.error.file', why: 'As above.' },
  {
    name: 'page-orderby',
    what: '[1].id',
    why: 'Orders of one second come as MySQL likes; the fake takes them by id.',
  },
  { name: 'page-orderby', what: '[2].id', why: 'As above.' },
  {
    name: 'webhook-list',
    what: '[0].*',
    why: 'All webhooks were made in one second; the fake shows the newest first.',
  },
  {
    name: 'batch-settings',
    what: '.options.*',
    why: 'The fake names currencies as the Unicode consortium does, and not as WooCommerce does. The codes are the same.',
  },
  {
    name: 'system-status',
    what: '.environment.*',
    why: 'The machine that was recorded; the fake shows what a client may care for, and its own address by HTTPS.',
  },
  { name: 'system-status', what: '.settings.*', why: 'Settings that nothing in this fake depends on are not shown.' },
  { name: 'wp-index-fields', what: '.name', why: 'The recorded shop had a name of its own.' },
  { name: 'wp-index-fields', what: '.url', why: 'That server was asked by HTTP.' },
  { name: 'wp-index-fields', what: '.namespaces.length', why: 'Plugins of the recorded server.' },
];

const isKnown = ({ name, what }: Difference, line: (typeof known)[number]) =>
  line.name === name && (line.what.endsWith('*') ? what.startsWith(line.what.slice(0, -1)) : line.what === what);

describe('fake WooCommerce against recorded exchanges', () => {
  it('answers a shop’s day as recorded: keys, products, orders, refunds, lists, stock, webhooks, batches, taxes', async () => {
    const shop = recordedShop();
    const exchanges = recordings();

    const differences = await playAll(shop, replayer(shop, recordedShop(false)), exchanges);

    expect(exchanges).toHaveLength(232);
    expect(differences.filter((difference) => !known.some((line) => isKnown(difference, line)))).toEqual([]);
    expect(known.filter((line) => !differences.some((difference) => isKnown(difference, line)))).toEqual([]);
  });

  it('delivers a changed order byte for byte as recorded, but for ids, moments and keys', async () => {
    const recorded = JSON.parse(readFileSync(new URL('samples/delivery.json', import.meta.url), 'utf8')) as {
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }; // our own recording
    const shop = recordedShop(false);
    const delivered: Request[] = [];
    shop.webhooks.deliver = async (request) => {
      delivered.push(request.clone());
      return new Response();
    };
    shop.state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt 19%' });
    shop.state.addProduct({ sku: 'MUG-1', name: 'Simple Mug', price: '12.99', stock: 10 });
    shop.state.addWebhook({ topic: 'order.updated', url: 'http://127.0.0.1:8080/order-updated' });
    shop.state.placeOrder({
      number: 57,
      createdVia: 'rest-api',
      paymentMethod: '',
      customerNote: 'Ümläut "quote" <b>&amp; </b>',
      billing: { first_name: 'Jürgen', country: 'DE', email: 'w2@example.test' },
      lines: [{ sku: 'MUG-1', quantity: 1 }],
    });
    await shop.clock.advance(60_000);

    const [request] = delivered;
    expect(withoutChance(await (request ?? new Request('http://nobody')).text())).toBe(withoutChance(recorded.body));
    const told = Object.keys(recorded.headers).filter((name) => /^x-wc|^content-type$|^user-agent$/.test(name));

    expect(told.map((name) => shape(name, request?.headers.get(name) ?? ''))).toEqual(
      told.map((name) => shape(name, recorded.headers[name] ?? '')),
    );
  });
});

/** What every run draws or counts for itself. */
function withoutChance(body: string): string {
  return body
    .replaceAll(/"(id|product_id)":\d+/g, '"$1":0')
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/g, '<moment>')
    .replaceAll(/wc_order_\w+/g, '<key>');
}

/** A header as recorded; of what is drawn its length. */
function shape(header: string, value: string): readonly (string | number)[] {
  return [header, /signature|delivery-id/.test(header) ? value.length : value];
}
