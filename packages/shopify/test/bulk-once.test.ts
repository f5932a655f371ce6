import { isCommerceError, type SharedStore } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
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
  const open = (more: { readonly shared?: SharedStore; readonly fetch?: Fetch } = {}) =>
    shopifyBulk({
      shop: 'acme',
      accessToken: state.accessToken,
      fetch: through(fake.fetch),
      clock,
      random: () => 0.5,
      ...more,
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

/** How a call may end that found another one at it. */
const honest = new Set(['done', 'write.uncertain', 'write.in-flight']);

function codeOf(error: unknown): string {
  return isCommerceError(error) ? error.code : String(error);
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

  it.each([3000, 25_000, 100_000])(
    'is carried out once by two processes that share, also where its start comes %i ms late',
    async (ms) => {
      const { open, made, fake, clock } = world();
      const { shared } = memoryStores({ clock });
      fake.faults.next('bulkOperationRunMutation', { kind: 'late', ms });
      const both = await Promise.allSettled([run(open({ shared })), run(open({ shared }))]);
      const ends = both.map((one) => (one.status === 'fulfilled' ? 'done' : codeOf(one.reason)));
      // A third process knows nothing but what they share.
      for (let call = 0; call < 8; call += 1) {
        ends.push(await run(open({ shared })).then(() => 'done', codeOf));
        await clock.advance(20_000);
      }
      expect(ends.filter((end) => !honest.has(end))).toEqual([]);
      expect(await run(open({ shared }))).toEqual([0, 1, 2, 3]);
      expect(made()).toHaveLength(4);
    },
  );

  it('waits where the answer to its start was lost, and is found when it comes', async () => {
    let arrives: (() => Promise<unknown>) | undefined;
    const { open, made, fake } = world((fetch) => async (input, init) => {
      const request = new Request(input, init);
      const isStart = !arrives && (await request.clone().text()).includes('bulkOperationRunMutation');
      if (!isStart) return fetch(request);
      arrives = () => fake.fetch(request);
      throw new TypeError('fetch failed');
    });
    const bulk = open();
    await expect(run(bulk)).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(run(bulk)).rejects.toMatchObject({ code: 'write.in-flight' });
    await arrives?.();
    expect(await run(bulk)).toEqual([0, 1, 2, 3]);
    expect(made()).toHaveLength(4);
  });

  it('is sent again where the start never came, once nothing of it can be on its way', async () => {
    const { open, made, fake, clock } = world();
    const bulk = open();
    fake.faults.next('bulkOperationRunMutation', { kind: 'drop', when: 'before' });
    await expect(run(bulk)).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(run(bulk)).rejects.toMatchObject({ code: 'write.in-flight' });
    await clock.advance(120_000);
    expect(await run(bulk)).toEqual([0, 1, 2, 3]);
    expect(made()).toHaveLength(4);
  });

  it('is not sent after the time for which its start was noted', async () => {
    const { open, made, fake, clock } = world();
    const begun = clock.now();
    const starts: number[] = [];
    const fetch: Fetch = async (input, init) => {
      const request = new Request(input, init);
      const isStart = (await request.clone().text()).includes('bulkOperationRunMutation');
      if (!isStart) return fake.fetch(request);
      starts.push(clock.now() - begun);
      if (starts.length > 1) return fake.fetch(request);
      return new Response(null, { status: 429, headers: { 'retry-after': '55.0' } });
    };
    expect(await run(open({ fetch }))).toEqual([0, 1, 2, 3]);
    // After 55 s the request was held back; the start was noted anew, and sent then.
    expect(starts).toEqual([0, expect.toSatisfy((at: number) => at >= 60_000)]);
    expect(made()).toHaveLength(4);
  });

  it('is found out where two processes that share nothing start it at one moment', async () => {
    const { open, made, fake } = world();
    const others: (() => void)[] = [];
    // Each looks before the other one has started.
    const together = (fetch: Fetch) =>
      between(fetch, async ({ operationName }) => {
        if (operationName !== 'BulkRunMutation') return undefined;
        const { promise, resolve } = Promise.withResolvers<void>();
        others.push(resolve);
        if (others.length === 2) for (const go of others) go();
        await promise;
        return undefined;
      });
    const fetch = together(fake.fetch);
    const both = await Promise.allSettled([run(open({ fetch })), run(open({ fetch }))]);
    const ends = both.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
    expect(new Set(ends)).toEqual(new Set(['write.uncertain']));
    await expect(run(open())).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(made()).toHaveLength(8);
  });

  it('that runs is waited for, whatever is said beside it', async () => {
    const { open } = world((fetch) => {
      return async (input, init) => {
        const response = await fetch(input, init);
        const text = await response.text();
        const isStart = text.includes('"bulkOperationRunMutation"');
        const beside = '"userErrors":[{"field":null,"message":"Something else.","code":"INVALID_MUTATION"}]';
        return new Response(isStart ? text.replace('"userErrors":[]', beside) : text, response);
      };
    });
    expect(await run(open())).toEqual([0, 1, 2, 3]);
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
    const empty = { ...ended, errorCode: null, fileSize: null, url: null, partialDataUrl: null };
    const silent = world((fetch) =>
      between(fetch, ({ operationName }) =>
        operationName === 'BulkOperationById' ? { bulkOperation: empty } : undefined,
      ),
    );
    await expect(run(silent.open())).rejects.toMatchObject({ code: 'write.uncertain' });
  });
});
