import { memoryStores } from '@crossdock/core/memory';
import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { shipbob, type ShipBobOptions } from '../src/shipbob.ts';

const secret = `whsec_${btoa('a key of the shop')}`;
const good = { token: 'token', channelId: 4711, webhookSecrets: [secret] } as const;
const canary = 'pat-0123456789abcdef';

/** What is said of options as JavaScript may pass them. */
function said(options: unknown): string {
  try {
    // On purpose not what the compiler would let through.
    shipbob(options as ShipBobOptions);
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('shipbob(options)', () => {
  it.each([
    ['token', undefined],
    ['token', null],
    ['token', 5],
    ['token', `${canary}\n`],
    ['channelId', canary],
    ['channelId', 0],
    ['channelId', undefined],
    ['webhookSecrets', undefined],
    ['webhookSecrets', secret],
    ['webhookSecrets', [undefined]],
    ['webhookSecrets', [canary]],
    ['apiVersion', '1999-13'],
    ['apiVersion', canary],
    ['origin', canary],
    ['origin', 'ftp://warehouse.example'],
    ['origin', `https://admin:${canary}@warehouse.example`],
    ['origin', 'https://warehouse.example/2026-01'],
    ['name', canary.repeat(9)],
    ['name', ' '],
    ['orderType', canary],
    ['overlapMs', '5000'],
    ['maxWebhookBytes', 0],
    ['timeoutMs', '5000'],
    ['timeoutMs', -1],
    ['fetch', 'fetch'],
    ['clock', {}],
  ])('refuses %s %j in three parts, without repeating a secret', (name, value) => {
    const words = said({ ...good, [name]: value });

    expect(words).toMatch(new RegExp(`^No connector was made: shipbob\\(\\{ ${name}[\\w.]* \\}\\) wants `));
    expect(words).toMatch(/, got [^.]+\. (Pass|Correct|Leave) .+\.$/);
    expect(words).not.toContain(canary);
  });

  it('refuses to be called without options', () => {
    expect(said(undefined)).toMatch(/^No connector was made: shipbob\(options\) wants .*, got nothing\. Pass .+\.$/);
  });

  it('names a misspelt option and the known ones', () => {
    const words = said({ ...good, webhookSecret: canary });
    expect(words).toMatch(/no option "webhookSecret"\. Leave it out or pass one of "token", .*"webhookSecrets"/);
    expect(words).not.toContain(canary);
  });

  it('takes everything that it documents', () => {
    const all: Required<ShipBobOptions> = {
      token: async () => 'token',
      channelId: '4711',
      webhookSecrets: [],
      apiVersion: '2026-07',
      origin: 'https://sandbox-api.shipbob.com/',
      name: 'east',
      orderType: 'B2B',
      overlapMs: 0,
      maxWebhookBytes: 1,
      timeoutMs: 1,
      fetch: globalThis.fetch,
      clock: undefined,
      shared: memoryStores().shared,
      random: () => 0,
    };
    expect(said(all)).toBe('accepted');
  });
});
