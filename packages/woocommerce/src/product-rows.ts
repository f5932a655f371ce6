import { CommerceError, isCommerceError, type PageProblem, type Product, type ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { categoryTree, type CategoryTree } from './category-tree.ts';
import { productRefOf, toProduct, type ProductReading } from './product-record.ts';
import type { shopCurrency } from './shop-currency.ts';
import { variationRows } from './variation-rows.ts';
import type { shopWeightUnit } from './weights.ts';
import { catalogueFields, catalogueSchema, type WireCatalogue } from './wire/catalogue.ts';
import { rowHeadSchema } from './wire/rows.ts';

/** What is asked of the shop once, however many products are read. */
export interface ShopFacts {
  readonly currency: ReturnType<typeof shopCurrency>;
  readonly weightUnit: ReturnType<typeof shopWeightUnit>;
}

interface RowCall {
  readonly operation: string;
  readonly options: ReadOptions;
}

/** Reads rows of products into products, with all of their variations. */
export function productReader(client: WooClient, facts: ShopFacts, system: string) {
  /** One reading of many products: the tree of categories is asked for when the first of them is in one. */
  return function reader({ operation, options }: RowCall, now: () => number) {
    let tree: CategoryTree | undefined;

    async function readAll(
      rows: readonly unknown[],
    ): Promise<{ readonly items: readonly Product[]; readonly problems: readonly PageProblem[] }> {
      const [currency, weightUnit] = await Promise.all([
        facts.currency(operation, options),
        facts.weightUnit(operation, options),
      ]);
      const parsed = rows.map((row) => ({ row, head: catalogueSchema.safeParse(row).data }));
      const known = await treeOf(parsed.flatMap(({ head }) => head ?? []));
      const reading: ProductReading = { system, operation, currency, weightUnit, tree: known, now: now() };
      const all = await Promise.all(parsed.map(({ row, head }) => understood(row, head, reading)));
      return {
        items: all.flatMap((one) => (one && !('error' in one) ? [one] : [])),
        problems: all.flatMap((one) => (one && 'error' in one ? [one] : [])),
      };
    }

    /** Read anew where a product is in a category that was made since. */
    async function treeOf(heads: readonly WireCatalogue[]): Promise<CategoryTree> {
      const known = tree;
      const isKnown = heads.every(({ categories }) =>
        categories.every(({ id, slug }) => slug === 'uncategorized' || known?.has(id) === true),
      );
      if (isKnown) return known ?? new Map();
      tree = await categoryTree(client, operation, options);
      return tree;
    }

    /** What is wrong with one product must not hold up the others; anything else does. */
    async function understood(
      row: unknown,
      head: WireCatalogue | undefined,
      reading: ProductReading,
    ): Promise<Product | PageProblem | undefined> {
      const problem = (error: CommerceError): PageProblem => ({
        ref: productRefOf(system, row),
        error,
        version: rowHeadSchema.safeParse(row).data?.date_modified_gmt ?? undefined,
      });
      if (!head) return problem(unreadable(row, system, operation));
      // A group sells nothing itself: its parts are products of their own.
      if (head.type === 'grouped') return undefined;
      const found =
        head.type === 'variable'
          ? await variationRows(client, head.id, { operation, fields: catalogueFields, options, context: 'edit' })
          : [];
      const variations: WireCatalogue[] = [];
      for (const variation of found) {
        const { data } = catalogueSchema.safeParse(variation);
        if (!data) return problem(unreadable(variation, system, operation));
        variations.push(data);
      }
      try {
        return toProduct({ head, variations }, reading);
      } catch (error) {
        if (!isCommerceError(error) || error.kind !== 'business') throw error;
        return problem(error);
      }
    }

    return { readAll };
  };
}

/** Why a row is no product or variation as WooCommerce shows them. */
export function unreadable(row: unknown, system: string, operation: string): CommerceError {
  const ref = productRefOf(system, row);
  const issues = catalogueSchema.safeParse(row).error?.issues ?? [];
  const places = issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  return new CommerceError({
    code: 'record.invalid',
    system,
    operation,
    refs: ref ? [ref] : [],
    message: `Product "${ref?.id ?? 'without a number'}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Look for a plugin that changes it.`,
  });
}
