import type * as z from 'zod';
import type { OperationName, Operations } from './operations.generated.ts';

/** One GraphQL operation. Page sizes are literals in it, so that its cost never depends on the variables. */
export interface GraphQLDocument<N extends OperationName = OperationName, T = unknown> {
  /** The operation's name in the text; sent along, so that Shopify's logs and a journal can speak of it. */
  readonly name: N;
  readonly text: string;
  /** What its `data` is read with. */
  readonly answer: z.ZodType<T>;
}

/**
 * The one way to make a document. Its name stands among the generated operations, and its schema takes everything that
 * Shopify may answer to it; neither compiles otherwise.
 */
export function defineDocument<N extends OperationName, T, I>(
  name: N,
  text: string,
  answer: z.ZodType<T, I> & (Operations[N]['answer'] extends I ? unknown : Refusing<Operations[N]['answer']>),
): GraphQLDocument<N, T> {
  return { name, text, answer };
}

/** What a schema is not that refuses some of the answers. */
interface Refusing<T> {
  readonly mayBeAnswered: T;
}
