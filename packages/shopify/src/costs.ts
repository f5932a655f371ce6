import { parseSelections, type Field } from './selections.ts';

/**
 * The points that Shopify will ask for a document before it runs it. Reckoned from the text alone, so that the first
 * call of a document already waits for the right allowance; answers correct it afterwards.
 *
 * Formula as recorded on Admin API 2025-01 to 2026-07, 2026-11-23: an object costs 1 and its children, a list is not
 * multiplied by its length, a connection costs 2 + m(n) × (1 + a node's children), a mutation 10.
 */
export function requestedCost(text: string): number {
  const { kind, fields } = parseSelections(text);
  const cost = kind === 'mutation' ? sum(fields, mutationCost) : sum(fields, rootCost);
  return Math.max(1, cost);
}

/** How much a page of n rows counts: less and less per row. */
export function pageFactor(n: number): number {
  return n === 0 ? 0 : Math.max(1, Math.floor(2 * Math.log(n)));
}

/** Mutations that do not cost 10. Recorded on Admin API 2026-04, 2026-11-23. */
const mutationCosts: Readonly<Record<string, number>> = {
  fulfillmentTrackingInfoUpdate: 50,
  refundCreate: 20,
  orderCapture: 20,
};
/** Objects that are free with everything in them, besides money. */
const freeFields: ReadonlySet<string> = new Set([
  'pageInfo',
  'userErrors',
  'orderCancelUserErrors',
  'defaultAddress',
  'emailMarketingConsent',
  'smsMarketingConsent',
]);
const moneyFields: ReadonlySet<string> = new Set(['shopMoney', 'presentmentMoney', 'amount', 'currencyCode']);

function mutationCost(field: Field): number {
  // The payload's direct objects are free, what they contain is not.
  return (mutationCosts[field.name] ?? 10) + sum(field.fields, (child) => childrenCost(child));
}

function rootCost(field: Field): number {
  return field.name.endsWith('Count') ? 10 : fieldCost(field);
}

function fieldCost(field: Field): number {
  if (isFree(field)) return 0;
  const rows = field.fields.filter(({ name }) => name === 'nodes' || name === 'edges');
  if (rows.length === 0) return 1 + childrenCost(field);
  const node = sum(rows, (row) =>
    row.name === 'nodes'
      ? 1 + childrenCost(row)
      : sum(
          row.fields.filter(({ name }) => name === 'node'),
          (child) => 1 + childrenCost(child),
        ),
  );
  return 2 + pageFactor(field.pageSize) * node;
}

/** The fields that every type has, and the dearest of the types that a fragment may be for. */
function childrenCost(field: Field): number {
  if (isFree(field)) return 0;
  const fragments = field.fragments.map((fragment) => sum(fragment, fieldCost));
  return sum(field.fields, fieldCost) + Math.max(0, ...fragments);
}

function isFree(field: Field): boolean {
  if (field.fields.length === 0 && field.fragments.length === 0) return true;
  if (freeFields.has(field.name)) return true;
  return field.fragments.length === 0 && field.fields.every(({ name }) => moneyFields.has(name));
}

function sum<T>(items: readonly T[], cost: (item: T) => number): number {
  return items.reduce((total, item) => total + cost(item), 0);
}
