import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { expect } from 'vitest';

/** Asks for all that is shown of a bulk operation. */
export const readBulk = `query Read($id: ID!) { bulkOperation(id: $id) {
  status errorCode objectCount rootObjectCount fileSize url partialDataUrl createdAt completedAt } }`;

/** What can be fetched at an address: the text, and what stands in its lines. */
export async function linesAt(platform: FakePlatform<ShopifyState>, url: string) {
  const response = await platform.fetch(url);
  expect(response.status).toBe(200);
  const text = await response.text();
  return {
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  };
}
