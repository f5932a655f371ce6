import { testClock } from '@crossdock/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { odooClientOf } from '../src/connector.ts';
import { externalIds } from '../src/external-id.ts';
import { always } from './recorded.ts';

const client = odooClientOf({
  url: 'https://erp.example.com',
  database: 'shop',
  apiKey: 'key-of-the-hub',
  version: '19',
  fetch: always(500, ''),
  clock: testClock(),
});
const ids = externalIds(client, 'odoo', 'crossdock');

describe('an external id', () => {
  it('has one dot and only letters that Odoo takes, whatever the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), (key) => {
        expect(ids.of('order', key)).toMatch(/^crossdock\.order_[A-Za-z0-9_-]+$/);
      }),
    );
  });

  it('is another one for another key', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', '_', '2', 'e', '.', ' ', 'é', 'A', '-', '/'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        expect(ids.of('order', one) === ids.of('order', other)).toBe(one === other);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['.', '_2e_'],
    ['a b', 'a_20_b'],
    ['É', 'é'],
  ])('keeps "%s" and "%s" apart', (one, other) => {
    expect(ids.of('order', one)).not.toBe(ids.of('order', other));
  });

  it('tells kinds apart', () => {
    expect(ids.of('order', 'a')).not.toBe(ids.of('customer', 'a'));
  });
});
