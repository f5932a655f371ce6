import { createHash } from 'node:crypto';
import type { Statement } from './access.ts';

/** Writes the statements of one schema. */
export type Sql = <R = unknown>(text: string) => Statement<R>;

/**
 * Statements whose `@` stands for the schema with its dot: `select … from @cursors`. Their name is made of their text, so
 * that two schemas, or two versions of this package, can share a pool.
 */
export function statementsIn(schema: string): Sql {
  return (text) => {
    const full = text.replaceAll('@', `"${schema}".`);
    const name = `crossdock_${createHash('sha256').update(full).digest('hex').slice(0, 32)}`;
    return { name, text: full };
  };
}
