import { CommerceError, type PageProblem, type Product } from '@crossdock/core';
import * as z from 'zod';
import type { BulkSource, Collector } from './bulk-pull.ts';
import type { BulkRow } from './bulk-row.ts';
import { pageOf, type PageContent } from './page-content.ts';
import { productFields, variantFields } from './documents/products.ts';
import { productProblem, productRef, type ProductReader } from './product-read.ts';
import { toProduct, type ProductReading } from './product-record.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { wireCollectionNameSchema, wireProductHeadSchema, wireProductVariantSchema } from './wire/product.ts';

/** A product that was read, what is wrong with it, or its id where it has to be read again because lines are missing. */
export type ProductRecord =
  | { readonly item: Product }
  | { readonly problem: PageProblem }
  | { readonly again: string; readonly changedAt?: string | undefined };
type ToRecord = (head: BulkRow, children: readonly BulkRow[]) => ProductRecord;

/**
 * Products out of a file in which children stand below their parent. A product whose lines are not all there is read
 * again by its id, so that none goes out without its variants, and nothing is held longer than one product.
 */
export function productsInBulk(
  reader: ProductReader,
  currencyOf: ShopCurrency,
  system: string,
): BulkSource<Product, ProductRecord> {
  return {
    text: productsText,
    groupObjects: true,
    async collect(call) {
      const reading = { system, operation: call.operation, currency: await currencyOf(call) };
      return productGroups((head, children) => productRecord(head, children, reading));
    },
    async toPage(records, call) {
      const again = records.flatMap((record) => ('again' in record ? [record.again] : []));
      const reread = await reader.read([...new Set(again)], call);
      const read = records.map((record): PageContent<Product> => {
        if ('item' in record) return { items: [record.item], problems: [], newest: record.item.updatedAt };
        if ('problem' in record) return { items: [], problems: [record.problem], newest: undefined };
        return { items: [], problems: [], newest: record.changedAt };
      });
      return pageOf([...read, { ...reread, newest: undefined }]);
    },
  };
}

function productRecord(head: BulkRow, children: readonly BulkRow[], reading: ProductReading): ProductRecord {
  const id = head.id ?? '';
  const { system, operation } = reading;
  try {
    const fits = linesSchema.safeParse({
      head: head.fields,
      variants: children.filter(isVariant).map(({ fields }) => fields),
      collections: children.filter((row) => !isVariant(row)).map(({ fields }) => fields),
    });
    if (!fits.success) throw misfit(fits.error);
    const { head: wire, ...lists } = fits.data;
    if (wire.variantsCount?.count !== lists.variants.length) return { again: id, changedAt: wire.updatedAt };
    return { item: toProduct({ head: wire, ...lists }, reading) };
  } catch (error) {
    const stamp = z.object({ updatedAt: z.string() }).safeParse(head.fields).data?.updatedAt;
    return { problem: productProblem(error, productRef(system, id), stamp) };
  }

  function misfit({ issues }: z.ZodError): CommerceError {
    const places = issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    return new CommerceError({
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
function productsText(filter: string | null): string {
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
export function productGroups(toRecord: ToRecord): Collector<ProductRecord> {
  const whole: { readonly record: ProductRecord; readonly resumeAt: number }[] = [];
  let open: { readonly head: BulkRow; readonly children: BulkRow[]; readonly begin: number } | undefined;

  function close(resumeAt: number): void {
    if (open) whole.push({ record: toRecord(open.head, open.children), resumeAt });
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
