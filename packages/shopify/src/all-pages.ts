import type { Connection } from './wire/connection.ts';

/** All nodes of a connection whose first page was read. `next` gives `undefined` where the record is gone. */
export async function restOfPages<T>(
  first: Connection<T>,
  next: (after: string) => Promise<Connection<T> | undefined>,
): Promise<readonly T[]> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const page = await next(pageInfo.endCursor);
    if (!page) break;
    nodes.push(...page.nodes);
    ({ pageInfo } = page);
  }
  return nodes;
}

/** All nodes of a connection. */
export async function allPages<T>(read: (after: string | null) => Promise<Connection<T>>): Promise<readonly T[]> {
  return restOfPages(await read(null), read);
}
