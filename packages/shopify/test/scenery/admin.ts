import type { FakePlatform, ShopifyState } from '@crossdock/testing';

/** Asks the shop as any app of its owner does, past the connector. */
export async function asked(
  { fetch, state }: Pick<FakePlatform<ShopifyState>, 'fetch' | 'state'>,
  query: string,
  variables: object = {},
): Promise<unknown> {
  const response = await fetch('https://acme.myshopify.com/admin/api/2026-07/graphql.json', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}
