import {
  CommerceError,
  fingerprint,
  momentSchema,
  type Category,
  type Clock,
  type Page,
  type PortCatalogue,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import * as z from 'zod';
import { categoryTree, pathOf, type CategoryTree } from './category-tree.ts';
import type { WooClient } from './client.ts';
import { perPage } from './sweep.ts';

const operation = 'categories.pull';

/** `tree` is what the whole tree was like, `readAt` when it was first seen so; `after` stands while it is handed out. */
const cursorSchema = z.object({
  tree: z.string(),
  readAt: momentSchema,
  after: z.int().nonnegative().optional(),
});

/**
 * The tree of product categories. WooCommerce keeps no moment of a category: the tree is read whole, and handed out whole
 * where any of it is not as it was the last time. What was changed last is not known, so `updatedAt` is when it was seen.
 */
export function categoriesPort(
  client: WooClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): PortCatalogue['categories'] {
  return {
    async *pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Category>> {
      const saved = placeOf(since);
      const now = new Date(clock.now()).toISOString();
      const tree = await categoryTree(client, operation, options);
      const mark = (await fingerprint([...tree.values()].map(({ id, name, parent }) => [id, name, parent]))).slice(
        0,
        16,
      );
      const isSame = saved?.tree === mark;
      if (isSame && saved.after === undefined) {
        yield { items: [], cursor: JSON.stringify(saved) };
        return;
      }
      const readAt = isSame ? saved.readAt : now;
      const left = [...tree.keys()].filter((id) => !isSame || id > (saved.after ?? 0));
      for (let at = 0; at === 0 || at < left.length; at += perPage) {
        if (options.signal?.aborted) throw stopped();
        const ids = left.slice(at, at + perPage);
        const last = ids.at(-1);
        const isLast = at + perPage >= left.length;
        yield {
          items: ids.flatMap((id) => toCategory(tree, id, readAt)),
          cursor: JSON.stringify({ tree: mark, readAt, ...(!isLast && { after: last }) }),
        };
      }
    },
  };

  function stopped(): CommerceError {
    return new CommerceError({
      code: 'call.aborted',
      system,
      operation,
      message: `\`${operation}\` at "${system}" was stopped by its caller between two pages. Call it again from the last saved cursor.`,
    });
  }

  function placeOf({ cursor }: Since): z.infer<typeof cursorSchema> | undefined {
    if (cursor === undefined) return undefined;
    const read = cursorSchema.safeParse(jsonOf(cursor));
    if (read.success) return read.data;
    throw new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `Categories of "${system}" were not pulled: the cursor is none that this connector wrote. Pass the cursor of a page.`,
    });
  }

  function toCategory(tree: CategoryTree, id: number, updatedAt: string): readonly Category[] {
    const own = tree.get(id);
    // One without a name is no group of ours, nor can it stand in a path.
    if (!own || own.name === '') return [];
    const hasParent = tree.has(own.parent);
    return [
      {
        ref: { system, kind: 'category', id: String(id) },
        name: own.name,
        path: pathOf(tree, id),
        ...(hasParent && { parent: { system, kind: 'category' as const, id: String(own.parent) } }),
        updatedAt,
      },
    ];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
