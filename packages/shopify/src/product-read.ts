import {
  chunk,
  CommerceError,
  isCommerceError,
  type PageProblem,
  type Product,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { productCollectionsPage, productsById, productVariantsPage } from './documents/products.ts';
import { eachNode, fitting, isGone } from './each-node.ts';
import { toProduct, type WholeProduct } from './product-record.ts';
import type { ShopCurrency } from './shop-currency.ts';
import type { Connection } from './wire/connection.ts';
import { wireProductSchema, type WireProduct } from './wire/product.ts';

/** Products by id with everything in them. One that cannot be read is a problem; one that is gone is left out. */
export interface ProductReader {
  read(ids: readonly string[], call: ProductCall): Promise<ReadProducts>;
  /** As Shopify has them, for a comparison. */
  whole(ids: readonly string[], call: ProductCall): Promise<readonly WholeProduct[]>;
}
interface ProductCall extends ReadOptions {
  readonly operation: string;
}
interface ReadProducts {
  readonly items: readonly Product[];
  readonly problems: readonly PageProblem[];
}

/** Products in one call. The points would allow 250, the size of an answer with all their variants would not. */
const perCall = 50;
/** How often a product that changes while its pages are read is begun anew. */
const maxBeginnings = 5;

export function productReader(client: ShopifyClient, system: string, currencyOf: ShopCurrency): ProductReader {
  async function nodesOf(ids: readonly string[], call: ProductCall): Promise<readonly unknown[]> {
    const variables = { ids };
    const { nodes } = await client.run(productsById, { ...call, safety: 'read', variables });
    return nodes;
  }

  /** All of a product from one state of it; `undefined` once it was deleted. */
  async function complete(first: WireProduct, call: ProductCall): Promise<WholeProduct | undefined> {
    let head: WireProduct | undefined = first;
    for (let beginning = 0; beginning < maxBeginnings; beginning += 1) {
      if (!head) return undefined;
      const variants = await restOf(head, head.variants, (variables) =>
        client.run(productVariantsPage, { ...call, safety: 'read', variables }),
      );
      const collections = await restOf(head, head.collections, (variables) =>
        client.run(productCollectionsPage, { ...call, safety: 'read', variables }),
      );
      if (variants && collections) return { head, variants, collections };
      const [node] = await nodesOf([head.id], call);
      head = isGone(node) ? undefined : parsed(node, head.id, call);
    }
    throw restless(first.id, call);
  }

  function parsed(node: unknown, id: string, { operation }: ProductCall): WireProduct {
    return fitting({ system, operation, schema: wireProductSchema }, productRef(system, id), node);
  }

  function restless(id: string, { operation }: ProductCall): CommerceError {
    return new CommerceError({
      code: 'platform.conflict',
      system,
      operation,
      refs: [productRef(system, id)],
      message: `Product "${id}" of "${system}" was not read: it changed ${maxBeginnings} times while its pages were read. Try again.`,
    });
  }

  return {
    async read(ids, call) {
      const items: Product[] = [];
      const problems: PageProblem[] = [];
      if (ids.length === 0) return { items, problems };
      const currency = await currencyOf(call);
      for (const part of chunk(ids, perCall)) {
        const nodes = await nodesOf(part, call);
        const { operation } = call;
        const found = await eachNode(part, nodes, {
          system,
          operation,
          kind: 'product',
          schema: wireProductSchema,
          async to(wire) {
            const whole = await complete(wire, call);
            return whole && toProduct(whole, { system, operation, currency });
          },
        });
        items.push(...found.items);
        problems.push(...(found.problems ?? []));
      }
      return { items, problems };
    },

    async whole(ids, call) {
      const all: WholeProduct[] = [];
      for (const part of chunk(ids, perCall)) {
        const nodes = await nodesOf(part, call);
        for (const [index, id] of part.entries()) {
          const node = nodes[index];
          const product = isGone(node) ? undefined : await complete(parsed(node, id, call), call);
          if (product) all.push(product);
        }
      }
      return all;
    },
  };
}

/** All nodes of a list, or `undefined` when the product changed or went away in between. */
async function restOf<T>(
  head: WireProduct,
  first: Connection<T>,
  pageAt: (variables: { readonly id: string; readonly after: string }) => Promise<FurtherPage<T>>,
): Promise<readonly T[] | undefined> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const { product } = await pageAt({ id: head.id, after: pageInfo.endCursor });
    if (product?.updatedAt !== head.updatedAt) return undefined;
    nodes.push(...product.page.nodes);
    ({ pageInfo } = product.page);
  }
  return nodes;
}

/** A further page of one of a product's lists; no product once it was deleted. */
interface FurtherPage<T> {
  readonly product: { readonly updatedAt: string; readonly page: Connection<T> } | null;
}

/** What is wrong with one product must not hold up the others; anything that does not name it does, and is thrown. */
export function productProblem(error: unknown, ref: Ref<'product'>, version: string | undefined): PageProblem {
  const isOwn = isCommerceError(error) && (error.kind === 'business' || error.refs.some(({ id }) => id === ref.id));
  if (!isOwn) throw error;
  return { ref, error, version };
}

export function productRef(system: string, id: string): Ref<'product'> {
  return { system, kind: 'product', id };
}
