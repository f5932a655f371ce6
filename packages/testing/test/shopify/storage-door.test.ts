import { listen } from '@crossdock/testing/listen';
import { expect, it } from 'vitest';
import { ask, textAt } from './ask.ts';
import { shopWithStock } from './shop.ts';

const stages = `mutation { stagedUploadsCreate(input: [{ resource: BULK_MUTATION_VARIABLES, filename: "a.jsonl", mimeType: "text/jsonl", httpMethod: POST }]) {
  stagedTargets { url } userErrors { message } } }`;

it('files are behind the door that somebody came through, and else where the platform has them', async () => {
  const { platform } = shopWithStock();
  const door = await listen(platform);
  try {
    const response = await fetch(`${door.url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': platform.state.accessToken },
      body: JSON.stringify({ query: stages }),
    });
    const body: unknown = await response.json();
    expect(textAt(body, 'data', 'stagedUploadsCreate', 'stagedTargets', 0, 'url')).toBe(`${door.url}/`);
  } finally {
    await door.close();
  }
  const answer = await ask(platform, stages);
  expect(answer.at('stagedUploadsCreate', 'stagedTargets', 0, 'url')).toMatch(/^https:\/\/shopify-staged-uploads\./);
});
