import { gid, partsOf } from '../gid.ts';
import { digestOf, metafieldOf, metafieldsOf, namespaceOf } from '../life/metafields.ts';
import { page, type PageArgs } from '../paging.ts';
import type { MetafieldRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import type { View, Views } from './views.ts';

/** `metafield` and `metafields` of a record that has them. */
export function metafieldsView(views: Views, ownerId: string): View {
  const { store } = views;
  return {
    metafield: ({ namespace, key }: { namespace?: string | null; key: string }) => {
      const found = metafieldOf(store, ownerId, nameOf(namespace, key));
      return found ? metafieldView(views, found) : null;
    },
    metafields: (args: PageArgs & { namespace?: string | null; keys?: readonly string[] | null }) => {
      const wanted = args.keys?.map((key) => nameOf(args.namespace, key));
      const namespace = args.namespace == null ? undefined : namespaceOf(args.namespace);
      const rows = metafieldsOf(store, ownerId).filter(
        (each) =>
          (namespace === undefined || each.namespace === namespace) &&
          (!wanted || wanted.some((name) => name.namespace === each.namespace && name.key === each.key)),
      );
      return page(rows, args, { id: ({ id }) => id, view: (record) => metafieldView(views, record) });
    },
  };
}

/** What an app wrote. */
export function metafieldView(views: Views, record: MetafieldRecord): View {
  return {
    __typename: 'Metafield',
    id: gid('Metafield', record.id),
    legacyResourceId: String(record.id),
    namespace: record.namespace,
    key: record.key,
    type: record.type,
    value: record.value,
    jsonValue: jsonValueOf(record),
    sizeInBytes: new TextEncoder().encode(record.value).length,
    compareDigest: digestOf(record),
    ownerType: ownerTypeOf(record.ownerId),
    owner: () => views.owner(record.ownerId),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
  };
}

/** The platform's word for what a metafield stands on. */
export function ownerTypeOf(ownerId: string): string {
  return partsOf(ownerId)?.type.toUpperCase() ?? '';
}

/** `keys` may name the namespace too: "custom.colour". */
function nameOf(namespace: string | null | undefined, key: string) {
  const dot = key.lastIndexOf('.');
  if (namespace != null || dot < 0) return { namespace: namespaceOf(namespace), key };
  return { namespace: namespaceOf(key.slice(0, dot)), key: key.slice(dot + 1) };
}

const asText = /^(single_line_text_field|multi_line_text_field|url|color|date|date_time|id|.*_reference)$/;

function jsonValueOf({ type, value }: MetafieldRecord): unknown {
  if (asText.test(type)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
