import {
  createHttpClient,
  systemClock,
  type BucketReading,
  type HttpAnswer,
  type HttpCall,
  type Lane,
  type Safety,
  type Usage,
} from '@crossdock/core';
import * as z from 'zod';
import { tokenSource } from './auth.ts';
import { requestedCost } from './costs.ts';
import type { GraphQLDocument } from './documents/document.ts';
import type { OperationName, Operations } from './documents/operations.generated.ts';
import { explainAs } from './errors.ts';
import type { ShopifySettings } from './options.ts';
import { versionWatch } from './version-watch.ts';
import { envelopeSchema } from './wire/envelope.ts';

/** How one document is sent. */
interface RunOptions<N extends OperationName> {
  readonly operation: string;
  readonly safety: Safety;
  /** Sent with its keys in the order given and nulls kept: Shopify's idempotency compares the bytes. */
  readonly variables: Operations[N]['variables'];
  readonly lane?: Lane | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ShopifyClient {
  /** Runs a document and gives its `data`. */
  run<N extends OperationName, T>(document: GraphQLDocument<N, T>, options: RunOptions<N>): Promise<T>;
  usage(): readonly Usage[];
  /** The API version that answered last, where it was not the one that was asked for. */
  readonly otherVersion: string | undefined;
}

export function shopifyClient(settings: ShopifySettings): ShopifyClient {
  const { system, apiVersion } = settings;
  const clock = settings.clock ?? systemClock;
  const token = tokenSource(settings.accessToken, system, clock);
  const versions = versionWatch(settings);
  // What Shopify asked for each document, learnt from its answers; before the first answer, what we reckon.
  const costs = new Map<string, number>();
  const common = {
    system,
    baseUrl: `${settings.origin}/admin`,
    fetch: settings.fetch,
    clock: settings.clock,
    random: settings.random,
    shared: settings.shared,
    timeoutMs: settings.timeoutMs,
    explain: explainAs(system, token.isRenewed),
  };
  // Tokens have a client of their own: the call that needs one may be the only one that an open circuit lets through.
  const tokens = createHttpClient({ ...common, breaker: false });
  const http = createHttpClient({
    ...common,
    async sign(request) {
      const signed = new Request(request);
      signed.headers.set('x-shopify-access-token', await token.current(tokens.send));
      return signed;
    },
    async renew() {
      token.renew();
    },
    // The Standard plan's allowance; the first answer says what the shop's really is. shopify.dev, read 2026-11-23.
    buckets: { points: { capacity: 2000, refillPerSecond: 100 } },
    learn,
  });

  function costOf({ text }: GraphQLDocument): number {
    const known = costs.get(text);
    if (known !== undefined) return known;
    const cost = requestedCost(text);
    costs.set(text, cost);
    return cost;
  }

  function learn(answer: HttpAnswer, call: HttpCall<unknown>): readonly BucketReading[] {
    const envelope = envelopeSchema.safeParse(answer.json);
    const cost = envelope.data?.extensions?.cost;
    if (!cost) return [];
    const query = querySchema.safeParse(call.json).data?.query;
    if (query !== undefined) costs.set(query, cost.requestedQueryCost);
    const { throttleStatus } = cost;
    return [
      {
        name: 'points',
        available: throttleStatus?.currentlyAvailable,
        capacity: throttleStatus?.maximumAvailable,
        refillPerSecond: throttleStatus?.restoreRate,
        // A refused call has no actual cost, and took nothing.
        spent: cost.actualQueryCost ?? (answerHasData(envelope.data?.data) ? undefined : 0),
      },
    ];
  }

  return {
    get otherVersion() {
      return versions.other;
    },
    usage: http.usage,
    async run(document, options) {
      const { data, headers } = await http.send({
        operation: options.operation,
        method: 'POST',
        path: `api/${apiVersion}/graphql.json`,
        json: { query: document.text, variables: options.variables, operationName: document.name },
        safety: options.safety,
        bucket: { name: 'points', cost: costOf(document) },
        lane: options.lane,
        signal: options.signal,
        answer: z.object({ data: document.answer }),
      });
      versions.hear(headers);
      return data.data;
    },
  };
}

const querySchema = z.object({ query: z.string() });

function answerHasData(data: unknown): boolean {
  return data !== undefined && data !== null;
}
