import { stableUuid, systemClock, type Clock, type ReadOptions, type Safety, type Usage } from '@crossdock/core';
import * as z from 'zod';
import { keyVariable, safetyOf } from './document-safety.ts';
import { raiseUserErrors } from './errors.ts';
import { keyTrouble } from './key-trouble.ts';
import { settingsOf, type ShopifyOptions } from './options.ts';
import { changesOf, lackingIn, refusedFields, type FieldRefusal } from './refused-fields.ts';
import type { Field } from './selections.ts';
import { adminTransport, type GraphQLCall } from './transport.ts';
import type { Variables } from './variables.ts';
import { servedVersion } from './version-watch.ts';
import { envelopeSchema } from './wire/envelope.ts';

/** Shopify's Admin GraphQL API for any document, under the policies that the connector's own calls go through. */
export interface AdminClient {
  /** The system's name in errors. */
  readonly system: string;
  /**
   * Sends a document when the allowance has room for what it costs, and gives its checked answer. A read is repeated where
   * that may help. A mutation is repeated after a clean no, such as `THROTTLED`; after a lost answer only where it has a
   * key, or `safety` is `repeatable`, else it ends as `write.uncertain`.
   */
  run<T>(text: string, call: DocumentCall<T>): Promise<DocumentAnswer<T>>;
  /** Points that were spent, and how long calls waited for them. */
  usage(): readonly Usage[];
}

/** How a document is sent, and what its answer looks like. */
export interface DocumentCall<T> extends ReadOptions {
  /** What `data` looks like. An answer that does not fit is `response.unexpected`; fields beyond it are ignored. */
  readonly answer: z.ZodType<T>;
  /** Sent in one order whatever theirs, `null` kept, `undefined` left out. Ids are texts. */
  readonly variables?: Variables | undefined;
  /** Which operation of the text, where it has several. */
  readonly operationName?: string | undefined;
  /** For a mutation with `@idempotent(key: $idempotencyKey)`: any text. Shopify honours it for 24 hours. */
  readonly idempotencyKey?: string | undefined;
  /** Default `read` for a query; for a mutation `repeatable` where Shopify keeps its key, else `once`. */
  readonly safety?: Safety | undefined;
  /**
   * What becomes of user errors: `thrown` as `record.rejected`, the default, or `answered`, for a document that makes
   * several changes or one that may be carried out in part. With `thrown` a mutation has to ask for them.
   */
  readonly refusals?: 'thrown' | 'answered' | undefined;
}

/** A good answer. */
export interface DocumentAnswer<T> {
  readonly data: T;
  /** With `refusals: 'answered'`, as far as the document asks for them. */
  readonly userErrors: readonly FieldRefusal[];
  /** In points: what was set aside for it, and what it took. */
  readonly cost: { readonly requested: number; readonly actual: number | undefined } | undefined;
  /** The API version that answered. */
  readonly apiVersion: string | undefined;
  /** Shopify's name for this request, for its support. */
  readonly requestId: string | undefined;
}

/** Waits for a request under the same key that Shopify still works on; longer together than one may take. */
const waitsMs = [1000, 2000, 4000, 8000, 16_000];

/**
 * The client that `shopify()` works with, for what the ports do not cover: any document of the Admin GraphQL API. It needs
 * no connector. Beside one in the same process, or another process, give both the same `shared`: they draw from one
 * allowance. Throws `options.invalid` for options that cannot work.
 *
 * @example
 * ```ts
 * const client = shopifyClient({ shop: 'acme', accessToken: { clientId: '…', clientSecret: '…' } });
 * const { data } = await client.run('query Plan { shop { plan { publicDisplayName } } }', {
 *   answer: z.object({ shop: z.object({ plan: z.object({ publicDisplayName: z.string() }) }) }),
 * });
 * ```
 */
export function shopifyClient(options: ShopifyOptions): AdminClient {
  const settings = settingsOf(options);
  const { system } = settings;
  const clock: Pick<Clock, 'sleep'> = settings.clock ?? systemClock;
  const transport = adminTransport(settings);

  async function sendOnce<T>(call: GraphQLCall<Read<T>>, changes: readonly Field[]) {
    const { data: read, headers } = await transport.send(call);
    return { read, headers, userErrors: refusedFields(changes, read.raw) };
  }

  return {
    system,
    usage: () => transport.usage(),
    async run(text, call) {
      const { answer, variables = {}, operationName, idempotencyKey, lane, signal, refusals = 'thrown' } = call;
      const selections = transport.read(text, operationName);
      const operation = selections.name ?? selections.kind;
      const wishes = { safety: call.safety, idempotencyKey, readsRefusals: refusals === 'answered' };
      const safety = safetyOf(selections, wishes, { system, operation });
      const changes = changesOf(selections);
      // Of the key alone, so that Shopify can tell when other content comes under it.
      const key = idempotencyKey === undefined ? undefined : await stableUuid(`document/${idempotencyKey}`);
      const sent = {
        operation,
        text,
        operationName: selections.name,
        variables: key === undefined ? variables : { ...variables, [keyVariable]: key },
        safety,
        lane,
        signal,
        answer: readWith(answer, changes),
      };
      let { read, headers, userErrors } = await sendOnce(sent, changes);
      for (const waitMs of waitsMs) {
        // A change without a key beside the one that is under way was made by now, and would be made again.
        if (safety === 'once' || keyTrouble(userErrors)?.kind !== 'in-progress') break;
        // An abort ends the wait early, and then the next call.
        await clock.sleep(waitMs, signal).catch(() => undefined);
        ({ read, headers, userErrors } = await sendOnce(sent, changes));
      }
      if (refusals === 'thrown') {
        raiseUserErrors(userErrors, { what: `"${system}" did not do "${operation}"`, system, operation, refs: [] });
      }
      const { data, cost } = read;
      const requestId = headers.get('x-request-id') ?? undefined;
      return { data, userErrors, cost, apiVersion: servedVersion(headers), requestId };
    },
  };
}

interface Read<T> extends Pick<DocumentAnswer<T>, 'data' | 'cost'> {
  /** Before the caller's schema left out what it does not know. */
  readonly raw: unknown;
}

/**
 * Reads a whole answer with the schema of its `data`, and keeps what that schema would leave out. Whatever the schema lets
 * through, an answer without `data`, or without the payload of a change, does not say that anything was done.
 */
function readWith<T>(answer: z.ZodType<T>, changes: readonly Field[]): z.ZodType<Read<T>> {
  return z.unknown().transform((json, context): Read<T> => {
    const misfit = (path: readonly PropertyKey[], message: string) =>
      context.issues.push({ code: 'custom', path: ['data', ...path], message, input: undefined });
    const envelope = envelopeSchema.safeParse(json).data;
    const raw = dataSchema.safeParse(envelope?.data).data;
    if (!raw) {
      misfit([], 'an answer has data');
      return z.NEVER;
    }
    const lacking = changes.flatMap((change) => {
      const path = lackingIn(change, raw);
      return path ? [path] : [];
    });
    const parsed = answer.safeParse(raw);
    if (lacking.length > 0 || !parsed.success) {
      for (const path of lacking) misfit(path, 'a change has a payload');
      for (const { path, message } of parsed.error?.issues ?? []) misfit(path, message);
      return z.NEVER;
    }
    const cost = envelope?.extensions?.cost;
    return {
      data: parsed.data,
      raw,
      cost: cost && { requested: cost.requestedQueryCost, actual: cost.actualQueryCost ?? undefined },
    };
  });
}

const dataSchema = z.record(z.string(), z.unknown());
