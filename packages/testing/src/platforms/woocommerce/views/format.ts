import type { Json } from '@crossdock/core';
import type { Meta } from '../records.ts';
import type { Site } from '../site.ts';

/** A JSON object under construction. */
export type View = { readonly [key: string]: Json };

/** Where a record is found, as every record says at its end. */
export function links(
  site: Site,
  self: string,
  collection: string,
  more: View = {},
  allow: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
): View {
  return {
    self: [{ href: url(site, self), targetHints: { allow } }],
    collection: [{ href: url(site, collection) }],
    ...more,
  };
}

export function url(site: Site, path: string): string {
  return restUrl(site, `wc/v3/${path}`);
}

/** An address of the API as the shop writes it: below `/wp-json/`, or in the query where permalinks are plain. */
export function restUrl({ home, settings }: Site, path: string): string {
  return settings.permalinks === 'pretty' ? `${home}/wp-json/${path}` : `${home}/index.php?rest_route=/${path}`;
}

export function metaView(meta: readonly Meta[]): readonly View[] {
  return meta.map(({ id, key, value }) => ({ id, key, value }));
}

/** A record of a list without the custom fields that `include_meta` does not name, or `exclude_meta` does. */
export function withMeta(
  view: View,
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): View {
  const meta = view['meta_data'];
  if ((!include && !exclude) || !Array.isArray(meta)) return view;
  const fits = (entry: Json) => {
    const key = typeof entry === 'object' && entry !== null && 'key' in entry ? entry['key'] : undefined;
    return typeof key === 'string' && (include ? include.includes(key) : exclude?.includes(key) !== true);
  };
  return { ...view, meta_data: meta.filter(fits) };
}

/** Custom fields of an order come by key. Recorded on WooCommerce 10.0.2, 2026-11-23 (order-html-emoji). */
export function metaByKey(meta: readonly Meta[]): readonly View[] {
  return metaView(meta.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)) || a.id - b.id));
}

/** Custom fields of a line have a form for people: `labels` are names of attributes and their values by key. */
export function itemMetaView(
  meta: readonly Meta[],
  labels: ReadonlyMap<string, { readonly label: string; readonly shown: string }> = new Map(),
): readonly View[] {
  return meta.map(({ id, key, value }) => ({
    id,
    key,
    value,
    display_key: labels.get(key)?.label ?? key,
    display_value: labels.get(key)?.shown ?? value,
  }));
}
