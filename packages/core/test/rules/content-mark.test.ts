import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentMark } from '../../src/rules/content-mark.ts';
import { canonicalJson } from '../../src/rules/fingerprint.ts';

/** FNV-1a as it is written in RFC 9923. */
function plainFnv(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

it('is FNV-1a with 64 bits', () => {
  expect(plainFnv('foobar')).toBe('85944171f73967e8');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(contentMark(json)).toBe(plainFnv(canonicalJson(json)));
    }),
  );
});
