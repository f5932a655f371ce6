import { createHmac } from 'node:crypto';
import { hmacText, isCommerceError } from '@crossdock/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shopify } from '../src/index.ts';

const body = '{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","note":"Zoë"}';

/** The shop answers every read with "no such order", and counts the reads. */
function shopOf(webhookSecrets?: readonly string[], maxWebhookBytes?: number) {
  const reads: string[] = [];
  const shop = shopify({
    shop: 'acme',
    accessToken: 'token',
    webhookSecrets,
    maxWebhookBytes,
    fetch: async (input, init) => {
      reads.push(await new Request(input, init).text());
      return Response.json({ data: { nodes: [null] } });
    },
  });
  return { shop, reads };
}

async function delivery(
  secret: string,
  options: { prefix?: string; text?: string; without?: string; from?: string } = {},
) {
  const { prefix = 'x-shopify-', text = body, without, from = 'acme.myshopify.com' } = options;
  const headers = new Headers({
    [`${prefix}topic`]: 'orders/create',
    [`${prefix}shop-domain`]: from,
    [`${prefix}webhook-id`]: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    [`${prefix}hmac-sha256`]: await hmacText('SHA-256', secret, text, 'base64'),
  });
  if (without !== undefined) headers.delete(prefix + without);
  return new Request('https://shop.example/hooks', { method: 'POST', headers, body: text });
}

describe('who sent it', () => {
  it('takes a delivery that any live secret signed, byte for byte', async () => {
    const { shop } = shopOf(['new', 'old']);
    for (const secret of ['new', 'old']) {
      const verification = await shop.webhooks.verify(await delivery(secret));
      expect(verification).toMatchObject({ ok: true, delivery: { topic: 'orders/create', body } });
    }
  });

  it('takes the header names of the newer Events product', async () => {
    const { shop } = shopOf(['new']);
    expect((await shop.webhooks.verify(await delivery('new', { prefix: 'shopify-' }))).ok).toBe(true);
  });

  it('gives a retry the id of the first attempt', async () => {
    const { shop } = shopOf(['new']);
    const ids = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const verification = await shop.webhooks.verify(await delivery('new'));
      if (verification.ok) ids.push(verification.delivery.deliveryId);
    }
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
  });

  it('refuses a signature by somebody else, of another body, or of nobody', async () => {
    const { shop } = shopOf(['new']);
    const forged = await delivery('theirs');
    expect(await shop.webhooks.verify(forged)).toEqual({ ok: false, reason: 'signature' });
    const signed = await delivery('new');
    const changed = new Request(signed, { method: 'POST', body: body.replace('Zoë', 'Zoe') });
    expect(await shop.webhooks.verify(changed)).toEqual({ ok: false, reason: 'signature' });
    const withoutSecrets = shopOf().shop;
    expect(await withoutSecrets.webhooks.verify(await delivery('new'))).toEqual({ ok: false, reason: 'signature' });
  });

  it.each(['topic', 'webhook-id', 'hmac-sha256', 'shop-domain'])(
    'refuses a delivery without its %s',
    async (without) => {
      const { shop } = shopOf(['new']);
      expect(await shop.webhooks.verify(await delivery('new', { without }))).toEqual({ ok: false, reason: 'headers' });
    },
  );

  it.each(['x-shopify-', 'shopify-'])(
    'refuses a delivery of another shop, which the same app secret signed (%s…)',
    async (prefix) => {
      const { shop } = shopOf(['new']);
      const other = await delivery('new', { prefix, from: 'other.myshopify.com' });
      expect(await shop.webhooks.verify(other)).toEqual({ ok: false, reason: 'headers' });
      const own = await delivery('new', { prefix, from: 'Acme.myShopify.com' });
      expect((await shop.webhooks.verify(own)).ok).toBe(true);
    },
  );

  it('refuses bytes that are no text, although they are signed', async () => {
    const { shop } = shopOf(['new']);
    const bytes = new Uint8Array([123, 34, 255, 254, 34, 125]);
    const signed = await delivery('new');
    signed.headers.set('x-shopify-hmac-sha256', createHmac('sha256', 'new').update(bytes).digest('base64'));
    const request = new Request('https://shop.example/hooks', { method: 'POST', headers: signed.headers, body: bytes });
    expect(await shop.webhooks.verify(request)).toEqual({ ok: false, reason: 'signature' });
  });

  it('does not read a body to its end that is too large, whatever its length header says', async () => {
    const { shop } = shopOf(['new'], 100);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64));
      },
    });
    const { headers } = await delivery('new');
    // Streamed bodies ask for `duplex`; the DOM's types do not know it yet.
    const init = { method: 'POST', headers, body: endless, duplex: 'half' };
    const request = new Request('https://shop.example/hooks', init);
    expect(await shop.webhooks.verify(request)).toEqual({ ok: false, reason: 'oversized' });
    expect(pulled).toBeLessThan(10);
  });

  it('never throws for what a stranger sent', async () => {
    const { shop } = shopOf(['new']);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.base64String(), async (bytes, signature) => {
        const request = new Request('https://shop.example/hooks', {
          method: 'POST',
          headers: {
            'x-shopify-topic': 'orders/create',
            'x-shopify-shop-domain': 'acme.myshopify.com',
            'x-shopify-webhook-id': '1',
            'x-shopify-hmac-sha256': signature,
          },
          body: new Uint8Array(bytes),
        });
        expect((await shop.webhooks.verify(request)).ok).toBe(false);
      }),
    );
  });
});

describe('what it means', () => {
  const hint = { deliveryId: '1', topic: 'orders/updated', body };

  it('reads the order by its exact id, and finds no event in one that is gone', async () => {
    const { shop, reads } = shopOf(['new']);
    expect(await shop.webhooks.decode(hint)).toEqual([]);
    expect(reads).toHaveLength(1);
    expect(reads[0]).toContain('"gid://shopify/Order/820982911946154508"');
  });

  it.each(['themes/publish', '__proto__', 'app/uninstalled'])('refuses %s in words, and asks nobody', async (topic) => {
    const { shop, reads } = shopOf(['new']);
    await expect(shop.webhooks.decode({ ...hint, topic, body: '{}' })).rejects.toMatchObject({
      code: 'webhook.unknown',
      message: expect.stringContaining(`its topic "${topic}" is none of "orders/create"`) as string,
    });
    expect(reads).toEqual([]);
  });

  it.each([
    ['no JSON', '{"admin_graphql_api_id":'],
    ['a list', '[]'],
    ['no id', '{"id":1}'],
    ['the id of something else', '{"admin_graphql_api_id":"gid://shopify/Product/1"}'],
  ])('says that %s is malformed, without repeating it', async (_what, text) => {
    const { shop } = shopOf(['new']);
    const error: unknown = await shop.webhooks.decode({ ...hint, body: text }).catch((caught: unknown) => caught);
    expect(isCommerceError(error, 'webhook.malformed')).toBe(true);
  });
});
