import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { connectors } from './connectors.ts';
import { cellsOf, withOffers } from './readme.ts';
import { offersTable } from './table.ts';

const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');

it('the README says what each connector offers (else run docs/examples/offers/write.ts)', () => {
  const shown = cellsOf(readme);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(cellsOf(offersTable(connectors)));
});

it('a connector that loses an operation is seen', () => {
  const { Shopify, ...others } = connectors;
  if (!Shopify) throw new TypeError('The connectors are named otherwise.');
  const operations = Shopify.operations.slice(1);
  const poorer = offersTable({ Shopify: { ...Shopify, operations }, ...others });
  expect(cellsOf(poorer)).not.toEqual(cellsOf(readme));
  expect(cellsOf(withOffers(readme, poorer))).toEqual(cellsOf(poorer));
});
