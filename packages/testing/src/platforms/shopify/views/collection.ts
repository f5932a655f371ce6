import { invalidId } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import { page, type PageArgs } from '../paging.ts';
import type { CollectionRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { metafieldsView } from './metafields.ts';
import type { View, Views } from './views.ts';

/** Products that are shown together. */
export function collectionView(views: Views, record: CollectionRecord): View {
  const { store } = views;
  const id = gid('Collection', record.id);
  const products = () => [...store.products.values()].filter(({ collections }) => collections.includes(record.id));
  return {
    __typename: 'Collection',
    id,
    legacyResourceId: String(record.id),
    title: record.title,
    handle: record.handle,
    descriptionHtml: '',
    updatedAt: isoOf(record.updatedAt),
    products: (args: PageArgs) => page(products(), args, { id: (each) => each.id, view: views.product }),
    productsCount: () => ({ count: products().length, precision: 'EXACT' }),
    hasProduct: (args: { id: string }) => {
      const number = idIn(args.id, 'Product');
      if (number === undefined) throw invalidId(args.id);
      return products().some((each) => each.id === number);
    },
    ...metafieldsView(views, id),
  };
}

/** A place in the taxonomy. The fake knows no names: it shows the id in their place. */
export function categoryView(category: string): View {
  const level = category.split('-').length;
  return {
    __typename: 'TaxonomyCategory',
    id: gid('TaxonomyCategory', category),
    name: category,
    fullName: category,
    level,
    isRoot: level === 1,
    isLeaf: false,
  };
}
