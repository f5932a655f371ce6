import type { Lane, Safety, Usage } from '@crossdock/core';
import * as z from 'zod';
import type { GraphQLDocument } from './documents/document.ts';
import type { OperationName, Operations } from './documents/operations.generated.ts';
import type { ShopifySettings } from './options.ts';
import { adminTransport } from './transport.ts';

/** How one document is sent. */
interface RunOptions<N extends OperationName> {
  readonly operation: string;
  readonly safety: Safety;
  /** Sent in one order whatever theirs, with nulls kept: Shopify's idempotency compares the bytes. */
  readonly variables: Operations[N]['variables'];
  readonly lane?: Lane | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before it is sent again after a lost answer. When it throws, the call ends as `write.uncertain`. */
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
}

/** What the ports send the connector's own documents with. */
export interface ShopifyClient {
  /** Runs a document and gives its `data`. */
  run<N extends OperationName, T>(document: GraphQLDocument<N, T>, options: RunOptions<N>): Promise<T>;
  usage(): readonly Usage[];
  /** The API version that answered last, where it was not the one that was asked for. */
  readonly otherVersion: string | undefined;
}

export function documentClient(settings: ShopifySettings): ShopifyClient {
  const transport = adminTransport(settings);
  /** A schema is made fast by its first use, so each document keeps the one of its whole answer. */
  const answers = new WeakMap<GraphQLDocument, z.ZodType>();

  function answerOf<T>(document: GraphQLDocument<OperationName, T>): z.ZodType<{ readonly data: T }> {
    const answer = answers.get(document) ?? z.object({ data: document.answer });
    answers.set(document, answer);
    // It was made of this document's own schema.
    return answer as z.ZodType<{ readonly data: T }>;
  }

  return {
    get otherVersion() {
      return transport.otherVersion;
    },
    usage: () => transport.usage(),
    async run(document, { variables, ...options }) {
      const call = { ...options, text: document.text, operationName: document.name, variables };
      const { data } = await transport.send({ ...call, answer: answerOf(document) });
      return data.data;
    },
  };
}
