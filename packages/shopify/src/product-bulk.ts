import { CommerceError, type PageProblem, type Product } from '@crossdock/core';
import * as z from 'zod';
import type { BulkCall, BulkSource, Collector, PageContent } from './bulk-pull.ts';
import type { BulkRow } from './bulk-row.ts';
import { productFields, variantFields } from './documents/products.ts';
import { productProblem, productRef, type ProductReader } from './product-read.ts';
import { toProduct, type WholeProduct } from './product-record.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { laterOf } from './sweep-cursor.ts';
import { wireCollectionNameSchema, wireProductHeadSchema, wireProductVariantSchema } from './wire/product.ts';

/** A product with the lines that stood below it, or one that has to be read again because a line stood elsewhere. */
export type ProductLines =
  | { readonly head: BulkRow; readonly children: readonly BulkRow[] }
  | { readonly again: string };

/**
 * Products out of a file in which children stand below their parent. A product whose lines are not all there is read
 * again by its id, so that none goes out without its variants, and nothing is held longer than one product.
 */
export function productsInBulk(
  reader: ProductReader,
  currencyOf: ShopCurrency,
  system: string,
): BulkSource<Product, ProductLines> {
  return { text: productsText, groupObjects: true, collect: productGroups, toPage };

  async function toPage(records: readonly ProductLines[], call: BulkCall): Promise<PageContent<Product>> {
    const currency = await currencyOf(call);
    const reading = { system, operation: call.operation, currency };
    const items: Product[] = [];
    const problems: PageProblem[] = [];
    const again = new Set<string>();
    let newest: string | undefined;
    for (const record of records) {
      if ('again' in record) {
        again.add(record.again);
        continue;
      }
      const id = record.head.id ?? '';
      const ref = productRef(system, id);
      const stamp = z.object({ updatedAt: z.string() }).safeParse(record.head.fields).data?.updatedAt;
      try {
        const { whole, isComplete } = parsed(record, id, call);
        newest = laterOf(newest, whole.head.updatedAt);
        if (isComplete) items.push(toProduct(whole, reading));
        else again.add(id);
      } catch (error) {
        problems.push(productProblem(error, ref, stamp));
      }
    }
    const reread = await reader.read([...again], call);
    return { items: [...items, ...reread.items], problems: [...problems, ...reread.problems], newest };
  }

  function parsed(
    { head, children }: Extract<ProductLines, { readonly head: BulkRow }>,
    id: string,
    { operation }: BulkCall,
  ): { readonly whole: WholeProduct; readonly isComplete: boolean } {
    const fits = linesSchema.safeParse({
      head: head.fields,
      variants: children.filter(isVariant).map(({ fields }) => fields),
      collections: children.filter((row) => !isVariant(row)).map(({ fields }) => fields),
    });
    if (fits.success) {
      const { head: wire, ...lists } = fits.data;
      const isComplete = wire.variantsCount?.count === lists.variants.length;
      return { whole: { head: wire, ...lists }, isComplete };
    }
    const places = fits.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    throw new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      refs: [productRef(system, id)],
      message: `Product "${id}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
    });
  }
}

const linesSchema = z.object({
  head: wireProductHeadSchema.extend({ variantsCount: z.object({ count: z.int() }).nullable() }),
  variants: z.array(wireProductVariantSchema),
  collections: z.array(wireCollectionNameSchema),
});

/** `edges` alone, no page sizes and no variables: the rules of bulk queries. shopify.dev, bulk operations, read 2026-11-23. */
export function productsText(filter: string | null): string {
  const search = filter === null ? '' : `(query: ${JSON.stringify(filter)})`;
  return `{
  products${search} {
    edges {
      node {
        ${productFields} variantsCount { count }
        variants { edges { node { ${variantFields} } } }
        collections { edges { node { id title } } }
      }
    }
  }
}`;
}

/** A product is whole when the next one begins. */
export function productGroups(): Collector<ProductLines> {
  const whole: { readonly record: ProductLines; readonly resumeAt: number }[] = [];
  let open: { readonly head: BulkRow; readonly children: BulkRow[]; readonly begin: number } | undefined;

  function close(resumeAt: number): void {
    if (open) whole.push({ record: { head: open.head, children: open.children }, resumeAt });
    open = undefined;
  }

  return {
    whole,
    add(row, begin, end) {
      const parent = row.parentId;
      if (parent === undefined) {
        close(begin);
        open = { head: row, children: [], begin };
      } else if (open && open.head.id === parent) {
        open.children.push(row);
      } else {
        whole.push({ record: { again: parent }, resumeAt: open?.begin ?? end });
      }
    },
    finish: close,
  };
}

function isVariant({ id }: BulkRow): boolean {
  return id?.includes('/ProductVariant/') === true;
}
