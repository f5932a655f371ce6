import { readFileSync } from 'node:fs';
import { fakeShopify } from '@crossdock/testing';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { shopifyClient } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, section = ''] = /## Any other document\n([\s\S]*?)\n## /.exec(readme) ?? [];

it('the documents that the README shows are good as they are', async () => {
  const { state, fetch, clock } = fakeShopify();
  const { variants } = state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 5 }] });
  const [location] = state.locations;
  const client = shopifyClient({ shop: 'acme', accessToken: state.accessToken, fetch, clock });
  const [query = ''] = /query Levels[^']*/.exec(section) ?? [];
  const answered = await client.run(query, { variables: { n: 50 }, answer: z.unknown() });
  expect(JSON.stringify(answered.data)).toContain('"sku":"TEE"');
  const [mutation = ''] = /mutation Adjust[^`]*/.exec(section) ?? [];
  const row = { inventoryItemId: variants[0]?.inventoryItemId, locationId: location?.id };
  const changes = [{ ...row, delta: 1, changeFromQuantity: null }];
  const variables = { input: { name: 'available', reason: 'correction', changes } };
  await client.run(mutation, { variables, idempotencyKey: 'count-17', answer: z.unknown() });
  expect(state.available('TEE')).toBe(6);
});
