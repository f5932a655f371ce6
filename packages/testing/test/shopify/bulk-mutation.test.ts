import { testClock, type FakePlatform, type ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { linesAt, readBulk } from './bulk-result.ts';
import { shopWithStock } from './shop.ts';

describe('a bulk mutation', () => {
  const stage = `mutation S($input: [StagedUploadInput!]!) { stagedUploadsCreate(input: $input) {
    stagedTargets { url resourceUrl parameters { name value } } userErrors { field message } } }`;
  const runMutation = `mutation M($mutation: String!, $path: String!, $as: String) {
    bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: $as) {
      bulkOperation { id type status } userErrors { field message code } } }`;
  const rename =
    'mutation U($product: ProductUpdateInput!) { productUpdate(product: $product) { product { id title } userErrors { field message } } }';

  async function upload(platform: FakePlatform<ShopifyState>, text: string, change: Record<string, string> = {}) {
    const input = [
      { resource: 'BULK_MUTATION_VARIABLES', filename: 'x.jsonl', mimeType: 'text/jsonl', httpMethod: 'POST' },
    ];
    const staged = await ask(platform, stage, { input });
    const target = staged.at('stagedUploadsCreate', 'stagedTargets', 0);
    const parameters = valueAt(target, ['parameters']);
    if (!Array.isArray(parameters)) throw new Error('There are no parameters.');
    const form = new FormData();
    const fields = new Map(parameters.map((each: unknown) => [textAt(each, 'name'), textAt(each, 'value')]));
    for (const [name, value] of fields) form.append(name, change[name] ?? value);
    form.append('file', new Blob([text], { type: 'text/jsonl' }), 'x.jsonl');
    const response = await platform.fetch(textAt(target, 'url'), { method: 'POST', body: form });
    return { response, path: fields.get('key') ?? '' };
  }

  it('runs once for each line, and says of each by its number what became of it', async () => {
    const { platform, state } = shopWithStock();
    const ids = [state.variant('TEE').productId, state.variant('CAP').productId];
    const wishes = Array.from({ length: 30 }, (_, at) => ({
      product: { id: ids[at % 2], title: at === 7 ? '' : `T${at}` },
    }));
    const { response, path } = await upload(platform, wishes.map((wish) => JSON.stringify(wish)).join('\n'));
    expect(response.status).toBe(201);
    expect(await response.text()).toContain(`<Key>${path}</Key>`);
    const started = await ask(platform, runMutation, { mutation: rename, path, as: 'our-import-1' });
    expect(started.at('bulkOperationRunMutation')).toMatchObject({
      bulkOperation: { type: 'MUTATION' },
      userErrors: [],
    });
    const id = textAt(started.body, 'data', 'bulkOperationRunMutation', 'bulkOperation', 'id');
    await platform.clock.advance(60_000);
    const answer = await ask(platform, readBulk, { id });
    const { lines } = await linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'url'));
    const numbers = lines.map((line) => Number(valueAt(line, ['__lineNumber'])));
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(wishes.map((_, at) => at));
    expect(lines.find((line) => valueAt(line, ['__lineNumber']) === 7)).toMatchObject({
      data: { productUpdate: { product: null, userErrors: [{ field: ['product', 'title'] }] } },
    });
    expect(state.bulkOperations).toMatchObject([{ id, clientIdentifier: 'our-import-1', status: 'COMPLETED' }]);
    expect(
      (await ask(platform, '{ bulkOperations(first: 1, query: "operation_type:mutation") { nodes { id } } }')).at(
        'bulkOperations',
        'nodes',
      ),
    ).toEqual([{ id }]);
  });

  const cancel =
    'mutation C($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }';
  async function renaming(count: number) {
    const { platform, state } = shopWithStock({ clock: testClock({ auto: false }) });
    const products = Array.from(
      { length: count },
      (_, at) => state.addProduct({ title: `Old ${at}`, variants: [{ price: '1.00' }] }).id,
    );
    const wishes = products.map((id, at) => JSON.stringify({ product: { id, title: `New ${at}` } }));
    const { path } = await upload(platform, wishes.join('\n'));
    const renamed = () => state.products.filter(({ title }) => title.startsWith('New')).length;
    const begin = async () => {
      const started = await ask(platform, runMutation, { mutation: rename, path });
      return textAt(started.body, 'data', 'bulkOperationRunMutation', 'bulkOperation', 'id');
    };
    return { platform, state, begin, renamed };
  }

  it('runs no line when it is canceled before it began', async () => {
    const { platform, begin, renamed } = await renaming(60);
    const id = await begin();
    await ask(platform, cancel, { id });
    await platform.clock.advance(60_000);
    expect(renamed()).toBe(0);
    expect((await ask(platform, readBulk, { id })).at('bulkOperation')).toMatchObject({
      status: 'CANCELED',
      objectCount: '0',
      partialDataUrl: null,
    });
  });

  it('counts and writes down every line it ran when it is canceled while it runs', async () => {
    const { platform, state, begin, renamed } = await renaming(160);
    state.setBulkPace({ startMs: 1000, perThousandMs: 1_000_000 });
    const id = await begin();
    await platform.clock.advance(2000);
    await ask(platform, cancel, { id });
    await platform.clock.advance(1_000_000);
    const answer = await ask(platform, readBulk, { id });
    expect(renamed()).toBe(50);
    expect(answer.at('bulkOperation')).toMatchObject({ status: 'CANCELED', objectCount: '50', rootObjectCount: '50' });
    const { lines } = await linesAt(platform, textAt(answer.body, 'data', 'bulkOperation', 'partialDataUrl'));
    expect(lines).toHaveLength(50);
  });

  // Real bytes by the hundred million: more than the usual time.
  it('takes no file above 100 MB', async () => {
    const { platform } = shopWithStock();
    const { response, path } = await upload(platform, ' '.repeat(100_000_001));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>EntityTooLarge</Code>');
    const started = await ask(platform, runMutation, { mutation: rename, path });
    expect(started.at('bulkOperationRunMutation', 'userErrors', 0, 'code')).toBe('NO_SUCH_FILE');
  }, 60_000);

  it('does not take a file with other fields than it was told', async () => {
    const { platform } = shopWithStock();
    const { response } = await upload(platform, '{}', { policy: 'other' });
    expect(response.status).toBe(403);
  });

  it.each([
    ['a file that never came', rename, 'tmp/nothing', 'NO_SUCH_FILE'],
    [
      'bulk in bulk',
      'mutation { bulkOperationRunQuery(query: "{ shop { name } }") { userErrors { message } } }',
      undefined,
      'INVALID_MUTATION',
    ],
    ['a query', '{ products { edges { node { id } } } }', undefined, 'INVALID_MUTATION'],
  ])('is refused for %s', async (_what, mutation, wrong, code) => {
    const { platform } = shopWithStock();
    const { path } = await upload(platform, '{}');
    const answer = await ask(platform, runMutation, { mutation, path: wrong ?? path });
    expect(answer.at('bulkOperationRunMutation', 'userErrors', 0)).toMatchObject({ code });
  });
});
