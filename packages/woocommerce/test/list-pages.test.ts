import { describe, expect, it } from 'vitest';
import { goesOn } from '../src/list-pages.ts';

const api = '<https://shop.example/wp-json/>; rel="https://api.w.org/"';
const next = '<https://shop.example/wp-json/wc/v3/orders?page=2>; rel="next"';
const prev = '<https://shop.example/wp-json/wc/v3/orders?page=1>; rel="prev"';

describe('a list', () => {
  it.each([
    ['has more pages than this', { 'x-wp-totalpages': '2' }, 1, 0, true],
    ['names a next page', { link: `${api}, ${prev}, ${next}` }, 1, 0, true],
    ['names a next page and a smaller number', { link: next, 'x-wp-totalpages': '1' }, 1, 100, true],
    ['says nothing, and shows a row', { link: api }, 1, 1, true],
    ['has as many pages as this', { 'x-wp-totalpages': '2', link: `${api}, ${prev}` }, 2, 100, false],
    ['has no page', { 'x-wp-totalpages': '0', link: prev }, 1, 0, false],
    ['says nothing, and shows no row', {}, 3, 0, false],
    ['says what is no number, and shows a row', { 'x-wp-totalpages': 'many' }, 1, 1, true],
  ])('that %s', (_what, headers, page, rows, more) => {
    expect(goesOn(new Headers(Object.entries(headers)), page, Array.from({ length: rows }))).toBe(more);
  });
});
