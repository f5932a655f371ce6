import { CommerceError } from '@crossdock/core';
import { parseSelections, type Field, type PageSize, type Selections } from './selections.ts';

/**
 * The points that Shopify will ask for a document before it runs it. Reckoned from the text alone, so that the first
 * call of a document already waits for the right allowance; answers correct it afterwards.
 *
 * Formula as recorded on Admin API 2025-01 to 2026-07, 2026-11-23: an object costs 1 and its children, a list is not
 * multiplied by its length, a connection costs 2 + m(n) × (1 + a node's children), a mutation 10.
 */
export function requestedCost(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  return costOf(parseSelections(text), variables);
}

/** The same for a document that was read before. */
export function costOf({ kind, fields, defaults }: Selections, variables: Readonly<Record<string, unknown>>): number {
  const sizeOf = (sizes: readonly PageSize[]) => rowsOf(sizes, defaults, variables);
  if (kind !== 'mutation') return Math.max(1, rootsCost(fields, sizeOf));
  return sum(fields, (field) => mutationCost(field, sizeOf)) + entriesCost(fields, variables);
}

/** Of the longest list that a mutation takes which counts its entries; 0 for all others. */
export function entriesCost(fields: readonly Field[], variables: Readonly<Record<string, unknown>>): number {
  const each = sum(fields, ({ name }) => entryCosts[name] ?? 0);
  if (each === 0) return 0;
  const lengths = Object.values(variables).map((value) => (Array.isArray(value) ? value.length : 0));
  return Math.ceil(each * Math.max(0, ...lengths));
}

/** How many rows a page has. A variable that is given no number asks for none. */
type SizeOf = (sizes: readonly PageSize[]) => number;

function rowsOf(
  sizes: readonly PageSize[],
  defaults: Selections['defaults'],
  variables: Readonly<Record<string, unknown>>,
): number {
  const given = sizes.map((size) => {
    if (typeof size === 'number') return size;
    const value = variables[size.variable];
    return value === undefined ? defaults[size.variable] : value;
  });
  const rows = given.filter(isRows);
  const isSaid = rows.length > 0 || given.includes(null) || sizes.length === 0;
  if (isSaid && given.every((value) => value === undefined || value === null || isRows(value)))
    return Math.max(0, ...rows);
  const names = sizes.flatMap((size) => (typeof size === 'number' ? [] : [`"$${size.variable}"`]));
  throw new CommerceError({
    code: 'options.invalid',
    message: `The cost of a document was not reckoned: its page size is ${names.join(' or ')}, and no whole number is given for it. Pass one from 1 to 250.`,
  });
}

function isRows(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
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
  productCreateMedia: 20,
  translationsRegister: 50,
  // At least.
  deliveryProfileUpdate: 100,
};
/** What each entry of a list among the variables costs besides. Recorded on Admin API 2026-04: 1499 variants for 310. */
const entryCosts: Readonly<Record<string, number>> = { productVariantsBulkCreate: 0.2 };
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

function mutationCost(field: Field, sizeOf: SizeOf): number {
  // The payload's direct objects are free, what they contain is not.
  const own = mutationCosts[field.name] ?? 10;
  return own + sum(selectedIn(field), (child) => childrenCost(child, sizeOf));
}

function rootsCost(fields: readonly Field[], sizeOf: SizeOf): number {
  return sum(fields, (field) => (field.name.endsWith('Count') ? 10 : fieldCost(field, sizeOf)));
}

function fieldCost(field: Field, sizeOf: SizeOf): number {
  if (isFree(field)) return 0;
  const rows = selectedIn(field).filter(({ name }) => name === 'nodes' || name === 'edges');
  if (rows.length === 0) return 1 + childrenCost(field, sizeOf);
  const node = sum(rows, (row) =>
    row.name === 'nodes'
      ? 1 + childrenCost(row, sizeOf)
      : sum(
          selectedIn(row).filter(({ name }) => name === 'node'),
          (child) => 1 + childrenCost(child, sizeOf),
        ),
  );
  return 2 + pageFactor(sizeOf(field.pageSizes)) * node;
}

/** The fields that every type has, and the dearest of the types that a fragment may be for. */
function childrenCost(field: Field, sizeOf: SizeOf): number {
  if (isFree(field)) return 0;
  const fragments = field.fragments.map((fragment) => sum(fragment, (child) => fieldCost(child, sizeOf)));
  return sum(field.fields, (child) => fieldCost(child, sizeOf)) + Math.max(0, ...fragments);
}

/** Of an object of one type, so that its fragments are for that type. */
function selectedIn({ fields, fragments }: Field): readonly Field[] {
  return [...fields, ...fragments.flat()];
}

function isFree(field: Field): boolean {
  if (field.fields.length === 0 && field.fragments.length === 0) return true;
  if (freeFields.has(field.name)) return true;
  return field.fragments.length === 0 && field.fields.every(({ name }) => moneyFields.has(name));
}

function sum<T>(items: readonly T[], cost: (item: T) => number): number {
  return items.reduce((total, item) => total + cost(item), 0);
}
