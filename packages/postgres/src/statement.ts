import { createHash } from 'node:crypto';
import type { Statement } from './access.ts';

/** Writes the statements of one schema. */
export type Sql = <R = unknown>(text: string) => Statement<R>;

/**
 * Statements whose `@` stands for the schema with its dot: `select … from @cursors`. A text that was written before gives
 * the same statement again.
 */
export function statementsIn(schema: string): Sql {
  const written = new Map<string, Statement>();
  return <R>(text: string): Statement<R> => {
    const statement = written.get(text) ?? namedStatement(text.replaceAll('@', `"${schema}".`));
    written.set(text, statement);
    // Whoever wrote the text names the row that it selects.
    return statement as Statement<R>;
  };
}

/** Its name is made of its text, so that two schemas, or two versions of this package, can share a pool. */
export function namedStatement(text: string): Statement {
  return { name: `crossdock_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`, text };
}
