import type { ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { rowsById } from './id-list.ts';
import { plainText } from './plain-text.ts';
import { termSchema } from './wire/catalogue.ts';

interface TreeCategory {
  readonly id: number;
  readonly name: string;
  /** 0 at the root. */
  readonly parent: number;
}

/** Every category of the shop, by its number. */
export type CategoryTree = ReadonlyMap<number, TreeCategory>;

export async function categoryTree(client: WooClient, operation: string, options: ReadOptions): Promise<CategoryTree> {
  const tree = new Map<number, TreeCategory>();
  const list = { operation, path: 'wc/v3/products/categories', search: { _fields: 'id,name,parent' } };
  for await (const { rows } of rowsById(client, list, { after: 0, seen: 0 }, options)) {
    for (const row of rows) {
      const { data } = termSchema.safeParse(row);
      if (data) tree.set(data.id, { ...data, name: plainText(data.name).trim() });
    }
  }
  return tree;
}

/** The names from the root down to its own. One whose parent is gone stands at the root. */
export function pathOf(tree: CategoryTree, id: number): readonly string[] {
  const path: string[] = [];
  const passed = new Set<number>();
  // A plugin may have made a circle of them.
  for (let at = tree.get(id); at && !passed.has(at.id); at = tree.get(at.parent)) {
    passed.add(at.id);
    path.unshift(at.name);
  }
  return path;
}

/** How a path is written. */
export function pathText(path: readonly string[]): string {
  return path.join(' / ');
}

/** Categories by their paths. Of two with one path the older one counts. */
export function byPath(tree: CategoryTree): ReadonlyMap<string, number> {
  const paths = new Map<string, number>();
  for (const { id } of tree.values()) {
    const text = pathText(pathOf(tree, id));
    if (!paths.has(text)) paths.set(text, id);
  }
  return paths;
}
