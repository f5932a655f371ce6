import { CommerceError, isCommerceError, type EntityKind, type PageProblem, type Ref } from '@crossdock/core';
import * as z from 'zod';

/** Which records are read, and for which operation. */
export interface NodeReading<T extends z.ZodType, R> {
  readonly system: string;
  readonly operation: string;
  readonly kind: EntityKind;
  readonly schema: T;
  readonly to: (wire: z.infer<T>) => R | undefined | Promise<R | undefined>;
  /** What tells this state of the record, where even what cannot be read says it. */
  readonly versionOf?: ((node: unknown) => string | undefined) | undefined;
}

/**
 * Reads the nodes of a call one by one: one that cannot be understood is a problem of its page and holds up no other, and
 * what is gone, or something else, is left out.
 */
export async function eachNode<T extends z.ZodType, R>(
  ids: readonly string[],
  nodes: readonly unknown[],
  reading: NodeReading<T, R>,
): Promise<{ readonly items: readonly R[]; readonly problems?: readonly PageProblem[] }> {
  const items: R[] = [];
  const problems: PageProblem[] = [];
  for (const [index, id] of ids.entries()) {
    const node = nodes[index];
    if (isGone(node)) continue;
    const ref: Ref = { system: reading.system, kind: reading.kind, id };
    try {
      const item = await reading.to(fitting(reading, ref, node));
      if (item !== undefined) items.push(item);
    } catch (error) {
      const isOfIt = isCommerceError(error) && (error.kind === 'business' || error.refs.some((each) => each.id === id));
      if (!isOfIt) throw error;
      problems.push({ ref, error, version: (reading.versionOf ?? updatedAtOf)(node) });
    }
  }
  return { items, ...(problems.length > 0 && { problems }) };
}

/** A record as it has to be read, or an error that names it. */
export function fitting<T extends z.ZodType>(
  { system, operation, schema }: Pick<NodeReading<T, unknown>, 'system' | 'operation' | 'schema'>,
  ref: Ref,
  node: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(node);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  throw new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    refs: [ref],
    message: `${ref.kind.slice(0, 1).toUpperCase()}${ref.kind.slice(1)} "${ref.id}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
  });
}

/** `null` for what was deleted, and nothing in it for what is of another type. */
export function isGone(node: unknown): boolean {
  return node == null || (typeof node === 'object' && Object.keys(node).length === 0);
}

function updatedAtOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt;
}
