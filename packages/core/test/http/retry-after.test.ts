import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/http/retry-after.ts';

const now = Date.parse('2026-11-01T00:00:00Z');

it.each([
  ['7', 7000],
  ['0', 0],
  ['2.0', 2000],
  ['0.25', 250],
  [' 3 ', 3000],
  ['Sun, 01 Nov 2026 00:01:00 GMT', 60_000],
  ['Sunday, 01-Nov-26 00:01:00 GMT', 60_000],
  ['Sun Nov  1 00:01:00 2026', 60_000],
  ['Sat, 31 Oct 2026 23:59:00 GMT', 0],
  ['86401', 86_400_000],
  ['9'.repeat(400), 86_400_000],
  ['Fri, 01 Jan 2099 00:00:00 GMT', 86_400_000],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['Mon', undefined],
  ['2026-11-01T00:01:00Z', undefined],
])('reads "%s" as %s ms', (text, ms) => {
  expect(parseRetryAfter(text, now)).toBe(ms);
});
