import { testClock } from '@crossdock/testing';
import { expect, it } from 'vitest';
import { uploadLines } from '../src/bulk-upload.ts';
import type { ShopifyClient } from '../src/client.ts';

/** A shop that names this place for files. */
function shopWithStorage(url: string): ShopifyClient {
  const target = { url, parameters: [{ name: 'key', value: 'tmp/lines.jsonl' }] };
  const answer = { stagedUploadsCreate: { stagedTargets: [target], userErrors: [] } };
  // Whatever it is asked, this is its one answer.
  return { run: async () => answer as never, usage: () => [] } as Partial<ShopifyClient> as ShopifyClient;
}

const call = { operation: 'bulk.run' };

it.each(['http://evil.example/upload', 'ftp://evil.example/upload', 'no link'])(
  'sends no line to "%s", which does not go over https',
  async (url) => {
    let asked = 0;
    const fetch = async () => {
      asked += 1;
      return new Response();
    };
    const settings = { system: 'shopify', clock: testClock(), fetch };
    await expect(uploadLines(shopWithStorage(url), ['{}'], settings, call)).rejects.toMatchObject({
      code: 'response.unexpected',
      message: expect.stringContaining('does not go over https'),
    });
    expect(asked).toBe(0);
  },
);

it('follows no storage to another place', async () => {
  const asked: RequestInit[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    asked.push(init ?? {});
    return new Response(null, { status: 307, headers: { location: 'http://evil.example/' } });
  };
  const clock = testClock();
  const settings = { system: 'shopify', clock, fetch };
  const sending = uploadLines(shopWithStorage('https://storage.example/'), ['{}'], settings, call).catch(
    (error: unknown) => error,
  );
  await clock.advance(60_000);
  expect(await sending).toMatchObject({ code: 'platform.unavailable', message: expect.stringContaining('"307"') });
  expect(new Set(asked.map(({ redirect }) => redirect))).toEqual(new Set(['manual']));
});
