import { readFileSync } from 'node:fs';
import { OperationTypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { accessFor, type OneOf } from './schema/access.ts';
import { allDocuments, type KnownDocument } from './schema/all-documents.ts';
import { trueSchema, versions } from './schema/true-schema.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const documents = await allDocuments();
const isCancel = ({ name }: KnownDocument) => name.startsWith('OrderCancel');
const isQuery = ({ operation }: KnownDocument) => operation.operation === OperationTypeNode.QUERY;

const isCapture = (name: string) => name === 'OrderCapture' || name === 'ReservedMoney';
const isPlace = (name: string) => name === 'ActiveLocations' || name === 'LocationsById';

/** What each operation of the connector may send. */
const sent: readonly (readonly [operation: string, of: (document: KnownDocument) => boolean])[] = [
  ['orders.pull', (each) => each.file === 'orders' && !isCancel(each)],
  ['orders.cancel', isCancel],
  ['orders.update', (each) => each.file === 'order-notes'],
  ['payments.pull', ({ file, name }) => name === 'OrderIds' || (file === 'payments' && !isCapture(name))],
  ['payments.capture', ({ file, name }) => isCapture(name) || file === 'order-writes'],
  ['refunds.pull', ({ name }) => name === 'OrderIds' || /^Refund(s|Lines)/.test(name)],
  [
    'refunds.create',
    ({ file, name }) =>
      (file === 'refunds' && !/^Refund(s|Lines)/.test(name)) ||
      name === 'RefundLines' ||
      file === 'order-writes' ||
      isPlace(name),
  ],
  ['returns.pull', ({ name }) => name === 'OrderIds' || /^(Returns|ReturnLines|ReverseLines)/.test(name)],
  ['returns.create', ({ file, name }) => /^Return(Create|Notes|able)/.test(name) || file === 'order-writes'],
  [
    'returns.confirm',
    ({ file, name }) =>
      /^(ReturnsById|ReturnLines|ReverseLines|Return(Process|Approve|Close))/.test(name) ||
      file === 'order-writes' ||
      isPlace(name),
  ],
  ['inventory.get', (each) => each.file === 'inventory' && isQuery(each)],
  ['inventory.pull', (each) => each.file === 'inventory-levels' || each.file === 'level-by-id'],
  ['inventory.push', (each) => each.file === 'inventory'],
  ['prices.pull', (each) => each.file === 'variant-prices'],
  ['prices.push', (each) => each.file === 'prices'],
  ['customers.pull', (each) => each.file === 'customers' && isQuery(each)],
  ['customers.create', (each) => each.file === 'customers'],
  ['products.push', (each) => ['products', 'product-writes', 'prices', 'collections'].includes(each.file)],
  ['categories.pull', (each) => each.file === 'collections'],
  ['products.pull', (each) => each.file === 'products' || each.file === 'bulk'],
  ['fulfillments.pull', (each) => each.file === 'fulfillment-orders'],
  ['fulfillments.hold', ({ file }) => file === 'fulfillment-holds' || file === 'order-writes'],
  ['fulfillments.answer', (each) => each.file === 'fulfillment-requests'],
  ['shipments.pull', (each) => each.file === 'shipments'],
  [
    'shipments.confirm',
    ({ file }) => file === 'fulfillments' || file === 'shipment-tracking' || file === 'order-writes',
  ],
  ['shipments.update', ({ file }) => file === 'shipment-tracking' || file === 'order-writes'],
  ['shipments.report', (each) => each.file === 'shipment-events' || each.file === 'order-writes'],
  ['webhooks.subscribe', (each) => each.file === 'webhooks'],
];

describe('the scopes that the readme names', () => {
  it('are for every document', () => {
    const without = documents.filter((document) => !sent.some(([, of]) => of(document)));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it.each(sent)('are what Shopify asks for %s, and no more', (operation, of) => {
    const own = documents.filter(of);
    const needs = versions.flatMap((version) => own.flatMap(({ tree }) => accessFor(trueSchema(version), tree)));
    const { always, oneOf } = scopesIn(operation);
    for (const choice of oneOf.length > 0 ? oneOf : [undefined]) {
      const scopes = choice === undefined ? always : [...always, choice];
      expect(lackingIn(scopes, needs)).toEqual([]);
      for (const scope of scopes) {
        const others = scopes.filter((each) => each !== scope);
        expect([scope, lackingIn(others, needs).length > 0]).toEqual([scope, true]);
      }
    }
  });
});

function scopesIn(operation: string): { readonly always: readonly string[]; readonly oneOf: readonly string[] } {
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${operation}\``) && /\b(read|write)_/.test(line));
  const [always = [], oneOf = []] = (row ?? '')
    .split(' one of ')
    .map((part) => part.match(/(?:read|write)_[a-z_]+/g) ?? []);
  return { always, oneOf };
}

/** Whoever may write may read. shopify.dev, access scopes, read 2026-11-23. */
function lackingIn(scopes: readonly string[], needs: readonly OneOf[]): readonly string[] {
  const has = new Set(scopes.flatMap((scope) => [scope, scope.replace(/^write_/, 'read_')]));
  return needs.filter((oneOf) => !oneOf.some((scope) => has.has(scope))).map((oneOf) => oneOf.join(' or '));
}
