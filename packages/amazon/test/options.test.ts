import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { amazon, type AmazonOptions } from '../src/index.ts';
import { settingsOf } from '../src/options.ts';

const good: AmazonOptions = {
  region: 'eu',
  marketplaceId: 'A1F83G8C2ARO7P',
  sellerId: 'A2EXAMPLE123',
  clientId: 'amzn1.application-oa2-client.x',
  clientSecret: 'amzn1.oa2-cs.v1.secret-canary',
  refreshToken: 'Atzr|canary',
  application: { name: 'Acme Hub', version: '1.2' },
};

/** What is said of options that JavaScript may pass. */
function refusal(changes: Readonly<Record<string, unknown>>): string {
  try {
    amazon({ ...good, ...changes });
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  throw new Error('A connector was made.');
}

describe('amazon(options)', () => {
  it('needs no more than says who sells where, and who calls', () => {
    expect(settingsOf(good)).toMatchObject({
      system: 'amazon',
      currency: 'GBP',
      origin: 'https://sellingpartnerapi-eu.amazon.com',
      tokenOrigin: 'https://api.amazon.com',
      fulfilledBy: ['MERCHANT'],
      feedFrom: 300,
    });
  });

  it.each([
    [{ region: 'us' }, 'region', '"us"'],
    [{ region: 'na' }, 'region', 'Pass "eu"'],
    [{ marketplaceId: 'XX' }, 'marketplaceId', '"XX"'],
    [{ sellerId: 'a seller' }, 'sellerId', 'another text'],
    [{ clientSecret: 'with a blank' }, 'clientSecret', 'another text'],
    [{ refreshToken: '' }, 'refreshToken', 'an empty text'],
    [{ application: { name: 'Acme/Hub', version: '1' } }, 'application.name', 'another text'],
    [{ application: undefined }, 'application', 'nothing'],
    [{ fulfilledBy: [] }, 'fulfilledBy', 'a list'],
    [{ feedFrom: 0 }, 'feedFrom', 'a number'],
    [{ itemsPerFeed: 25_001 }, 'itemsPerFeed', 'a number'],
    [{ feedPollMs: 10 }, 'feedPollMs', 'a number'],
    [{ origin: 'https://a.example/path' }, 'origin', 'another text'],
    [{ sandbox: 'yes' }, 'sandbox', 'another text'],
    [{ marketplace: 'A1F83G8C2ARO7P' }, 'has no option', '"marketplace"'],
  ])('says what is wrong with %j', (changes, option, seen) => {
    const message = refusal(changes);
    expect(message).toContain(option);
    expect(message).toContain(seen);
  });

  it('repeats no secret', () => {
    for (const changes of [
      { clientSecret: 'canary with a blank' },
      { refreshToken: 'canary\n' },
      { sellerId: good.refreshToken },
      { region: good.clientSecret },
    ]) {
      expect(refusal(changes)).not.toContain('canary');
    }
  });

  it('states what it offers', () => {
    expect([...amazon(good).operations].toSorted()).toEqual([
      'inventory.get',
      'inventory.push',
      'notifications.decode',
      'notifications.read',
      'orders.get',
      'orders.pull',
      'prices.push',
      'shipments.confirm',
    ]);
  });
});
