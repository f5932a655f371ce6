import { expect, it } from 'vitest';
import { ask } from './ask.ts';
import { shopWithStock } from './shop.ts';

it.each([
  ['{ shop { id } }'],
  ['{ __typename shop { id } }'],
  ['query { ... on QueryRoot { shop { id } } }'],
  ['query { ...Both } fragment Both on QueryRoot { __typename ...One } fragment One on QueryRoot { shop { id } }'],
  ['query { mine: shop { id } }'],
])('a fault finds its operation however the document names it: %s', async (query) => {
  const { platform } = shopWithStock();
  platform.faults.next('shop', { kind: 'answer', status: 503, headers: {}, body: '{}' });
  expect((await ask(platform, query)).status).toBe(503);
  expect((await ask(platform, query)).at('shop')).not.toBeNull();
  expect(platform.journal.of('shop')).toHaveLength(2);
});

it('a fragment that spreads itself is refused, and names nothing', async () => {
  const { platform } = shopWithStock();
  const answer = await ask(platform, 'query { ...A } fragment A on QueryRoot { ...A }');
  expect(answer.hasData).toBe(false);
  expect(platform.journal.of('unknown')).toHaveLength(1);
});
