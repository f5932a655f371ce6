import { testClock, type FakePlatform, type ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { linesAt, readBulk } from './bulk-result.ts';
import { shopWithStock } from './shop.ts';

const run = `mutation Run($query: String!, $grouped: Boolean! = false) {
  bulkOperationRunQuery(query: $query, groupObjects: $grouped) {
    bulkOperation { id status type objectCount url } userErrors { field message code }
  }
}`;
const week = 7 * 24 * 60 * 60 * 1000;
const products = '{ products { edges { node { id title variants { edges { node { id sku } } } } } } }';

async function start(platform: FakePlatform<ShopifyState>, query = products, grouped = false) {
  const answer = await ask(platform, run, { query, grouped });
  expect(answer.errors).toEqual([]);
  return answer;
}

async function finished(platform: FakePlatform<ShopifyState>, query = products, grouped = false) {
  const id = textAt(
    (await start(platform, query, grouped)).body,
    'data',
    'bulkOperationRunQuery',
    'bulkOperation',
    'id',
  );
  await platform.clock.advance(60_000);
  const answer = await ask(platform, readBulk, { id });
  return { id, answer, lines: () => linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'url')) };
}

/** Whether a child stands before its parent. */
const isOrphan = (lines: readonly unknown[]) =>
  lines.some((line, at) => {
    const parent = valueAt(line, ['__parentId']);
    return parent !== undefined && !lines.slice(0, at).some((other) => valueAt(other, ['id']) === parent);
  });

describe('a bulk query', () => {
  it('writes each object in a line of its own, with the id of its parent and escaped slashes', async () => {
    const { platform, state } = shopWithStock();
    const { answer, lines } = await finished(platform);
    expect(answer.at('bulkOperation')).toMatchObject({
      status: 'COMPLETED',
      objectCount: '4',
      rootObjectCount: '2',
      partialDataUrl: null,
      completedAt: expect.any(String),
    });
    const { text, lines: found } = await lines();
    expect(text).toContain(String.raw`gid:\/\/shopify\/Product\/`);
    expect(answer.at('bulkOperation', 'fileSize')).toBe(String(new TextEncoder().encode(text).length));
    const tee = state.variant('TEE');
    expect(found).toHaveLength(4);
    expect(found).toContainEqual({ id: tee.productId, title: 'Tee' });
    expect(found).toContainEqual({ id: tee.id, sku: 'TEE', __parentId: tee.productId });
  });

  it('goes from created to running to completed by the clock, and tells so', async () => {
    const { platform, state } = shopWithStock();
    state.setBulkPace({ startMs: 1000, perThousandMs: 1_000_000 });
    state.subscribe('bulk_operations/finish', 'https://receiver.example/hook');
    const bodies: string[] = [];
    platform.webhooks.deliver = async (request) => {
      bodies.push(await request.text());
      return new Response('');
    };
    const release = platform.clock.hold();
    const started = await start(platform);
    expect(started.at('bulkOperationRunQuery', 'bulkOperation')).toMatchObject({ status: 'CREATED', url: null });
    const id = textAt(started.body, 'data', 'bulkOperationRunQuery', 'bulkOperation', 'id');
    release();
    await platform.clock.advance(1000);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation', 'status')).toBe('RUNNING');
    await platform.clock.advance(2000);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation', 'status')).toBe('COMPLETED');
    await platform.clock.advance(1000);
    expect(bodies.map((body): unknown => JSON.parse(body))).toMatchObject([
      { admin_graphql_api_id: id, status: 'completed', type: 'query', error_code: null },
    ]);
  });

  it('puts children anywhere, or behind their parents when asked to', async () => {
    const { platform, state } = shopWithStock();
    for (let at = 0; at < 30; at++) state.addProduct({ title: `P${at}`, variants: [{ sku: `S${at}`, price: '1.00' }] });
    expect(isOrphan((await (await finished(platform)).lines()).lines)).toBe(true);
    expect(isOrphan((await (await finished(platform, products, true)).lines()).lines)).toBe(false);
  });

  it('reads the levels of one location, whatever is said of pages', async () => {
    const { platform, warehouse } = shopWithStock();
    const query = `{ location(id: "${warehouse}") { id inventoryLevels(first: 1) { edges { node { id quantities(names: ["available"]) { quantity } item { sku } } } } } }`;
    const { lines } = await (await finished(platform, query)).lines();
    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual({ id: warehouse });
    expect(lines).toContainEqual(
      expect.objectContaining({ __parentId: warehouse, item: { sku: 'TEE' }, quantities: [{ quantity: 100 }] }),
    );
  });

  it('has no file when it finds nothing', async () => {
    const { platform } = shopWithStock();
    const { answer } = await finished(platform, '{ customers { edges { node { id } } } }');
    expect(answer.at('bulkOperation')).toMatchObject({
      status: 'COMPLETED',
      objectCount: '0',
      url: null,
      fileSize: null,
    });
  });

  it.each([
    ['{ shop { name } }', 'at least one connection'],
    ['{ products { nodes { id } } }', 'edges { node'],
    ['{ node(id: "gid://shopify/Product/1") { id } }', 'top level `node`'],
    [
      '{ products { edges { node { title variants { edges { node { id } } } } } } }',
      "must select the 'id' field without an alias",
    ],
    ['{ products { edges { node { key: id variants { edges { node { id } } } } } } }', "without 'id': variants"],
    [
      '{ customers { edges { node { id orders { edges { node { id lineItems { edges { node { id } } } } } } } } } }',
      'nesting depth greater than 2',
    ],
    [
      '{ a: products { edges { node { id } } } b: products { edges { node { id } } } c: products { edges { node { id } } } d: products { edges { node { id } } } e: products { edges { node { id } } } f: products { edges { node { id } } } }',
      'more than 5 connections',
    ],
    ['{ products { edges { node { colour } } } }', "Field 'colour' doesn't exist"],
    ['query Q($a: Int) { products(first: $a) { edges { node { id } } } }', 'cannot have variables'],
    ['mutation { orderClose(input: {id: "gid://shopify/Order/1"}) { order { id } } }', 'no query'],
  ])('is refused as %s', async (query, message) => {
    const { platform, state } = shopWithStock();
    const answer = await start(platform, query);
    expect(answer.at('bulkOperationRunQuery')).toMatchObject({
      bulkOperation: null,
      userErrors: [{ field: ['query'], code: 'INVALID', message: expect.stringContaining(message) }],
    });
    expect(state.bulkOperations).toEqual([]);
  });

  it('runs five at once and no sixth', async () => {
    const { platform, state } = shopWithStock();
    const release = platform.clock.hold();
    for (let at = 0; at < 5; at++) await start(platform);
    const sixth = await start(platform);
    expect(sixth.at('bulkOperationRunQuery', 'userErrors')).toMatchObject([
      { code: 'OPERATION_IN_PROGRESS', message: expect.stringContaining(state.bulkOperations[4]?.id ?? '-') },
    ]);
    release();
    await platform.clock.advance(60_000);
    expect((await start(platform)).at('bulkOperationRunQuery', 'userErrors')).toEqual([]);
  });

  it('can be ended, and shows what it wrote', async () => {
    const { platform, state } = shopWithStock();
    for (let at = 0; at < 600; at++) state.addProduct({ title: `P${at}`, variants: [{ price: '1.00' }] });
    state.setBulkPace({ perThousandMs: 100_000 });
    const id = textAt((await start(platform)).body, 'data', 'bulkOperationRunQuery', 'bulkOperation', 'id');
    await platform.clock.advance(2000);
    const cancel =
      'mutation C($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }';
    expect((await ask(platform, cancel, { id })).at('bulkOperationCancel', 'bulkOperation', 'status')).toBe(
      'CANCELING',
    );
    await platform.clock.advance(100_000);
    const answer = await ask(platform, readBulk, { id });
    expect(answer.at('bulkOperation')).toMatchObject({ status: 'CANCELED', rootObjectCount: '500', url: null });
    expect(
      (await linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'partialDataUrl'))).lines,
    ).toHaveLength(1000);
    expect((await ask(platform, cancel, { id })).at('bulkOperationCancel', 'userErrors')).toMatchObject([
      { message: 'A bulk operation cannot be canceled when it is canceled' },
    ]);
  });

  it('fails as it is told to, and what it wrote can be fetched', async () => {
    const { platform, state } = shopWithStock();
    state.failNextBulk({ errorCode: 'TIMEOUT', afterObjects: 1 });
    const { answer } = await finished(platform);
    expect(answer.at('bulkOperation')).toMatchObject({
      status: 'FAILED',
      errorCode: 'TIMEOUT',
      url: null,
      rootObjectCount: '1',
    });
    expect(
      (await linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'partialDataUrl'))).lines,
    ).toHaveLength(2);
  });

  it('is stopped and fails when it is not done after ten days', async () => {
    const { platform, state } = shopWithStock({ clock: testClock({ auto: false }) });
    for (let at = 0; at < 1000; at++) state.addProduct({ title: `P${at}`, variants: [{ price: '1.00' }] });
    const day = 24 * 60 * 60 * 1000;
    state.setBulkPace({ perThousandMs: 16 * day });
    const id = textAt((await start(platform)).body, 'data', 'bulkOperationRunQuery', 'bulkOperation', 'id');
    await platform.clock.advance(10 * day - 1000);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation', 'status')).toBe('RUNNING');
    await platform.clock.advance(1000);
    const answer = await ask(platform, readBulk, { id });
    expect(answer.at('bulkOperation')).toMatchObject({ status: 'FAILED', errorCode: 'TIMEOUT', url: null });
    const { lines } = await linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'partialDataUrl'));
    expect(String(lines.length)).toBe(answer.at('bulkOperation', 'objectCount'));
    await platform.clock.advance(30 * day);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation', 'status')).toBe('FAILED');
  });

  it('fails for what the token may not read', async () => {
    const { platform } = shopWithStock({ scopes: ['read_products'] });
    const { answer } = await finished(platform, '{ customers { edges { node { id } } } }');
    expect(answer.at('bulkOperation')).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED' });
  });

  it('lists what ran, the newest first', async () => {
    const { platform } = shopWithStock();
    const first = await finished(platform);
    const second = await finished(platform);
    const answer = await ask(
      platform,
      '{ bulkOperations(first: 5, query: "operation_type:query status:completed") { nodes { id } } none: bulkOperations(first: 5, query: "status:running") { nodes { id } } currentBulkOperation { id } }',
    );
    expect(answer.at('bulkOperations', 'nodes')).toEqual([{ id: second.id }, { id: first.id }]);
    expect(answer.at('none', 'nodes')).toEqual([]);
    expect(answer.at('currentBulkOperation', 'id')).toBe(second.id);
  });
});

const urlOf = async (platform: FakePlatform<ShopifyState>) =>
  textAt((await finished(platform)).answer.body, 'data', 'bulkOperation', 'url');

describe('the file of a bulk query', () => {
  it('lies on another host and is gone after seven days', async () => {
    const { platform } = shopWithStock();
    const url = await urlOf(platform);
    expect(new URL(url).host).toBe('storage.googleapis.com');
    await platform.clock.advance(week);
    const response = await platform.fetch(url);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('ExpiredToken');
  });

  it('is expired with its operation after seven days, and not before', async () => {
    const { platform, state } = shopWithStock();
    const { id } = await finished(platform);
    const seen = async () => (await ask(platform, readBulk, { id })).at('bulkOperation');
    await platform.clock.advance(week - 120_000);
    expect(await seen()).toMatchObject({ status: 'COMPLETED', url: expect.any(String) });
    await platform.clock.advance(120_000);
    expect(await seen()).toMatchObject({ status: 'EXPIRED', url: null, objectCount: '4' });
    expect(state.bulkOperations).toMatchObject([{ id, status: 'EXPIRED' }]);
    const listed = '{ bulkOperations(first: 5, query: "status:expired") { nodes { id } } }';
    expect((await ask(platform, listed)).at('bulkOperations', 'nodes')).toEqual([{ id }]);
    const cancel = 'mutation C($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }';
    expect((await ask(platform, cancel, { id })).at('bulkOperationCancel', 'userErrors')).toMatchObject([
      { message: 'A bulk operation cannot be canceled when it is expired' },
    ]);
  });

  it('is no longer shown of what failed once it cannot be fetched', async () => {
    const { platform, state } = shopWithStock();
    state.failNextBulk({ errorCode: 'TIMEOUT', afterObjects: 1 });
    const { id } = await finished(platform);
    await platform.clock.advance(week);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation')).toMatchObject({
      status: 'FAILED',
      partialDataUrl: null,
    });
  });

  it('can be fetched from any byte on', async () => {
    const { platform } = shopWithStock();
    const url = await urlOf(platform);
    const whole = await (await platform.fetch(url)).text();
    const rest = await platform.fetch(url, { headers: { range: 'bytes=10-' } });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([
      206,
      `bytes 10-${whole.length - 1}/${whole.length}`,
    ]);
    expect(await rest.text()).toBe(whole.slice(10));
  });

  it('is cut off, or torn, as a test says, and only once', async () => {
    const { platform, state } = shopWithStock();
    const url = await urlOf(platform);
    const whole = await (await platform.fetch(url)).text();
    state.breakNextDownload({ afterBytes: 30, how: 'cut' });
    expect(await (await platform.fetch(url)).text()).toBe(whole.slice(0, 30));
    state.breakNextDownload({ afterBytes: 30, how: 'reset' });
    await expect((await platform.fetch(url)).text()).rejects.toThrow('terminated');
    platform.faults.next('bulk.download', { kind: 'answer', status: 503 });
    expect((await platform.fetch(url)).status).toBe(503);
    expect(await (await platform.fetch(url)).text()).toBe(whole);
  });

  it('is written part by part for a large shop', async () => {
    const { platform, state } = shopWithStock();
    for (let at = 0; at < 1300; at++)
      state.addProduct({ title: `P${at}`, variants: [{ sku: `S${at}`, price: '1.00' }] });
    const { answer, lines } = await finished(platform);
    expect(answer.at('bulkOperation')).toMatchObject({ objectCount: '2604', rootObjectCount: '1302' });
    const ids = (await lines()).lines.map((line) => valueAt(line, ['id']));
    expect(new Set(ids).size).toBe(2604);
  });
});
