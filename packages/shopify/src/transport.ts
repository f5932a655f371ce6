import {
  createHttpClient,
  systemClock,
  type BucketReading,
  type HttpAnswer,
  type HttpReply,
  type Lane,
  type Safety,
  type Usage,
} from '@crossdock/core';
import type * as z from 'zod';
import { tokenSource } from './auth.ts';
import { costBook, type KnownCost } from './cost-book.ts';
import { explainAs } from './errors.ts';
import type { ShopifySettings } from './options.ts';
import type { Selections } from './selections.ts';
import { tokenOffice } from './token-office.ts';
import { stableVariables, type Variables } from './variables.ts';
import { versionWatch } from './version-watch.ts';
import { envelopeSchema } from './wire/envelope.ts';

/** One document and how it is sent. */
export interface GraphQLCall<T> {
  /** What it is for, in errors. */
  readonly operation: string;
  readonly text: string;
  /** Which operation of the text, where it has several. */
  readonly operationName?: string | undefined;
  readonly variables: Variables;
  readonly safety: Safety;
  readonly lane?: Lane | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before it is sent again after a lost answer. When it throws, the call ends as `write.uncertain`. */
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
  /** What the whole answer looks like, not only its `data`. */
  readonly answer: z.ZodType<T>;
}

/** Sends documents to one shop: signed, paced by what they cost, and judged. */
export interface Transport {
  send<T>(call: GraphQLCall<T>): Promise<HttpReply<T>>;
  /** What a document selects. */
  read(text: string, operationName?: string): Selections;
  usage(): readonly Usage[];
  /** The API version that answered last, where it was not the one that was asked for. */
  readonly otherVersion: string | undefined;
}

// The Standard plan's allowance; the first answer says what the shop's really is. shopify.dev, read 2026-11-23.
const points = { capacity: 2000, refillPerSecond: 100 };
/** More than this no document may cost, so no more is ever waited for. shopify.dev, API limits, read 2026-11-23. */
const mostPoints = 1000;

export function adminTransport(settings: ShopifySettings): Transport {
  const { system, shop, origin, apiVersion, fetch, random, shared, timeoutMs } = settings;
  const clock = settings.clock ?? systemClock;
  const office = tokenOffice({ system, origin, fetch, clock, random });
  const token = tokenSource(settings.accessToken, { system, shop, office, clock, shared });
  const versions = versionWatch(settings);
  const costs = costBook();
  /** The cost of what was sent, by the body that was sent. */
  const sent = new WeakMap<object, KnownCost>();
  const http = createHttpClient({
    system,
    baseUrl: `${origin}/admin`,
    fetch,
    clock: settings.clock,
    random,
    shared,
    timeoutMs,
    explain: explainAs({ system, apiVersion, tokenIsRenewed: token.isRenewed }),
    async sign(request) {
      request.headers.set('x-shopify-access-token', await token.current());
      return request;
    },
    async renew() {
      token.renew();
    },
    buckets: { points },
    learn(answer, { json }) {
      versions.hear(answer.headers);
      return readingOf(answer, typeof json === 'object' && json !== null ? sent.get(json) : undefined);
    },
  });

  return {
    get otherVersion() {
      return versions.other;
    },
    usage: () => http.usage(),
    read: (text, operationName) => costs.read(text, operationName),
    async send({ operation, text, operationName, variables, safety, lane, signal, beforeRepeat, answer }) {
      const stable = stableVariables(variables, system, operation);
      const cost = costs.of(text, costs.read(text, operationName), stable);
      const json = { query: text, variables: stable, operationName };
      sent.set(json, cost);
      return http.send({
        operation,
        method: 'POST',
        path: `api/${apiVersion}/graphql.json`,
        json,
        safety,
        bucket: { name: 'points', cost: Math.min(cost.points, mostPoints) },
        lane,
        signal,
        beforeRepeat,
        answer,
      });
    },
  };
}

/** What an answer says of the allowance, which may have been lowered, and of what its document costs. */
function readingOf({ json }: HttpAnswer, known: KnownCost | undefined): readonly BucketReading[] {
  const envelope = envelopeSchema.safeParse(json).data;
  const cost = envelope?.extensions?.cost;
  if (!cost) return [];
  known?.learn(cost.requestedQueryCost);
  const { throttleStatus } = cost;
  const hasData = envelope.data !== undefined && envelope.data !== null;
  return [
    {
      name: 'points',
      available: throttleStatus?.currentlyAvailable,
      capacity: throttleStatus?.maximumAvailable,
      refillPerSecond: throttleStatus?.restoreRate,
      // A refused call has no actual cost, and took nothing.
      spent: cost.actualQueryCost ?? (hasData ? undefined : 0),
    },
  ];
}
