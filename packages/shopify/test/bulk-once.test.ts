import { describe, expect, it } from 'vitest';
import { shopifyBulk } from '../src/index.ts';
import { between } from './calls.ts';
import { shopWithGoods } from './shop.ts';

const making =
  'mutation Make($product: ProductCreateInput!) { productCreate(product: $product) { product { id } userErrors { field message } } }';
const titled = (...titles: readonly string[]) => titles.map((title) => ({ product: { title } }));
const four = titled('Bulk 0', 'Bulk 1', 'Bulk 2', 'Bulk 3');

type Fetch = typeof globalThis.fetch;

function world(through: (fetch: Fetch) => Fetch = (fetch) => fetch) {
  const shop = shopWithGoods();
  const { state, fake, clock } = shop;
  const open = () =>
    shopifyBulk({
      shop: 'acme',
      accessToken: state.accessToken,
      fetch: through(fake.fetch),
      clock,
      random: () => 0.5,
    });
  const made = () => state.products.filter(({ title }) => title !== 'Goods').map(({ title }) => title);
  return { ...shop, open, made };
}

async function run(
  bulk: ReturnType<typeof shopifyBulk>,
  lines: Parameters<typeof bulk.mutation>[1] = four,
  { text = making, key = 'k' } = {},
) {
  const answers: number[] = [];
  for await (const part of bulk.mutation(text, lines, { idempotencyKey: key })) {
    answers.push(...part.map(({ line }) => line));
  }
  return answers.toSorted((a, b) => a - b);
}

describe('an import', () => {
  it.each([
    ['a comment', `#graphql\n${making}`],
    ['a fragment', `fragment F on Product { id }\n${making.replace('{ id }', '{ ...F }')}`],
  ])('is told from another one behind %s', async (_what, text) => {
    const { open, made } = world();
    await run(open(), titled('A'), { text, key: 'one' });
    await run(open(), titled('B'), { text, key: 'two' });
    expect(made()).toEqual(['A', 'B']);
  });

  it('takes one mutation and nothing else', async () => {
    const { open } = world();
    for (const text of [`${making}\nmutation Other { shop { id } }`, '{ shop { name } }', '']) {
      await expect(run(open(), four, { text })).rejects.toMatchObject({ code: 'options.invalid' });
    }
  });

  it('is carried out once by two calls at one moment, of one process and of two', async () => {
    const one = world();
    const bulk = one.open();
    expect(await Promise.all([run(bulk), run(bulk)])).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
    expect(one.made()).toHaveLength(4);
    const two = world();
    await Promise.all([run(two.open()), run(two.open())]);
    expect(two.made()).toHaveLength(4);
  });

  it('is not sent again where its start comes late', async () => {
    const { open, made, fake, clock } = world();
    fake.faults.next('bulkOperationRunMutation', { kind: 'late', ms: 3000 });
    await run(open());
    await clock.advance(60_000);
    expect(made()).toHaveLength(4);
  });

  it('is uncertain where it failed half way, and is not run again', async () => {
    const { open, made, state } = world();
    state.failNextBulk({ errorCode: 'INTERNAL_SERVER_ERROR', afterObjects: 3 });
    for (let call = 0; call < 2; call += 1) {
      await expect(run(open())).rejects.toMatchObject({ code: 'write.uncertain' });
    }
    expect(new Set(made()).size).toBe(made().length);
    expect(state.bulkOperations).toHaveLength(1);
  });

  it('refuses another content under its key, whatever the order of its properties', async () => {
    const { open, state } = world();
    await run(open(), [{ product: { title: 'O', vendor: 'v' } }]);
    await run(open(), [{ product: { vendor: 'v', title: 'O' } }]);
    expect(state.bulkOperations).toHaveLength(1);
    await expect(run(open(), titled('P'))).rejects.toMatchObject({ code: 'key.reused' });
  });

  it('is in flight or uncertain once it is started: links that break, lines without an answer', async () => {
    const broken = world();
    broken.fake.faults.always('bulk.download', { kind: 'drop', when: 'before' });
    await expect(run(broken.open())).rejects.toMatchObject({ code: 'write.uncertain' });
    const unseen = world();
    unseen.fake.faults.always('bulkOperation', { kind: 'drop', when: 'before' });
    await expect(run(unseen.open())).rejects.toMatchObject({ code: 'write.in-flight' });
    const ended = { id: 'gid://shopify/BulkOperation/1', createdAt: '2026-11-01T00:00:00Z', status: 'COMPLETED' };
    const empty = { ...ended, errorCode: null, objectCount: '3', fileSize: null, url: null, partialDataUrl: null };
    const silent = world((fetch) =>
      between(fetch, ({ operationName }) =>
        operationName === 'BulkOperationById' ? { bulkOperation: empty } : undefined,
      ),
    );
    await expect(run(silent.open())).rejects.toMatchObject({ code: 'write.uncertain' });
  });
});
