import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { offlineToken, shopify, shopifyClient, type TokenStore } from '../src/index.ts';

const client = shopifyClient({ shop: 'acme', accessToken: 'token' });
const run = (...given: Parameters<typeof client.run>) => client.run(...given);
const answer = z.object({ shop: z.object({ name: z.string() }) });
declare const store: TokenStore;

test('an answer has the type of the schema that it was read with', async () => {
  const { data, cost } = await client.run('{ shop { name } }', { answer });
  expectTypeOf(data).toEqualTypeOf<{ shop: { name: string } }>();
  expectTypeOf(cost?.requested).toEqualTypeOf<number | undefined>();
});

test('a document is sent with a schema of its answer, and known wishes alone', () => {
  expectTypeOf(run).toBeCallableWith('{ shop { name } }', { answer, lane: 'bulk', safety: 'read' });
  // @ts-expect-error What is not checked is not given.
  expectTypeOf(run).toBeCallableWith('{ shop { name } }', {});
  // @ts-expect-error There are three lanes.
  expectTypeOf(run).toBeCallableWith('{ shop { name } }', { answer, lane: 'slow' });
});

test('a token may come from a provider', () => {
  const accessToken = offlineToken({ clientId: 'id', clientSecret: 'secret', store });
  expectTypeOf(shopify).toBeCallableWith({ shop: 'acme', accessToken });
  // @ts-expect-error Without a place for the pair the next refresh would lose the installation.
  expectTypeOf(offlineToken).toBeCallableWith({ clientId: 'id', clientSecret: 'secret' });
});
