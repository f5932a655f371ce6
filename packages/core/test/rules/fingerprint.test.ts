import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, fingerprint, stableUuid, type Json } from '@crossdock/core/model';

/** The same content with the keys of every object turned round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => turned(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, turned(item)]);
  return Object.fromEntries(entries.toReversed());
}
// JSON.parse drops the minus of zero, as JSON itself does not.
const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json);

describe('canonicalJson', () => {
  it('sorts keys by code units, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'], B: undefined, 10: 0, 9: -0 })).toBe(
      '{"10":0,"9":0,"a":[true,null,"x"],"b":1}',
    );
  });

  it('says null for undefined in a list, as JSON does', () => {
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
  });

  it('is JSON of the same content, whatever the order of the keys', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s instead of writing null', (value) => {
    expect(() => canonicalJson({ value })).toThrow(expect.objectContaining({ code: 'record.invalid' }));
  });
});

describe('fingerprint', () => {
  it('is the SHA-256 of the canonical text', async () => {
    const expected = createHash('sha256').update('{"number":"1042","total":"5.00 €"}').digest('hex');
    expect(await fingerprint({ total: '5.00 €', number: '1042' })).toBe(expected);
  });

  it('tells two contents apart', async () => {
    expect(await fingerprint({ number: '1042' })).not.toBe(await fingerprint({ number: 1042 }));
  });
});

describe('stableUuid', () => {
  it('is a UUID of version 8 that the same key always gives', async () => {
    const first = await stableUuid('order-import/1042/create');
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await stableUuid('order-import/1042/create')).toBe(first);
    expect(await stableUuid('order-import/1043/create')).not.toBe(first);
  });

  it('has its fixed bits in place for every text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await stableUuid(text)).toMatch(/^.{14}8.{4}[89ab]/);
      }),
    );
  });
});
